"""Whatever happens to a gift, in whatever order and however often we hear of it, the books are the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ashar.ledger import posting
from ashar.ledger.models import Fund
from ashar.money import Money, rates
from ashar.payments import booking, checkout, facts, gateway, inbox, settlement
from ashar.payments.models import Dispute, Movement, Payment, Refund
from ashar.payments.sandbox import Sandbox
from ashar.payments.sandbox.faults import Fault
from tests.ashar.payments.books import legs_of
from tests.ashar.payments.stage import FIFTY_DOLLARS, Clock

PART = 7_77  # cents: seven of them do not make the gift
STEPS = ("refund", "rest", "fail", "dispute", "win", "lose")


@dataclass
class Stage:
    """A provider, a clock and a village that opens a new fund for every gift."""

    sandbox: Sandbox
    clock: Clock
    gifts: int = 0
    bodies: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def paid(self) -> Payment:
        self.gifts += 1
        fund = posting.open_fund(f"fund-{self.gifts}", kind="project", title="Village")
        said = {"email": "", "language": "ky", "subject": "School", "paths": ("/a/", "/b/")}
        payment = checkout.create(fund, amount=FIFTY_DOLLARS, at=self.clock(), **said)
        checkout.send_to_provider(payment, at=self.clock())
        self.sandbox.pay(payment.session_id)
        return payment

    def charge_of(self, payment: Payment) -> dict:
        intent = self.sandbox.get(self.sandbox.get(payment.session_id)["payment_intent"])
        return self.sandbox.get(intent["latest_charge"])

    def happens(self, step: str, payment: Payment) -> None:
        """Do `step` at the provider, if it may happen to this payment now."""
        charge = self.charge_of(payment)
        acts: dict[str, Callable[[], object]] = {
            "refund": lambda: self._refund(charge, PART),
            "rest": lambda: self._refund(charge, charge["amount"] - charge["amount_refunded"]),
            "fail": lambda: [self.sandbox.fail_refund(row["id"]) for row in self._found("refund", charge)[-1:]],
            "dispute": lambda: self.sandbox.dispute(charge["id"]),
            "win": lambda: self._close(charge, won=True),
            "lose": lambda: self._close(charge, won=False),
        }
        try:
            acts[step]()
        except (Fault, gateway.ProviderRefused):
            return

    def news(self) -> list[tuple[bytes, str]]:
        """Return what the provider has to tell since the last time, signed."""
        told: list[tuple[bytes, str]] = []
        self.sandbox.deliver(lambda body, signature: told.append((body, signature)))
        return told

    def hear(self, told: list[tuple[bytes, str]]) -> None:
        """One worker: take each webhook in and work through the inbox after it."""
        try:
            for body, signature in told:
                inbox.receive(body, signature, at=self.clock())
                inbox.work_through(at=self.clock())
        finally:
            connections.close_all()

    def _refund(self, charge: dict, minor: int) -> None:
        money = Money(max(1, minor), "USD")
        gateway.refund(
            charge["payment_intent"], amount=money, refund_id="", key=f"r:{self.sandbox.account.new_id('k')}"
        )

    def _close(self, charge: dict, *, won: bool) -> None:
        for row in self._found("dispute", charge)[-1:]:
            self.sandbox.close_dispute(row["id"], won=won)

    def _found(self, noun: str, charge: dict) -> list[dict]:
        return [row for row in self.sandbox.account.store.find(noun) if row["charge"] == charge["id"]]


@pytest.fixture
def stage(settings, monkeypatch, transactional_db) -> Iterator[Stage]:
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)
    clock = Clock()
    rates.import_demo(at=clock())
    with Sandbox(clock=clock) as play, play.serve() as served:
        settings.STRIPE_API_BASE = served.base_url
        yield Stage(served, clock)
        gateway.close()


def books_of(payment: Payment) -> dict[str, object]:
    """Everything but names and moments."""
    payment.refresh_from_db()
    movements = Movement.objects.filter(payment=payment).order_by("sequence")
    own = payment.fund.key
    return {
        "payment": (payment.state, payment.captured_minor, payment.refunded_minor, payment.trouble),
        "movements": [
            (row.kind, row.gross_minor, row.som_minor, row.fee_som_minor, row.cost_som_minor, row.covered_som_minor)
            for row in movements
        ],
        "legs": [
            {("own" if fund == own else fund, role, currency): minor for (fund, role, currency), minor in legs.items()}
            for legs in map(legs_of, movements)
        ],
        "refunds": sorted(Refund.objects.filter(payment=payment).values_list("state", "amount_minor")),
        "disputes": sorted(Dispute.objects.filter(payment=payment).values_list("state", "amount_minor")),
    }


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(story=st.lists(st.sampled_from(STEPS), max_size=5), data=st.data())
def test_any_order_and_number_of_webhooks_by_two_workers_leaves_the_same_books(stage, story, data):
    heard, followed = stage.paid(), stage.paid()
    for step in story:
        stage.clock.forward(seconds=1)
        stage.happens(step, heard)
        stage.happens(step, followed)
        if data.draw(st.booleans(), label="heard of early"):
            settlement.follow(heard, at=stage.clock())
    news = [told for told in stage.news() if heard.session_id.encode() in told[0] or _is_about(stage, heard, told[0])]
    copies = data.draw(st.lists(st.integers(1, 3), min_size=len(news), max_size=len(news)), label="copies")
    sent = data.draw(st.permutations([one for one, times in zip(news, copies, strict=True) for _ in range(times)]))
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(stage.hear, (sent[::2], sent[1::2])))
    inbox.work_through(at=stage.clock.forward(minutes=3))
    settlement.follow(followed, at=stage.clock())
    assert books_of(heard) == books_of(followed)


def _is_about(stage: Stage, payment: Payment, body: bytes) -> bool:
    return stage.charge_of(payment)["payment_intent"].encode() in body


# The arithmetic of giving back, without a database.

NOON = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def charge_of(minor: int, som: int, fee: int) -> Movement:
    return Movement(kind="charge", gross_minor=minor, currency="USD", som_minor=som, fee_som_minor=fee)


def seen(minor: int) -> facts.Transaction:
    money, nothing = Money(minor, "USD"), Money(0, "USD")
    kind = "refund" if minor < 0 else "refund_failed"
    return facts.Transaction("txn", kind, money, money, nothing, money, NOON)


def give_back(charge: Movement, parts: list[int]) -> list[booking.Figures]:
    past, figures = [charge], []
    for part in parts:
        figures.append(booking._of_return(seen(part), past=past, own_fee=0, fee_rate=None))
        past.append(Movement(gross_minor=part))
    return figures


AMOUNTS = st.integers(1, 10**8)


@given(gross=AMOUNTS, som=st.integers(0, 10**11), fee=st.integers(0, 10**9), data=st.data())
def test_all_parts_together_are_exactly_the_gift_and_its_fee(gross, som, fee, data):
    cuts = sorted([*data.draw(st.lists(st.integers(1, gross), max_size=6, unique=True)), gross])
    parts = [before - after for before, after in zip([0, *cuts], cuts, strict=False) if before != after]
    figures = give_back(charge_of(gross, som, fee), parts)
    assert sum(part.som for part in figures) == -som
    assert sum(part.fee_som for part in figures) == -fee
    assert sum(part.cost_som for part in figures) == 0


@given(gross=AMOUNTS, som=st.integers(0, 10**11), parts=st.lists(st.integers(-(10**8), 10**8).filter(bool), max_size=8))
def test_the_project_never_loses_more_than_the_gift_nor_gains_more(gross, som, parts):
    kept = som
    for figures in give_back(charge_of(gross, som, 0), parts):
        kept += figures.som
        assert 0 <= kept <= som


@given(gross=AMOUNTS, som=st.integers(0, 10**11), parts=st.lists(st.integers(-(10**8), 10**8).filter(bool), max_size=8))
def test_what_the_project_does_not_bear_operations_do(gross, som, parts):
    figures = give_back(charge_of(gross, som, 0), parts)
    whole = som * -sum(parts) // gross
    assert sum(part.cost_som - part.som for part in figures) == whole


@given(
    som=st.integers(-(10**11), 10**11),
    fee_som=st.integers(-(10**9), 10**9),
    cost=st.integers(-(10**9), 10**9),
    covered=st.integers(-(10**9), 10**9),
    net=st.integers(-(10**8), 10**8),
    kind=st.sampled_from(["charge", "refund", "dispute_withdrawn", "dispute_reinstated"]),
    currency=st.sampled_from(["USD", "KGS", "KRW"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_every_journal_balances_and_gives_the_fund_what_the_movement_says(
    som, fee_som, cost, covered, net, kind, currency
):
    fund = Fund(pk=-1, key="village", kind="project", title="Village")
    money, nothing = Money(net, currency), Money(0, currency)
    movement = facts.Transaction("txn", kind, money, money, nothing, money, NOON)
    figures = booking.Figures(som=som, fee_som=fee_som, cost_som=cost, covered_som=covered)
    entries = booking.legs(fund, movement, figures)
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.amount.currency] = sums.get(entry.amount.currency, 0) + entry.amount.minor
    assert set(sums.values()) <= {0}
    assert len({entry.place for entry in entries}) == len(entries)
    assert sum(-entry.amount.minor for entry in entries if entry.fund is fund) == som - fee_som + covered
