"""The village, and a card service on the wire."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches

from ashar.payments import gateway
from ashar.payments.sandbox import Sandbox
from tests.hostile import village as villages
from tests.hostile.village import Village


@pytest.fixture(scope="module")
def standing_village(ground) -> Callable[[], Village]:
    """Build the village once for a file of tests."""
    return ground.build(villages.build)


@pytest.fixture
def village(db, standing_village) -> Iterator[Village]:
    _forget()
    yield standing_village()
    _forget()


def _forget() -> None:
    """Keep neither attempts nor pages of another test."""
    for kept in caches.all():
        kept.clear()


@pytest.fixture
def sandbox(settings, monkeypatch) -> Iterator[Sandbox]:
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)
    with Sandbox() as play, play.serve() as served:
        settings.STRIPE_API_BASE = served.base_url
        yield served
        gateway.close()
