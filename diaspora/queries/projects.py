"""Projects as cards and as whole pages."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise

from ashar import clock, legible
from ashar.language import pick
from ashar.ledger import queries as books
from ashar.money import Money
from ashar.places import codes
from ashar.places import queries as places
from diaspora import covers, giving, hiding, matching, names, states
from diaspora.covers import Cover
from diaspora.models import Association, BudgetLine, Gift, Project
from diaspora.queries import addresses
from diaspora.queries.pools import PoolRow, pools_of
from diaspora.states import GiftState, ProjectState

GIVERS_SHOWN = 12
RELATIONS = ("association__host_city", "association__verification", "home", "fund")  # what a project's page reads
CARD_RELATIONS = ("association__host_city", "home", "fund")  # what its card reads
PUBLIC_STATES = (ProjectState.OPEN, ProjectState.FUNDED, ProjectState.CLOSED)


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project in a list. `given` and `matched` are never mixed; `days_left` is nothing when no gifts are taken."""

    slug: str
    href: str
    title: str
    summary: str
    image: str
    cover: Cover | None
    place: str
    association: str
    state: str
    state_label: str | Promise
    goal: Money
    given: Money
    matched: Money
    givers: int
    days_left: int | None
    closes_on: date

    @property
    def total(self) -> Money:
        """What is there towards the goal."""
        return self.given + self.matched


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of the budget; `share` in whole per cent of the budget, summing to 100 over the lines."""

    title: str
    amount: Money
    share: int
    unit: str
    unit_cost: Money | None


@dataclass(frozen=True, slots=True)
class Giver:
    """A gift as the public sees it. `name` is empty for an anonymous one; `som` is what remains of it; no line of `message` is blank."""

    name: str
    amount: Money
    som: Money
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything the page of a project says; `is_past` when its last day is over, whatever its state."""

    card: ProjectCard
    story: str
    home: str
    association: Association
    association_name: str
    association_href: str
    association_city: str
    is_verified: bool
    takes_gifts: bool
    is_past: bool
    fees: Money
    paid_out: Money
    available: Money
    budget: Sequence[BudgetRow]
    latest: Sequence[Giver]
    pools: Sequence[PoolRow]
    give_href: str
    trail_href: str


class GivingPage(NamedTuple):
    """What the page with the form to give says of the project: its card, and the pools that match gifts to it now."""

    card: ProjectCard
    pools: Sequence[PoolRow]


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole platform in five numbers."""

    given: Money
    matched: Money
    projects: int
    givers: int
    associations: int


class Front(NamedTuple):
    """The home page: the platform's numbers, cards, and how many projects are open by the code of their oblast or city."""

    totals: Totals
    cards: Sequence[ProjectCard]
    open_in: Mapping[str, int]


def project_cards(
    projects: QuerySet[Project] | None = None, *, at: datetime, limit: int | None = None
) -> list[ProjectCard]:
    """Return cards of `projects` (default: the open ones, nearest to their goal first). Four queries for any number."""
    if projects is not None:
        return cards_of(projects[:limit], at=at)
    cards = cards_of(Project.objects.filter(state=ProjectState.OPEN).order_by("closes_on", "slug"), at=at)
    return _nearest(cards)[:limit]


def cards_of(
    projects: Iterable[Project] | QuerySet[Project], *, at: datetime, homes: Mapping[str, str] | None = None
) -> list[ProjectCard]:
    """Return cards in the given order: projects, figures, givers and places (unless given as `homes`) are one query each."""
    if isinstance(projects, QuerySet):
        projects = projects.select_related(*CARD_RELATIONS)
    rows = list(projects)
    return _cards(rows, books.figures([row.fund for row in rows]), at=at, homes=homes)


def project_page(project: Project, *, at: datetime) -> ProjectPage:
    """Return everything the page says, in six queries if `project` comes with its `RELATIONS`."""
    association, have = project.association, books.figures([project.fund])
    figures = have[project.fund_id]
    (card,) = _cards([project], have, at=at)
    return ProjectPage(
        card=card,
        story=pick(project, "story"),
        home=card.place,
        association=association,
        association_name=pick(association, "name"),
        association_href=addresses.association(association.slug),
        association_city=pick(association.host_city, "name"),
        is_verified=hasattr(association, "verification"),
        takes_gifts=giving.takes_gifts(project, at=at),
        is_past=clock.day(at) > project.closes_on,
        fees=figures.fees,
        paid_out=figures.paid_out,
        available=figures.available,
        budget=budget_of(project),
        latest=latest_givers(project),
        pools=pools_of(matching.rooms(project, on=clock.day(at))),
        give_href=reverse("give", args=[project.slug]),
        trail_href=reverse("trail", args=[project.slug]),
    )


def giving_page(project: Project, *, rooms: Iterable[matching.Room], at: datetime) -> GivingPage:
    """Return what stands beside the form to give, of the pools with `rooms`. Three queries, if `project` comes with its `RELATIONS`."""
    (card,) = _cards([project], books.figures([project.fund]), at=at)
    return GivingPage(card, pools_of(rooms))


