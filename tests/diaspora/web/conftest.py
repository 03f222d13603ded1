"""A card service on the wire, and a browser that gives."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ashar.money import rates
from ashar.outbox import delivering
from ashar.payments import gateway, settlement
from ashar.payments.models import Payment
from ashar.payments.sandbox import Sandbox
from tests.factories.projects import OpenProjectFactory

ANSWERS = {
    "currency": "USD",
    "choice": "50.00",
    "own": "",
    "email": "giver@example.org",
    "name": "Айгүл",
    "shown_as": "named",
    "message": "",
}


@pytest.fixture
def sandbox(settings) -> Iterator[Sandbox]:
    with Sandbox() as play, play.serve() as served:
        settings.STRIPE_API_BASE = served.base_url
        yield served
        gateway.close()


@pytest.fixture(autouse=True)
def _impatient_sdk(monkeypatch) -> None:
    """The SDK repeats as ever, but does not pause between its attempts."""
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)


@pytest.fixture
def no_provider(settings) -> Iterator[None]:
    """Nobody listens at the provider's address."""
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    yield
    gateway.close()


@pytest.fixture
def school(db):
    """A school that takes gifts today and for a month more."""
    rates.import_demo(at=timezone.now())
    return OpenProjectFactory(slug="school", closes_on=datetime(2099, 1, 1, tzinfo=UTC).date())


class Giver:
    """A browser on the giving page of a project, in Russian unless told otherwise."""

    def __init__(self, project, client: Client, language: str = "ru") -> None:
        self.client, self.project, self.language = client, project, language

    @property
    def address(self) -> str:
        with translation.override(self.language):
            return reverse("give", args=[self.project.slug])

    def open(self, query: str = ""):
        return self.client.get(self.address + query)

    def token(self) -> str:
        return str(self.open().context["form"]["token"].value())

    def give(self, token: str = "", **answers):
        """Send the form; where it leads to itself again, follow."""
        return self.send(ANSWERS | {"token": token or self.token()} | answers)

    def send(self, body, **how):
        response = self.client.post(self.address, body, **how)
        again = response.get("Location", "").startswith(self.address)
        return self.client.get(response["Location"]) if again else response


@pytest.fixture
def giver(school, client) -> Giver:
    return Giver(school, client)


def arrive(payment: Payment, sandbox: Sandbox) -> None:
    """Pay at the card service and let the news reach the gift."""
    payment.refresh_from_db()
    sandbox.pay(payment.session_id)
    catch_up(payment)


def catch_up(payment: Payment) -> None:
    settlement.follow(payment, at=timezone.now())
    delivering.drain(timezone.now())


def page(client, name, *args, language="en", query=""):
    """Open the page `name` in a language."""
    with translation.override(language):
        address = reverse(name, args=args)
    return client.get(address + query)


def text_of(response) -> str:
    return response.content.decode()
