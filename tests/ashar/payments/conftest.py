"""A sandbox on the wire, a clock that stands still until it is moved, fresh rates, and somebody who gives."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module

import pytest
import stripe

from ashar.accounts.models import User
from ashar.ledger import posting
from ashar.ledger.models import Fund, FundKind
from ashar.money import Money, rates
from ashar.payments import checkout, gateway, inbox, refunds, settlement
from ashar.payments.models import Payment, Refund
from ashar.payments.sandbox import Sandbox
from tests.ashar.payments.stage import FIFTY_DOLLARS, SECRET, Clock
from tests.factories.people import FinanceOfficerFactory

known_refusals = import_module("ashar.payments.migrations.0005_known_refusals")

TEN_DOLLARS = Money(10_00, "USD")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock, settings) -> Iterator[Sandbox]:
    with Sandbox(clock=clock) as play, play.serve() as served:
        settings.STRIPE_API_BASE = served.base_url
        yield served
        gateway.close()


@pytest.fixture(autouse=True)
def _impatient_sdk(monkeypatch) -> None:
    """The SDK repeats as ever, but does not pause between its attempts."""
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)


@pytest.fixture
def no_provider(settings) -> None:
    """Nobody listens at the provider's address."""
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"


@pytest.fixture
def fresh_rates(db, clock: Clock) -> None:
    rates.import_demo(at=clock())


@pytest.fixture
def school_fund(db) -> Fund:
    return posting.open_fund("kok-bulak-school", kind=FundKind.PROJECT, title="School of Kök-Bulak")


@pytest.fixture
def make_payment(school_fund: Fund, clock: Clock) -> Callable[..., Payment]:
    def make(amount: Money = FIFTY_DOLLARS, **said) -> Payment:
        facts = {
            "email": "giver@example.org",
            "language": "ru",
            "subject": "School of Kök-Bulak",
            "paths": ("/ru/thanks/", "/ru/give/"),
            "at": clock(),
        }
        return checkout.create(school_fund, amount=amount, **(facts | said))

    return make


@pytest.fixture
def created_payment(make_payment) -> Payment:
    return make_payment()


@pytest.fixture
def open_payment(created_payment: Payment, sandbox: Sandbox, clock: Clock) -> Payment:
    checkout.send_to_provider(created_payment, at=clock())
    return created_payment


@pytest.fixture
def settled_payment(open_payment: Payment, sandbox: Sandbox, fresh_rates, clock: Clock) -> Payment:
    sandbox.pay(open_payment.session_id)
    settlement.follow(open_payment, at=clock())
    return open_payment


@pytest.fixture
def large_payment(make_payment, sandbox: Sandbox, fresh_rates, clock: Clock) -> Payment:
    """A settled one whose refund needs two people."""
    payment = make_payment(Money(500_00, "USD"))
    checkout.send_to_provider(payment, at=clock())
    sandbox.pay(payment.session_id)
    settlement.follow(payment, at=clock())
    return payment


@pytest.fixture
def deliver(sandbox: Sandbox, clock: Clock) -> Callable[..., None]:
    """Let the provider send its events, and work through the inbox."""

    def all_of_them(**how) -> None:
        sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=clock()), **how)
        inbox.work_through(at=clock())

    return all_of_them


@pytest.fixture
def officer(db) -> User:
    return FinanceOfficerFactory(email="officer@ashar.kg", full_name="Officer")


@pytest.fixture
def second_officer(db) -> User:
    return FinanceOfficerFactory(email="second@ashar.kg", full_name="Second officer")


@pytest.fixture
def chief(db) -> User:
    return User.objects.create_superuser(email="chief@ashar.kg", password="x")


@pytest.fixture
def receive(db, clock):
    """Bring a body to the inbox, signed as the provider does."""

    def signed(body: bytes | dict, *, at: datetime | None = None) -> bool:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        text = raw.decode(errors="surrogateescape").encode(errors="replace").decode()
        header = stripe.WebhookSignature.generate_signature_header(text, SECRET, timestamp=int(clock().timestamp()))
        return inbox.receive(raw, header, at=at or clock())

    return signed


@pytest.fixture
def ask(settled_payment, officer, clock):
    def request(amount: Money = TEN_DOLLARS, *, by=officer) -> Refund:
        return refunds.request(
            settled_payment, amount=amount, reason="Paid twice", by=by, token=uuid.uuid4(), at=clock()
        )

    return request


def refunds_at(sandbox) -> list[tuple[int, str]]:
    return [(row["amount"], row["metadata"].get("refund", "")) for row in sandbox.account.store.find("refund")]
