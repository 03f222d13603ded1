"""Matching: pools put in their share after a gift, and take it back after a return.

**Rule.** Every pool that is open on the day of the charge (in Bishkek) and stands for the project puts in `ratio` som
for every `per` som of the gift before the fee, floored to the tyiyn, as far as its caps and its money reach. Each pool
matches the whole gift on its own account and fails alone, as the parties of a 3 × 1 programme do; pools are worked
through by opening day, then by address, which is also the order in which they are locked.

**Return.** After money goes back each pool keeps `floor(first match × kept / gift)`: after a full return exactly
nothing, so the pool is whole again to the tyiyn. When returned money comes back (a refund that failed, a dispute that
was won) the pool puts in its share again, as far as it still reaches, whatever the day.

**Once.** Each movement of the payment is followed by exactly one `MatchStep` and at most one journal
`match:<movement id>`, in the order of movements; so any order and number of deliveries gives the same books.

**Never too much.** A pool and an allotment are taken by a conditional UPDATE under CHECK constraints, on both databases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from ashar import clock
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import FundKind, Journal, Role
from ashar.ledger.posting import Entry
from ashar.money import Money
from ashar.payments.models import Movement, MovementKind
from diaspora import rules
from diaspora.associations import SlugTaken
from diaspora.models import Allotment, Gift, Match, MatchPool, MatchStep, Project

Room = tuple[MatchPool, Money]  # a pool, and what it can still put into one project


class PoolMoneyIsNotSom(Refused):
    """Pools are kept in som, above zero."""

    code = "pool_money_is_not_som"
    message = _("Money of a pool is a positive sum in som.")


class PoolWasBusy(Refused):
    """Somebody took from the pool between our look and our grip; the step is tried again whole."""

    code = "pool_was_busy"
    message = _("The pool “%(pool)s” was busy; this is tried again.")


def open_pool(  # noqa: PLR0913 - the terms of a pool are stated at once
    slug: str,
    *,
    texts: Mapping[str, str],
    cap: Money,
    cap_per_project: Money,
    opens_on: date,
    closes_on: date,
    by: User | None,
    at: datetime,
    ratio: int = 1,
    per: int = 1,
    projects: Iterable[Project] | None = None,
) -> MatchPool:
    """Open an empty pool for `projects`, or for every project when `None`; `texts` are its `title_*` columns.

    Its fund in the ledger has the key `pool-<slug>`. Raises `NotAllowed`, `SlugTaken`, `PoolMoneyIsNotSom`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_handle_pools(by))
        _check_som(cap)
        _check_som(cap_per_project)
        if MatchPool.objects.filter(slug=slug).exists():
            raise SlugTaken(slug=slug)
        title = texts.get("title_ru") or next(iter(texts.values()))
        pool = MatchPool.objects.create(
            slug=slug,
            **texts,
            fund=posting.open_fund(f"pool-{slug}", kind=FundKind.MATCH_POOL, title=title),
            ratio=ratio,
            per=per,
            cap_minor=cap.minor,
            cap_per_project_minor=cap_per_project.minor,
            opens_on=opens_on,
            closes_on=closes_on,
            for_every_project=projects is None,
        )
        Allotment.objects.bulk_create(
            Allotment(pool=pool, project=project, cap_minor=cap_per_project.minor) for project in projects or ()
        )
        recording.record("pool.open", pool, by=by, at=at, facts={"cap_minor": cap.minor, "ratio": ratio, "per": per})
    return pool


