"""A card service on the wire, and a browser that gives."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ashar.money import rates
from ashar.outbox import delivering
from ashar.payments import gateway, settlement
from ashar.payments.models import Payment
from ashar.payments.sandbox import Sandbox
from diaspora import offers
from diaspora.web import tokens
from diaspora.web.forms import GiveForm
from tests.factories.projects import OpenProjectFactory

NAMES = (
    "number", "posted_at", "effective_on", "kind", "words", "giver",
    "given", "given_currency", "amount_som", "fee_som", "balance_som", "hash",
)  # fmt: skip

TOKEN = tokens.Token(UUID("00000000-0000-4000-8000-000000000001"))

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


def filled(school, currency="USD", **answers) -> GiveForm:
    desk = offers.open_desk(school, currency=currency, at=timezone.now())
    data = ANSWERS | {"token": seal_of(school).close(TOKEN), "currency": currency} | answers
    suggested = offers.suggested(desk, currency=currency)
    return GiveForm(data, desk=desk, offers=suggested, currency=currency, seal=seal_of(school))


def seal_of(project, browser: str = "hers") -> tokens.Seal:
    return tokens.Seal(project.pk, browser)


def html_of(response) -> str:
    return response.content.decode()


def table_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def rows_of(response) -> list[dict[str, str]]:
    """Return the rows of a table by our names of its columns, whose headings differ from language to language."""
    return [dict(zip(NAMES, row, strict=True)) for row in table_of(response)[1:]]