def budget_of(project: Project) -> list[BudgetRow]:
    """Return the budget in its order. One query."""
    lines = list(BudgetLine.objects.filter(project=project).order_by("position"))
    shares = Money(100, "KGS").split([line.amount_minor for line in lines]) if lines else []
    return [
        BudgetRow(
            pick(line, "title"),
            line.amount,
            share.minor,
            pick(line, "unit"),
            Money(line.unit_minor, "KGS") if line.unit_minor else None,
        )
        for line, share in zip(lines, shares, strict=True)
    ]


def latest_givers(project: Project, *, limit: int = GIVERS_SHOWN) -> list[Giver]:
    """Return the newest gifts that arrived and stayed, at least in part, as their givers chose to be shown. One query."""
    return [giver for _project, giver in latest_gifts([project], limit=limit)]


def latest_gifts(projects: Collection[Project], *, limit: int) -> list[tuple[int, Giver]]:
    """Return the same of several projects, each gift with the key of its project. One query."""
    gifts = Gift.objects.filter(project__in=projects, state=GiftState.RECEIVED).annotate(
        kept_minor=Sum("payment__movements__gross_minor"),
        kept_som_minor=Sum("payment__movements__som_minor"),
        is_hidden=hiding.is_hidden("pk"),
    )
    return [(gift.project_id, _giver(gift)) for gift in gifts.order_by("-received_at", "pk")[:limit]]


def front(*, at: datetime, limit: int) -> Front:
    """Return what the home page says; its cards are of open projects, nearest to their goal first. Five queries."""
    projects = Project.objects.filter(state__in=PUBLIC_STATES).select_related(*CARD_RELATIONS)
    rows = list(projects.order_by("closes_on", "slug"))
    figures = books.figures([row.fund for row in rows])
    open_ones = [row for row in rows if row.state == ProjectState.OPEN]
    return Front(
        _totals(len(rows), figures.values()),
        _nearest(_cards(open_ones, figures, at=at))[:limit],
        Counter(codes.oblast_of(row.home.code) for row in open_ones),
    )


def past_closing(*, on: date) -> QuerySet[Project]:
    """Return the open projects whose last day is over."""
    return Project.objects.filter(state=ProjectState.OPEN, closes_on__lt=on).order_by("pk")


def _totals(projects: int, figures: Collection[books.Figures]) -> Totals:
    received = Q(projects__gifts__state=GiftState.RECEIVED)
    people = Association.objects.aggregate(
        associations=Count("verification", distinct=True),
        givers=Count("projects__gifts__email", filter=received, distinct=True),
    )
    return Totals(
        given=sum((each.given for each in figures), Money.zero("KGS")),
        matched=sum((each.matched for each in figures), Money.zero("KGS")),
        projects=projects,
        **people,
    )


def _nearest(cards: list[ProjectCard]) -> list[ProjectCard]:
    return sorted(cards, key=lambda card: (-(card.total.minor * 1000 // card.goal.minor), card.closes_on, card.slug))


def _cards(
    rows: Sequence[Project],
    figures: Mapping[int, books.Figures],
    *,
    at: datetime,
    homes: Mapping[str, str] | None = None,
) -> list[ProjectCard]:
    givers = _giver_counts(rows)
    homes = homes or (places.addresses([row.home for row in rows]) if rows else {})
    return [_card(row, figures[row.fund_id], givers.get(row.pk, 0), homes[row.home.code], at) for row in rows]


def _giver_counts(projects: Sequence[Project]) -> dict[int, int]:
    gifts = Gift.objects.filter(project__in=projects, state=GiftState.RECEIVED)
    return dict(gifts.values_list("project_id").annotate(Count("pk")).order_by("project_id"))


def _card(project: Project, figures: books.Figures, givers: int, place: str, at: datetime) -> ProjectCard:
    takes = giving.takes_gifts(project, at=at)
    return ProjectCard(
        slug=project.slug,
        href=addresses.project(project.slug),
        title=pick(project, "title"),
        summary=pick(project, "summary"),
        image=covers.address(project.cover),
        cover=covers.shown(project.cover),
        place=place,
        association=pick(project.association, "name"),
        state=project.state,
        state_label=states.PROJECT.public_label(project.state),
        goal=project.goal,
        given=figures.given,
        matched=figures.matched,
        givers=givers,
        days_left=(project.closes_on - clock.day(at)).days if takes else None,
        closes_on=project.closes_on,
    )


def _giver(gift: Gift) -> Giver:
    is_hidden: bool = gift.is_hidden  # type: ignore[attr-defined]
    return Giver(
        name="" if is_hidden else names.shown(gift),
        amount=Money(gift.kept_minor, gift.currency),  # type: ignore[attr-defined]
        som=Money(gift.kept_som_minor, "KGS"),  # type: ignore[attr-defined]
        message="" if is_hidden else legible.closed_up(gift.message),
        at=gift.received_at or gift.started_at,
    )
