"""Every request of ours is one that Stripe's published description knows, at the version our settings state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ashar.money import Money
from ashar.payments import facts, gateway
from tests.ashar.payments.stage import NOON
from tests.services_needed import need


@pytest.fixture
def published(settings) -> str:
    """stripe-mock: it refuses what the description does not know, and any other version."""
    settings.STRIPE_API_BASE = need("stripe-mock")
    gateway.close()
    yield settings.STRIPE_API_BASE
    gateway.close()


@pytest.fixture
def order(clock) -> facts.Order:
    return facts.Order(
        payment_id="5f0c8c1e-2b7d-4a5e-9d53-0c9a5f1f7b11",
        amount=Money(50_00, "USD"),
        subject="Көк-Булак мектеби",
        email="giver@example.org",
        language="ru",
        success_url="http://localhost:8000/ru/thanks/",
        cancel_url="http://localhost:8000/ru/give/",
        expires_at=clock() + timedelta(hours=1),
    )


def send(request) -> None:
    """Send a request. What matters is that it is not refused: the answer is an example, for sessions one of another mode."""
    try:
        request()
    except AttributeError as error:
        assert error.name == "upper"  # noqa: PT017 - no currency: a session that sets a card up instead of charging it


def test_the_version_we_state_is_the_one_that_is_published(published, settings):
    assert len(list(gateway.events_since(NOON))) == 1
    settings.STRIPE_API_VERSION = "2026-10-28.endive"
    with pytest.raises(gateway.ProviderRefused):
        list(gateway.events_since(NOON))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("amount", [Money(50_00, "USD"), Money(70_000, "KRW")])
@pytest.mark.parametrize("email", ["giver@example.org", ""])
def test_the_order_of_a_page(published, order, language, amount, email):
    changed = replace(order, language=language, amount=amount, email=email)
    send(lambda: gateway.open_session(changed, key="ashar:test"))


REQUESTS = {
    "a session": lambda: gateway.session("cs_test_1"),
    "sessions": lambda: gateway.sessions_of("x", asked_at=NOON),
    "an intent": lambda: gateway.intent("pi_1"),
    "a refund": lambda: gateway.refund("pi_1", amount=Money(1_00, "USD"), refund_id="r-1", key="ashar:test"),
    "refunds": lambda: gateway.refunds_of("pi_1"),
    "disputes": lambda: list(gateway._disputes_of("pi_1")),
    "events": lambda: list(gateway.events_since(NOON)),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_every_other_request(published, request_):
    send(request_)


def test_what_is_not_published_is_refused(published):
    with pytest.raises(gateway.ProviderRefused), gateway._translated():
        gateway._client().v1.refunds.create({"payment_intent": "pi_1", "colour": "red"})
