"""What a journal must be before it is written, and for which day it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TypeAlias

from django.db.models import Sum

from ashar.ledger.chain import Line
from ashar.ledger.models import Fund, Leg, Role
from ashar.ledger.refusals import FundOverdrawn, OutOfRange, Unbalanced
from ashar.money import Money, printed
from ashar.money.typed import LARGEST_MINOR

Place: TypeAlias = tuple[int, str, str]  # fund id, role, currency


@dataclass(frozen=True, slots=True)
class Entry:
    """One leg to be: `amount` on the account of `fund` for `role`; debit positive, credit negative."""

    fund: Fund
    role: Role
    amount: Money

    @property
    def place(self) -> Place:
        """The account it belongs on."""
        return self.fund.pk, str(self.role), self.amount.currency

    @property
    def line(self) -> Line:
        """What the chain keeps of it."""
        return self.fund.key, str(self.role), self.amount.currency, self.amount.minor


def lawful(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that move anything; raise `OutOfRange`, or `Unbalanced` unless each currency sums to zero."""
    moving = tuple(entry for entry in entries if entry.amount)
    if any(abs(entry.amount.minor) > LARGEST_MINOR for entry in moving):
        raise OutOfRange
    if not moving:
        raise Unbalanced(currency="-")
    by_currency = attrgetter("amount.currency")
    for currency, legs in groupby(sorted(moving, key=by_currency), key=by_currency):
        if sum(entry.amount.minor for entry in legs):
            raise Unbalanced(currency=currency)
    return moving


def require_money(entries: Sequence[Entry]) -> None:
    """Raise `FundOverdrawn` if `entries` would take more som out of a restricted fund than it has. No query if none do."""
    taken = _taken_som(entries)
    if not taken:
        return
    sums = Leg.objects.filter(account__fund__in=taken, account__currency="KGS").values_list("account__fund")
    had = {fund: -total for fund, total in sums.annotate(total=Sum("amount_minor"))}
    for fund, som in taken.items():
        available = had.get(fund.pk, 0)
        if som > available:
            raise FundOverdrawn(fund=fund.title, available=printed.show(Money(available, "KGS")))


def counts_for(happened_on: date | None, *, booked_on: date, closed: date | None) -> date:
    """Return the day a journal counts for, when the books are closed through `closed`.

    What happened on a day counts for it while it is open. All else counts for the day it is booked, or for the first open
    day if a closing came in between.
    """
    wanted = happened_on or booked_on
    if closed is None or wanted > closed:
        return wanted
    return max(booked_on, closed + timedelta(days=1))


def _taken_som(entries: Sequence[Entry]) -> dict[Fund, int]:
    """Return how many tyiyn the entries take, in all, out of each restricted fund they take any from."""
    taken: dict[Fund, int] = {}
    for entry in entries:
        if entry.fund.is_restricted and entry.amount.currency == "KGS":
            taken[entry.fund] = taken.get(entry.fund, 0) + entry.amount.minor
    return {fund: som for fund, som in taken.items() if som > 0}