def fund_pool(pool: MatchPool, *, amount: Money, by: User | None, at: datetime, reference: str = "") -> Journal:
    """Post money of the partner into the pool: bank → pool. Idempotent by `reference` (default: the moment).

    `reference` is what the bank calls the transfer. Raises `NotAllowed`, `PoolMoneyIsNotSom`; `KeyReused` when the
    same reference comes with another sum.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_handle_pools(by))
        _check_som(amount)
        key = f"pool:{pool.slug}:{reference or at.isoformat()}"
        MatchPool.objects.select_for_update(no_key=True).get(pk=pool.pk)
        is_new = not Journal.objects.filter(key=key).exists()
        legs = [
            Entry(pool.fund, Role.GIVEN, -amount),
            Entry(posting.operations(), Role.BANK, amount),
        ]
        journal = posting.post(key, kind="pool_funded", legs=legs, at=at, by=by, facts={"reference": reference})
        if is_new:
            MatchPool.objects.filter(pk=pool.pk).update(funded_minor=F("funded_minor") + amount.minor)
            recording.record("pool.fund", pool, by=by, at=at, facts={"amount_minor": amount.minor})
        pool.refresh_from_db()
    return journal


def rooms(project: Project, *, on: date) -> list[Room]:
    """Return the pools that stand for `project` on the day, in the order of matching, with what each can still put in.

    Under every cap: of the pool, of what was paid into it, and of the project. Never below zero. One query.
    """
    allotment = Allotment.objects.filter(pool=OuterRef("pk"), project=project)
    pools = _standing_for(project.pk, on=on).annotate(
        allotted_minor=Coalesce(Subquery(allotment.values("cap_minor")), F("cap_per_project_minor")),
        used_minor=Coalesce(Subquery(allotment.values("reserved_minor")), 0),
    )
    return [(pool, Money(max(0, _room(pool, pool.allotted_minor - pool.used_minor)), "KGS")) for pool in pools]


def estimate(rooms: Iterable[Room], *, som: Money) -> Money:
    """Return what `rooms` would put in for a gift of `som` if it settled now. An estimate: others may come first."""
    parts = (min(wanted(pool, som), room.minor) for pool, room in rooms)
    return Money(sum(parts), "KGS")


def wanted(pool: MatchPool, som: Money) -> int:
    """Return what the pool's terms promise for a gift of `som`, in tyiyn, floored, before any cap."""
    return som.minor * pool.ratio // pool.per


@dataclass(frozen=True, slots=True)
class Course:
    """How far a gift has come: its charge, and how much of it remains after the movement at hand."""

    charge: Movement
    kept: Money

    @property
    def som(self) -> Money:
        """The whole gift in som, before the fee: what pools match."""
        return Money(self.charge.som_minor, "KGS")

    @property
    def day(self) -> date:
        """The day of the charge in Bishkek: it decides which pools are open."""
        return clock.day(self.charge.at)

    def share(self, of: int) -> int:
        """Return the part of `of` that goes with the part of the gift that remains, floored."""
        kept = min(max(self.kept.minor, 0), self.charge.gross_minor)
        return of * kept // self.charge.gross_minor


def step(gift: Gift, movement: Movement, *, course: Course, at: datetime) -> MatchStep:
    """Do what matching owes after one movement. A part of `giving.follow`, once per movement, under the lock on the gift.

    Takes or restores pools and posts one journal when anything moved. Raises `PoolWasBusy`, after which the whole verb
    is tried again.
    """
    changes = _changes(gift, movement, course)
    total = sum(amount for _pool, amount in changes)
    covered = _covered(gift, total)
    journal = _post(gift, movement, changes, covered, at) if changes else None
    done = MatchStep.objects.create(
        gift=gift, movement=movement, journal=journal, amount_minor=total, covered_minor=covered, at=at
    )
    Match.objects.bulk_create(Match(step=done, gift=gift, pool=pool, amount_minor=amount) for pool, amount in changes)
    return done


Changes = Sequence[tuple[MatchPool, int]]


def _changes(gift: Gift, movement: Movement, course: Course) -> Changes:
    if movement.kind == MovementKind.CHARGE:
        return _first_matches(gift, course)
    return _later_matches(gift, course, is_return=movement.gross_minor < 0)


def _first_matches(gift: Gift, course: Course) -> Changes:
    pools = _standing_for(gift.project_id, on=course.day).select_for_update(of=("self",), no_key=True)
    taken = [(pool, _take(pool, gift.project_id, wanted(pool, course.som))) for pool in pools]
    return [(pool, amount) for pool, amount in taken if amount]


def _later_matches(gift: Gift, course: Course, *, is_return: bool) -> Changes:
    first, now = _matched(gift, movement__kind=MovementKind.CHARGE), _matched(gift)
    pools = _in_order(MatchPool.objects.filter(pk__in=first)).select_for_update(of=("self",), no_key=True)
    owed = [(pool, course.share(first[pool.pk]) - now[pool.pk]) for pool in pools]
    changes = [(pool, min(change, 0) if is_return else max(change, 0)) for pool, change in owed]
    return [(pool, moved) for pool, change in changes if (moved := _change(pool, gift.project_id, change))]


