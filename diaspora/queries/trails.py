"""The trail of a fund: every journal that touched it, in words, with the names that givers chose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate

from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from ashar.language import pick
from ashar.ledger import queries as books
from ashar.ledger.models import Fund, Journal, Leg
from ashar.money import Money
from ashar.payments.models import Movement
from ashar.web import calendar
from diaspora import hiding, names, words
from diaspora.models import MatchPool, MatchStep, Project

PER_PAGE = 30
AT_ONCE = 500
HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One journal of a fund. `amount` is what it did to the fund, signed; `balance` what the fund had after it.

    `giver` is the name as chosen (empty: anonymous, or no giver at all); `given` what a giver gave or got back, in
    the giver's currency, signed as `amount` is; `fee` the card fee within `amount`.
    """

    number: int
    at: datetime
    on: date
    kind: str
    words: str
    giver: str
    given: Money | None
    amount: Money
    fee: Money
    hash: str
    balance: Money | None = None

    @property
    def hash_short(self) -> str:
        """The beginning of the hash, enough to compare by eye."""
        return self.hash[:HASH_SHOWN]


@dataclass(frozen=True, slots=True)
class Trail:
    """One page of a project's trail, newest first, with the fund's figures now; `zone` is that of its times."""

    title: str
    figures: books.Figures
    lines: Sequence[Line]
    page: Page[Journal]
    zone: str


def trail(project: Project, *, page: str | int | None = 1) -> Trail:
    """Return one page of the trail. An unlawful page number gives the nearest page. The number of queries is fixed."""
    found = Paginator(books.journals_of(project.fund), PER_PAGE).get_page(page)
    figures = books.figures([project.fund])[project.fund_id]
    lines = _with_balances(list(found.object_list), project.fund)
    zone = calendar.zone(timezone.localtime(lines[0].at)) if lines else ""
    return Trail(pick(project, "title"), figures, lines, found, zone)


def trail_lines(project: Project) -> Iterator[Line]:
    """Yield the whole trail, newest first, in pieces that do not grow with it."""
    for journals in in_pieces(books.journals_of(project.fund)):
        yield from _with_balances(journals, project.fund)


def lines_of(journals: Sequence[Journal], fund: Fund) -> list[Line]:
    """Return lines of any `journals` of the fund (legs prefetched), without balances. Three queries for any number."""
    told = _told(journals) if journals else None
    return [_line(journal, fund, told) for journal in journals] if told else []


def newest_lines(funds: Sequence[Fund]) -> dict[int, Line]:
    """Return fund id → the newest line of its trail, without a balance. Six queries for any number of funds."""
    newest = Leg.objects.filter(account__fund__in=funds).values_list("account__fund").annotate(Max("journal"))
    numbers = dict(newest.order_by("account__fund"))
    journals = books.with_legs(Journal.objects.filter(pk__in=numbers.values()))
    rows = {journal.pk: journal for journal in journals}
    told = _told([*rows.values()])
    return {fund.pk: _line(rows[numbers[fund.pk]], fund, told) for fund in funds if fund.pk in numbers}


def sentences(journals: Sequence[Journal]) -> dict[int, str]:
    """Return journal number → what it did, of any `journals` (legs prefetched). Three queries for any number."""
    told = _told(journals) if journals else None
    return {journal.pk: _sentence(journal, told, _moved(journal)) for journal in journals} if told else {}


def in_pieces(journals: QuerySet[Journal]) -> Iterator[list[Journal]]:
    """Cut newest-first `journals` into pieces by their numbers, so that a journal posted meanwhile shifts nothing."""
    piece = list(journals[:AT_ONCE])
    while piece:
        yield piece
        piece = list(journals.filter(pk__lt=piece[-1].pk)[:AT_ONCE])


def _with_balances(journals: Sequence[Journal], fund: Fund) -> list[Line]:
    """Return lines of successive `journals`, newest first, each with what the fund had after it. One query more."""
    lines = lines_of(journals, fund)
    if not lines:
        return []
    newest = _balance_after(journals[0], fund)
    spent_below = accumulate((line.amount for line in lines[:-1]), initial=Money.zero("KGS"))
    return [replace(line, balance=newest - spent) for line, spent in zip(lines, spent_below, strict=True)]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the part knows of journals, by journal number."""

    movements: Mapping[int, Movement]
    steps: Mapping[int, MatchStep]
    pools: Mapping[int, str]

    def giver(self, journal: Journal) -> str:
        """Return the name, as it is shown, of whoever gave the gift that `journal` is about; empty where there is none."""
        row = self.steps.get(journal.pk) or self.movements.get(journal.pk)
        if row is None or row.is_hidden:  # type: ignore[union-attr]
            return ""
        gift = row.gift if isinstance(row, MatchStep) else getattr(row.payment, "gift", None)
        return names.shown(gift) if gift else ""


def _told(journals: Sequence[Journal]) -> _Told:
    movements = Movement.objects.filter(journal__in=journals).select_related("payment__gift")
    movements = movements.annotate(is_hidden=hiding.is_hidden("payment__gift"))
    steps = MatchStep.objects.filter(journal__in=journals).select_related("gift")
    steps = steps.annotate(is_hidden=hiding.is_hidden("gift"))
    funds = {leg.account.fund_id for journal in journals for leg in journal.legs.all()}
    pools = MatchPool.objects.filter(fund__in=funds)
    return _Told(
        {movement.journal_id: movement for movement in movements},
        {step.journal_id: step for step in steps if step.journal_id},
        {pool.fund_id: pick(pool, "title") or pool.slug for pool in pools},
    )


def _line(journal: Journal, fund: Fund, told: _Told) -> Line:
    movement = told.movements.get(journal.pk)
    legs = [leg for leg in journal.legs.all() if leg.account.fund_id == fund.pk and leg.account.currency == "KGS"]
    return Line(
        number=journal.pk,
        at=journal.posted_at,
        on=journal.effective_on,
        kind=journal.kind,
        words=_sentence(journal, told, _effect(legs)),
        giver=told.giver(journal),
        given=movement.gross if movement else None,
        amount=_effect(legs),
        fee=Money(sum(leg.amount_minor for leg in legs if leg.account.role == "fees"), "KGS"),
        hash=journal.hash,
    )


def _sentence(journal: Journal, told: _Told, amount: Money) -> str:
    movement = told.movements.get(journal.pk)
    pools = [told.pools[leg.account.fund_id] for leg in journal.legs.all() if leg.account.fund_id in told.pools]
    return words.of(
        journal.kind,
        giver=told.giver(journal),
        given=abs(movement.gross) if movement else None,
        amount=abs(amount),
        pools=pools,
    )


def _moved(journal: Journal) -> Money:
    """Return what the journal moved in som, from whichever fund."""
    return next((sum_of for sum_of in books.turnover(journal) if sum_of.currency == "KGS"), Money.zero("KGS"))


def _effect(legs: Iterable[Leg]) -> Money:
    return Money(-sum(leg.amount_minor for leg in legs), "KGS")


def _balance_after(journal: Journal, fund: Fund) -> Money:
    legs = Leg.objects.filter(account__fund=fund, account__currency="KGS", journal_id__lte=journal.pk)
    return Money(-(legs.aggregate(total=Sum("amount_minor"))["total"] or 0), "KGS")
