"""Asking the books. Every sum of money that is shown anywhere comes from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from ashar.ledger.models import Account, Closing, Fund, Journal, Leg, Proof, Role
from ashar.money import Money

# Income is written as credit, so "how much was given" is minus the sum; what was spent and what lies somewhere is debit.
CREDIT_ROLES = frozenset({Role.GIVEN, Role.MATCHED})


@dataclass(frozen=True, slots=True)
class Figures:
    """What the books say of one fund in som: given, matched, fees and paid out as sizes, and what is available now."""

    given: Money
    matched: Money
    fees: Money
    paid_out: Money
    available: Money


@dataclass(frozen=True, slots=True)
class Balance:
    """One account of the trial balance, debit positive."""

    account: Account
    sum: Money


def balance(fund: Fund, role: str, currency: str = "KGS", *, until: date | None = None) -> Money:
    """Return how much stands on the account, up to and including the day `until` by effective date. One query.

    Positive means: given or matched (credit); for fees, paid out, clearing, bank and conversion: debit. The matched
    account of a match pool is negative: it is what the pool gave away.
    """
    legs = _until(Leg.objects.filter(account__fund=fund, account__role=role, account__currency=currency), until)
    total = legs.aggregate(total=Sum("amount_minor", default=0))["total"]
    return Money(-total if role in CREDIT_ROLES else total, currency)


def standing(fund: str, role: str) -> Combinable:
    """Return `balance` in tyiyn as an expression for a query over rows whose field `fund` is a fund; zero without legs."""
    legs = Leg.objects.filter(account__fund=OuterRef(fund), account__role=role, account__currency="KGS")
    total = legs.order_by().values("account__fund").annotate(total=Sum("amount_minor")).values("total")
    return Coalesce(Subquery(total), 0) * (-1 if role in CREDIT_ROLES else 1)


def available(fund: Fund, *, until: date | None = None) -> Money:
    """Return what the fund has in som: minus the sum of its som legs. One query."""
    legs = _until(Leg.objects.filter(account__fund=fund, account__currency="KGS"), until)
    return Money(-legs.aggregate(total=Sum("amount_minor", default=0))["total"], "KGS")


def figures(funds: Iterable[Fund]) -> dict[int, Figures]:
    """Return the figures of each of `funds` by its id, zeros for a fund without legs. One query for any number of funds."""
    keys = [fund.pk for fund in funds]
    rows = Leg.objects.filter(account__fund__in=keys, account__currency="KGS").values_list(
        "account__fund", "account__role"
    )
    sums = {(fund, role): total for fund, role, total in rows.annotate(total=Sum("amount_minor"))}
    return {key: _figures({role: sums.get((key, role), 0) for role in Role}) for key in keys}


def journals_of(fund: Fund) -> QuerySet[Journal]:
    """Return the journals that touched `fund`, newest first, their legs with accounts and funds prefetched."""
    touching = Leg.objects.filter(account__fund=fund).values("journal")
    return with_legs(Journal.objects.filter(id__in=touching).order_by("-id"))


def with_legs(journals: QuerySet[Journal]) -> QuerySet[Journal]:
    """Return `journals` with their legs, accounts and funds prefetched."""
    return journals.prefetch_related(
        Prefetch("legs", queryset=Leg.objects.select_related("account__fund").order_by("id"))
    )


def turnover(journal: Journal) -> list[Money]:
    """Return how much `journal` moved, per currency: the sum of its debits. Legs come prefetched with their accounts."""
    moved: dict[str, int] = {}
    for leg in journal.legs.all():
        moved[leg.account.currency] = moved.get(leg.account.currency, 0) + max(leg.amount_minor, 0)
    return [Money(minor, currency) for currency, minor in moved.items()]


def trial_balance(*, until: date | None = None) -> list[Balance]:
    """Return the sum of every account that has legs, by fund key, role and currency; per currency they sum to zero."""
    sums = dict(
        _until(Leg.objects.all(), until).values_list("account").annotate(total=Sum("amount_minor")).order_by("account")
    )
    accounts = Account.objects.filter(id__in=sums).select_related("fund").order_by("fund__key", "role", "currency")
    return [Balance(account, Money(sums[account.pk], account.currency)) for account in accounts]


def last_ok_at() -> datetime | None:
    """Return when the books were last proved without a fault, or None if they never were."""
    return Proof.objects.values_list("ok_at", flat=True).first()


def last_closing() -> Closing | None:
    """Return the closing that holds now, with who did it, or None while the books were never closed. One query."""
    return Closing.objects.select_related("by").order_by("-through").first()


def first_day() -> date | None:
    """Return the earliest day that a journal counts for. One query."""
    first: date | None = Journal.objects.aggregate(first=Min("effective_on"))["first"]
    return first


def journals_until(day: date) -> int:
    """Return how many journals count for `day` or an earlier one. One query."""
    return Journal.objects.filter(effective_on__lte=day).count()


def _figures(sums: dict[str, int]) -> Figures:
    return Figures(
        given=Money(-sums[Role.GIVEN], "KGS"),
        matched=Money(-sums[Role.MATCHED], "KGS"),
        fees=Money(sums[Role.FEES], "KGS"),
        paid_out=Money(sums[Role.PAID_OUT], "KGS"),
        available=Money(-sum(sums.values()), "KGS"),
    )


def _until(legs: QuerySet[Leg], until: date | None) -> QuerySet[Leg]:
    return legs if until is None else legs.filter(journal__effective_on__lte=until)