def _matched(gift: Gift, **steps: str) -> dict[int, int]:
    """Return pool → tyiyn put in by the gift's steps so far (or by some of them)."""
    of_steps = {f"step__{name}": value for name, value in steps.items()}
    rows = Match.objects.filter(gift=gift, **of_steps).values_list("pool_id").annotate(total=Sum("amount_minor"))
    return dict(rows.order_by("pool_id"))


def _change(pool: MatchPool, project_id: int, change: int) -> int:
    if change > 0:
        return _take(pool, project_id, change)
    if change < 0:
        _give_back(pool, project_id, -change)
    return change


def _take(pool: MatchPool, project_id: int, amount: int) -> int:
    """Reserve up to `amount` of the locked pool for the project; return how much there was."""
    allotment, _is_new = Allotment.objects.get_or_create(
        pool=pool, project_id=project_id, defaults={"cap_minor": pool.cap_per_project_minor}
    )
    taken = min(amount, _room(pool, allotment.cap_minor - allotment.reserved_minor))
    if taken <= 0:
        return 0
    got_pool = MatchPool.objects.filter(
        pk=pool.pk, reserved_minor__lte=Least(F("cap_minor"), F("funded_minor")) - taken
    ).update(reserved_minor=F("reserved_minor") + taken)
    got_allotment = Allotment.objects.filter(pk=allotment.pk, reserved_minor__lte=F("cap_minor") - taken).update(
        reserved_minor=F("reserved_minor") + taken
    )
    if not (got_pool and got_allotment):
        raise PoolWasBusy(pool=pool.slug)
    return taken


def _give_back(pool: MatchPool, project_id: int, amount: int) -> None:
    MatchPool.objects.filter(pk=pool.pk).update(reserved_minor=F("reserved_minor") - amount)
    Allotment.objects.filter(pool=pool, project_id=project_id).update(reserved_minor=F("reserved_minor") - amount)


def _room(pool: MatchPool, room_of_project: int) -> int:
    return min(min(pool.cap_minor, pool.funded_minor) - pool.reserved_minor, room_of_project)


def _standing_for(project_id: int, *, on: date) -> QuerySet[MatchPool]:
    """Return the pools open on the day that stand for the project."""
    allotted = Allotment.objects.filter(project_id=project_id).values("pool")
    return _in_order(
        MatchPool.objects.filter(Q(for_every_project=True) | Q(pk__in=allotted), opens_on__lte=on, closes_on__gte=on)
    )


def _in_order(pools: QuerySet[MatchPool]) -> QuerySet[MatchPool]:
    return pools.select_related("fund").order_by("opens_on", "slug")


def _covered(gift: Gift, total: int) -> int:
    """Return what operations give to the project's fund so that pools are made whole, or (below 0) take back from it."""
    if total < 0:
        return max(0, -total - max(0, books.available(gift.project.fund).minor))
    earlier = MatchStep.objects.filter(gift=gift).aggregate(total=Sum("covered_minor"))["total"] or 0
    return -min(total, earlier)


def _post(gift: Gift, movement: Movement, changes: Changes, covered: int, at: datetime) -> Journal:
    total = sum(amount for _pool, amount in changes)
    fund = gift.project.fund
    legs = [Entry(pool.fund, Role.MATCHED, _som(amount)) for pool, amount in changes]
    legs.append(Entry(fund, Role.MATCHED, _som(-total)))
    if covered:
        legs += [Entry(fund, Role.FEES, _som(-covered)), Entry(posting.operations(), Role.FEES, _som(covered))]
    return posting.post(
        f"match:{movement.pk}",
        kind="match" if total > 0 else "match_returned",
        legs=legs,
        at=at,
        facts={"gift": str(gift.pk), "pools": {pool.slug: amount for pool, amount in changes}},
    )


def _som(minor: int) -> Money:
    return Money(minor, "KGS")


def _check_som(amount: Money) -> None:
    if amount.currency != "KGS" or amount.minor <= 0:
        raise PoolMoneyIsNotSom
