"""Proving the books: every promise of the ledger, tried on every row."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import connection
from django.db.models import Sum

from ashar.audit.models import Entry
from ashar.ledger import chain, closing, guards, triggers
from ashar.ledger.models import RESTRICTED, Closing, Fund, Head, Journal, Leg, Proof

BATCH = 1000
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """One promise that does not hold: a stable code, the row it is about, and what is wrong with it."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.where}: {self.message}"


def check() -> list[Fault]:
    """Return every fault in the books; none means whole. Reads all journals in batches, writes nothing."""
    return [*_guards(), *_journals(), *_closings(), *_orphans(), *_overdrawn()]


def prove(*, at: datetime) -> Proof:
    """Check the books, keep the outcome for others to read, and log each fault as an error. Idempotent."""
    faults = check()
    for fault in faults:
        logger.error("The books are not whole. %s", fault)
    outcome = {"checked_at": at, "faults": [asdict(fault) for fault in faults]}
    whole = {} if faults else {"ok_at": at}
    proof, _ = Proof.objects.update_or_create(id=1, defaults=outcome | whole)
    return proof


def _guards() -> Iterator[Fault]:
    """Faults of the database itself: a trigger gone, or SQLite letting INSERT OR REPLACE past the triggers."""
    for name in guards.missing(connection):
        yield Fault("trigger_missing", name, "the database no longer guards the books with it")
    if triggers.can_be_passed(connection):
        yield Fault("recursive_triggers_off", "connection", "INSERT OR REPLACE could overwrite a leg")


def _journals() -> Iterator[Fault]:
    """Faults of single journals and of the chain they form."""
    last = Journal(id=0, hash=chain.GENESIS)
    periods = _Periods(Closing.objects.order_by("id"))
    yield from periods.faults_at(last)
    for journals in _batches():
        lines = _lines(journals)
        for before, journal in pairwise([last, *journals]):
            yield from _links(before, journal)
            yield from _content(journal, lines[journal.pk])
            yield from _reversal(journal, lines)
            yield from periods.faults_at(journal)
        last = journals[-1]
    yield from periods.left()
    head = Head.objects.first() or Head(sequence=0, hash=chain.GENESIS)
    if (head.sequence, head.hash) != (last.pk, last.hash):
        yield Fault("head_differs", f"journal {last.pk}", f"the chain should end with journal {head.sequence}")


class _Periods:
    """What is closed when one walks along the chain: no journal may count for a day that was closed before it came."""

    def __init__(self, closings: Iterable[Closing]) -> None:
        self._ahead = deque(closings)
        self._closed = date.min

    def faults_at(self, journal: Journal) -> Iterator[Fault]:
        """Take the step to `journal`, and what was closed right after it."""
        if journal.pk and journal.effective_on <= self._closed:
            yield Fault("in_closed_period", f"journal {journal.pk}", f"the books were closed through {self._closed}")
        while self._ahead and self._ahead[0].sequence <= journal.pk:
            yield from self._close(self._ahead.popleft(), journal)

    def left(self) -> Iterator[Fault]:
        """Name what was closed after a journal that the chain does not hold any more."""
        for lost in self._ahead:
            yield Fault("seal_differs", f"closing {lost}", f"there is no journal {lost.sequence}")

    def _close(self, seal: Closing, journal: Journal) -> Iterator[Fault]:
        where = f"closing {seal}"
        if seal.through <= self._closed:
            yield Fault("closing_goes_back", where, f"the books were closed through {self._closed} before")
        if (seal.sequence, seal.hash) != (journal.pk, journal.hash):
            yield Fault("seal_differs", where, f"journal {seal.sequence} is not the one it was closed after")
        self._closed = max(self._closed, seal.through)


def _closings() -> Iterator[Fault]:
    """Name the closings that are gone: they hang in no chain of their own, but the audit log tells of each."""
    there = {str(number) for number in Closing.objects.values_list("pk", flat=True)}
    for number, facts in Entry.objects.filter(verb=closing.VERB).values_list("subject_id", "facts"):
        if number not in there:
            yield Fault("closing_gone", f"closing {facts['through']}", "the audit log tells of it, the books do not")


def _batches() -> Iterator[list[Journal]]:
    """Yield all journals in order, in lists short enough for memory."""
    last = 0
    while journals := list(Journal.objects.filter(id__gt=last).order_by("id")[:BATCH]):
        yield journals
        last = journals[-1].pk


def _lines(journals: Iterable[Journal]) -> dict[int, list[chain.Line]]:
    """Return the legs of `journals`, and of those they reverse, by journal."""
    numbers = {journal.pk for journal in journals} | {
        journal.reverses_id for journal in journals if journal.reverses_id
    }
    lines: dict[int, list[chain.Line]] = {number: [] for number in numbers}
    legs = Leg.objects.filter(journal__in=numbers).values_list(
        "journal", "account__fund__key", "account__role", "account__currency", "amount_minor"
    )
    for number, fund, role, currency, amount in legs:
        lines[number].append((fund, role, currency, amount))
    return lines


def _links(before: Journal, journal: Journal) -> Iterator[Fault]:
    where = f"journal {journal.pk}"
    if journal.pk != before.pk + 1:
        yield Fault("gap", where, f"the journal before it is {before.pk}")
    if journal.previous_hash != before.hash:
        yield Fault("chain_broken", where, f"it does not follow journal {before.pk}")


def _content(journal: Journal, lines: list[chain.Line]) -> Iterator[Fault]:
    where = f"journal {journal.pk}"
    if chain.link(journal, lines) != journal.hash:
        yield Fault("content_changed", where, "it is not what was written")
    sums: dict[str, int] = {}
    for _fund, _role, currency, amount in lines:
        sums[currency] = sums.get(currency, 0) + amount
    if not lines:
        yield Fault("no_legs", where, "it moves nothing")
    for currency, total in sums.items():
        if total:
            yield Fault("unbalanced", where, f"its legs in {currency} sum to {total}")


def _reversal(journal: Journal, lines: dict[int, list[chain.Line]]) -> Iterator[Fault]:
    if not journal.reverses_id:
        return
    opposite = sorted((fund, role, currency, -amount) for fund, role, currency, amount in lines[journal.reverses_id])
    if opposite != sorted(lines[journal.pk]):
        yield Fault("reversal_differs", f"journal {journal.pk}", f"it does not undo journal {journal.reverses_id}")


def _orphans() -> Iterator[Fault]:
    """Legs whose journal is gone, which foreign keys should make impossible."""
    for leg, number in Leg.objects.exclude(journal__in=Journal.objects.all()).values_list("id", "journal_id"):
        yield Fault("orphan", f"leg {leg}", f"there is no journal {number}")


def _overdrawn() -> Iterator[Fault]:
    funds = Fund.objects.filter(kind__in=RESTRICTED, accounts__currency="KGS")
    for key, total in funds.annotate(total=Sum("accounts__legs__amount_minor")).values_list("key", "total"):
        if total and total > 0:
            yield Fault("overdrawn", f"fund {key}", f"it is {total} tyiyn below zero")
