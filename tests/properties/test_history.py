"""Any history of the books: a machine of random verbs against a model of plain dictionaries. Its laws: `test_ledger.py`."""

from collections import defaultdict
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ashar.ledger import checking, closing, posting, queries
from ashar.ledger.models import Head, Journal, Leg, Role
from ashar.ledger.posting import Entry
from ashar.ledger.refusals import (
    AlreadyClosed,
    AlreadyReversed,
    DayIsNotOver,
    FundOverdrawn,
    KeyReused,
    ReversalOfReversal,
    Unbalanced,
)
from ashar.money import Money
from tests.ashar.ledger.books import NOON, charged, matched, operations, paid_out, pool, project, som
from tests.ashar.ledger.books import given as gift_of
from tests.factories.people import FinanceOfficerFactory

pytestmark = pytest.mark.django_db

sums = st.integers(1, 10**6)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
keys = st.sampled_from([f"key:{number}" for number in range(12)])
currencies = st.sampled_from(["KGS", "USD", "KRW"])


class Books(RuleBasedStateMachine):
    """Random gifts, matches, payouts, reversals, repeats and break-ins, each mirrored in plain dictionaries."""

    journals = Bundle("journals")

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.funds = {
            "roof": project("roof"),
            "well": project("well"),
            "pool": pool("pool"),
            "operations": operations(),
        }
        self.by_key: dict[str, tuple[str, tuple[Entry, ...]]] = {}
        self.told: dict[str, date] = {}
        self.lines: list[tuple[date, str, str, str, int]] = []  # day, fund, role, currency, amount
        self.reversed: set[int] = set()
        self.history: list[tuple[object, ...]] = []
        self.officer = FinanceOfficerFactory(email="officer@example.org")
        self.closed = date.min
        self.kept: dict[date, dict[tuple[str, str, str], int]] = {}

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def had(self, fund: str) -> int:
        return -sum(
            amount for _, key, _, currency, amount in self.lines if (key, currency) == (self.funds[fund].key, "KGS")
        )

    def expect(self, key: str, kind: str, entries: list[Entry]) -> type[Exception] | None:
        """What the model says of a posting: the refusal that is due, or none."""
        content = (kind, tuple(sorted(entry.line for entry in entries)))
        if key in self.by_key:
            return None if self.by_key[key] == content else KeyReused
        taken = defaultdict(int)
        for entry in entries:
            if entry.amount.currency == "KGS":
                taken[entry.fund.key] += entry.amount.minor
        short = any(taken[self.funds[name].key] > max(self.had(name), 0) for name in ("roof", "well", "pool"))
        return FundOverdrawn if short else None

    def post(self, key: str, kind: str, entries: list[Entry], happened_on: date) -> object:
        """L9: what is told late is never refused for it; it counts for its day, or for the day it is booked."""
        happened_on = self.told.get(key, happened_on)
        if due := self.expect(key, kind, entries):
            with pytest.raises(due):
                posting.post(key, kind=kind, legs=entries, at=NOON, happened_on=happened_on)
            return multiple()
        journal = posting.post(key, kind=kind, legs=entries, at=NOON, happened_on=happened_on)
        if key not in self.by_key:
            late = happened_on <= self.closed
            on = NOON.date() if late else happened_on
            assert (journal.effective_on, journal.facts) == (on, {"happened_on": str(happened_on)} if late else {})
            self.by_key[key] = (kind, tuple(sorted(entry.line for entry in entries)))
            self.told[key] = happened_on
            self.lines += [(on, *entry.line) for entry in entries]
        return journal

    @rule(target=journals, key=keys, fund=st.sampled_from(["roof", "well", "pool"]), minor=sums, on=days)
    def give(self, key, fund, minor, on):
        return self.post(key, "gift", gift_of(self.funds[fund], minor), on)

    @rule(
        target=journals,
        key=keys,
        fund=st.sampled_from(["roof", "well"]),
        gross=st.integers(100, 10**6),
        cents=sums,
        on=days,
    )
    def charge(self, key, fund, gross, cents, on):
        return self.post(key, "charge", charged(self.funds[fund], gross=gross, fee=gross // 30, cents=cents), on)

    @rule(target=journals, key=keys, fund=st.sampled_from(["roof", "well"]), minor=sums, on=days)
    def match(self, key, fund, minor, on):
        return self.post(key, "match", matched(self.funds[fund], self.funds["pool"], minor), on)

    @rule(target=journals, key=keys, fund=st.sampled_from(["roof", "well"]), minor=sums, on=days)
    def pay_out(self, key, fund, minor, on):
        return self.post(key, "payout", paid_out(self.funds[fund], minor), on)

    @rule(through=days)
    def close(self, through):
        """L9: closings go forward, over days that are over."""
        due = DayIsNotOver if through >= NOON.date() else AlreadyClosed if through <= self.closed else None
        if due:
            with pytest.raises(due):
                closing.close(through, by=self.officer, at=NOON)
            return
        closing.close(through, by=self.officer, at=NOON)
        self.closed = through
        self.kept[through] = self.sums(through)

    @precondition(lambda self: self.closed > date.min)
    @rule(on=days, minor=sums)
    def break_in_to_a_closed_period(self, on, minor):
        """L9: the database refuses it too, whoever writes."""
        head = Head.objects.first()
        forged = {
            "id": head.sequence + 1,
            "key": "forged",
            "kind": "gift",
            "previous_hash": head.hash,
            "hash": "f" * 64,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Journal.objects.create(**forged, posted_at=NOON, effective_on=min(on, self.closed), facts={"minor": minor})

    @rule(journal=journals, again=st.booleans())
    def reverse(self, journal, again):
        """L6: a reversal is equal and opposite, once, and never of a reversal."""
        entries = [
            Entry(leg.account.fund, leg.account.role, -leg.amount)
            for leg in Leg.objects.filter(journal=journal).select_related("account__fund")
        ]
        key = f"undo:{journal.key}:{again}"
        if key not in self.by_key and journal.pk in self.reversed:
            with pytest.raises(AlreadyReversed):
                posting.reverse(journal, key=key, at=NOON)
            return
        if due := self.expect(key, "reversal", entries):
            with pytest.raises(due):
                posting.reverse(journal, key=key, at=NOON)
            return
        known = key in self.by_key
        back = posting.reverse(journal, key=key, at=NOON)
        self.reversed.add(journal.pk)
        if not known:
            self.by_key[key] = ("reversal", tuple(sorted(entry.line for entry in entries)))
            self.lines += [(NOON.date(), *entry.line) for entry in entries]
        with pytest.raises(ReversalOfReversal):
            posting.reverse(back, key=f"undo:{key}", at=NOON)

    @rule(key=keys, surplus=st.integers(-5, 5).filter(bool), currency=currencies)
    def unbalanced(self, key, surplus, currency):
        """L1: what does not balance is refused, whatever the key."""
        legs = [
            Entry(self.funds["roof"], Role.GIVEN, Money(-100, currency)),
            Entry(self.funds["operations"], Role.BANK, Money(100 + surplus, currency)),
        ]
        with pytest.raises(Unbalanced):
            posting.post(key, kind="gift", legs=legs, at=NOON)

    @precondition(lambda self: self.by_key)
    @rule(
        statement=st.sampled_from(
            [
                "UPDATE ledger_leg SET amount_minor = -amount_minor",
                "UPDATE ledger_journal SET kind = 'x'",
                "DELETE FROM ledger_leg",
                "DELETE FROM ledger_journal",
                "UPDATE ledger_account SET currency = 'USD'",
            ]
        )
    )
    def break_in(self, statement):
        """L4: the database refuses to change or remove anything."""
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    @rule(journal=consumes(journals))
    def forget(self, journal):
        """Journals are picked anew; nothing happens to the books."""

    @invariant()
    def balances_are_those_of_the_model(self):
        """L2, L3: every account, and the whole, on the last day and half-way."""
        for until in (None, date(2026, 6, 30)):
            model = defaultdict(int)
            for on, *account, amount in self.lines:
                if until is None or on <= until:
                    model[tuple(account)] += amount
            books = {
                (line.account.fund.key, line.account.role, line.account.currency): line.sum.minor
                for line in queries.trial_balance(until=until)
            }
            assert books == {account: amount for account, amount in model.items() if account in books or amount}
            for currency in ("KGS", "USD"):
                assert sum(amount for (_, _, code), amount in books.items() if code == currency) == 0

    def sums(self, until: date) -> dict[tuple[str, str, str], int]:
        return {
            (line.account.fund.key, line.account.role, line.account.currency): line.sum.minor
            for line in queries.trial_balance(until=until)
        }

    @invariant()
    def closed_periods_keep_their_sums(self):
        """L9: the balances of every day that was closed are those of the moment it was closed."""
        assert {day: self.sums(day) for day in self.kept} == self.kept

    @invariant()
    def figures_are_those_of_the_model(self):
        figures = queries.figures(self.funds.values())
        for name, fund in self.funds.items():
            assert figures[fund.pk].available == som(self.had(name)) == queries.available(fund)

    @invariant()
    def restricted_funds_are_not_overdrawn(self):
        """L8."""
        assert all(self.had(name) >= 0 for name in ("roof", "well", "pool"))

    @invariant()
    def what_was_written_stays(self):
        """L4, L5, L10: hashes before are hashes after, numbers have no gaps, each key is written once."""
        chain = list(Journal.objects.order_by("id").values_list("id", "key", "hash", "previous_hash"))
        assert chain[: len(self.history)] == self.history
        assert [row[0] for row in chain] == list(range(1, len(self.by_key) + 1))
        assert {row[1] for row in chain} == set(self.by_key)
        self.history = chain

    @invariant()
    def the_proof_agrees(self):
        assert checking.check() == []


def test_any_history_leaves_whole_books():
    run_state_machine_as_test(Books, settings=settings(max_examples=12, stateful_step_count=15))
