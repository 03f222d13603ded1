"""A served sandbox, the real SDK before it, and Stripe's published description behind both where it is on the machine."""

import functools
import json
import urllib.parse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import stripe
from django.conf import settings

from ashar.payments.sandbox import Sandbox
from tests import services_needed
from tests.ashar.payments.sandbox import description, talking

KEY = "sk_test_sandbox"


class Clock:
    """A clock that stands until it is pushed."""

    def __init__(self):
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.moment

    def push(self, **spans):
        self.moment += timedelta(**spans)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock) -> Iterator[Sandbox]:
    with Sandbox(clock=clock) as made, made.serve():
        yield made


@pytest.fixture
def asking(sandbox) -> Iterator[stripe.StripeClient]:
    """Yield the SDK's client; what it sent and the sandbox took is replayed against stripe-mock where that is here."""
    taken: list[talking.Sent] = []
    client = talking.client(sandbox.base_url, KEY, settings.STRIPE_API_VERSION, taken)
    yield client
    if address := services_needed.find("stripe-mock"):
        assert talking.refusals(taken, address) == []


@pytest.fixture
def page_id(asking):
    return asking.v1.checkout.sessions.create(talking.SESSION).id


@pytest.fixture
def at(sandbox):
    """Return a function that looks at a pay page, or posts its form."""

    def visit(page_id, fields=None, *, confirm=False, **headers):
        path = f"/pay/{page_id}{'/confirm' if confirm else ''}"
        if fields is None:
            return talking.plain(sandbox.base_url, "GET", path, **headers)
        return talking.plain(sandbox.base_url, "POST", path, body=urllib.parse.urlencode(fields).encode(), **headers)

    return visit


@pytest.fixture
def published_description() -> description.Description:
    """Return Stripe's description of its objects; the test is reported as not run when it is not on the machine."""
    services_needed.need("stripe-mock")
    return _description()


@functools.cache
def _description() -> description.Description:
    return description.Description(json.loads(description.PLACE.read_text()))


@pytest.fixture
def stripe_mock() -> str:
    return services_needed.need("stripe-mock")
