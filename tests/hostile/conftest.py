"""The village, and a card service on the wire."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from ashar.payments import gateway
from ashar.payments.sandbox import Sandbox
from tests.hostile import village as villages
from tests.hostile.village import Village


@pytest.fixture
def village(db) -> Iterator[Village]:
    yield villages.build()
    cache.clear()


@pytest.fixture
def sandbox(settings, monkeypatch) -> Iterator[Sandbox]:
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)
    with Sandbox() as play, play.serve() as served:
        settings.STRIPE_API_BASE = served.base_url
        yield served
        gateway.close()
