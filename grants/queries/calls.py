"""Calls as cards and as whole pages.

Where a call stands is told by the clock, whatever a task has had time to write down; a kept page follows once it has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils.functional import Promise

from ashar.language import current, pick
from ashar.ledger import queries as books
from ashar.money import Money
from ashar.workflow.models import Transition
from grants import states
from grants.models import Call
from grants.states import BY_CLOCK, CallState

PAST_SHOWN = 20
SOM = 100  # tyiyn


@dataclass(frozen=True, slots=True)
class CallCard:
    """A call in a list, as it is at the moment `at`: `state` is where it stands by the clock; `grant` meets each `own`."""

    slug: str
    href: str
    title: str
    summary: str
    state: str
    state_label: str | Promise
    tag: str
    limit: Money
    own: Money
    grant: Money
    opens_at: datetime
    closes_at: datetime
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether applications are taken now."""
        return self.state == CallState.OPEN

    @property
    def is_announced(self) -> bool:
        """Whether it is still to open."""
        return self.state == CallState.PUBLISHED

    @property
    def is_off(self) -> bool:
        """Whether it was cancelled."""
        return self.state == CallState.CANCELLED


@dataclass(frozen=True, slots=True)
class CallPage:
    """Everything the page of a call says; `budget` is what the programme has paid in."""

    card: CallCard
    terms: str
    applying: str
    budget: Money


@dataclass(frozen=True, slots=True)
class Listing:
    """All calls that were announced: those that people can still get ready for, and the last of the others."""

    coming: Sequence[CallCard]
    past: Sequence[CallCard]


def standing(call: Call, *, at: datetime) -> str:
    """Return the state in which `call` is by the clock at `at`; a draft and a cancelled call have no clock."""
    if call.state not in BY_CLOCK:
        return call.state
    if at < call.opens_at:
        return CallState.PUBLISHED
    return CallState.OPEN if at < call.closes_at else CallState.CLOSED


def open_now(*, at: datetime, limit: int) -> list[CallCard]:
    """Return the calls that take applications at `at`, the nearest deadline first. One query."""
    calls = _announced().filter(state__in=BY_CLOCK, opens_at__lte=at, closes_at__gt=at)
    return cards_of(calls.order_by("closes_at", "slug")[:limit], at=at)


def listing(*, at: datetime) -> Listing:
    """Return what can still be applied for, the nearest deadline first, and what is over, the latest first. Two queries."""
    is_coming = Q(state__in=BY_CLOCK, closes_at__gt=at)
    coming = _announced().filter(is_coming).order_by("closes_at", "slug")
    past = _announced().exclude(is_coming).order_by("-closes_at", "slug")
    return Listing(cards_of(coming, at=at), cards_of(past[:PAST_SHOWN], at=at))


def cards_of(calls: Iterable[Call], *, at: datetime) -> list[CallCard]:
    """Return cards in the given order."""
    return [_card(call, at) for call in calls]


def call_page(call: Call, *, at: datetime) -> CallPage:
    """Return everything the page says, in one query if `call` comes with its fund."""
    return CallPage(
        card=_card(call, at),
        terms=pick(call, "terms"),
        applying=pick(call, "applying"),
        budget=books.figures([call.fund])[call.fund_id].given,
    )


def due(*, at: datetime) -> QuerySet[Call]:
    """Return the calls whose hour of opening or deadline has come and whose state does not say so yet."""
    opens = Q(state=CallState.PUBLISHED, opens_at__lte=at)
    closes = Q(state=CallState.OPEN, closes_at__lte=at)
    return Call.objects.filter(opens | closes).order_by("pk")


def last_moves() -> dict[int, datetime]:
    """Return call id → when it last changed its state. One query for all calls."""
    moves = Transition.objects.filter(entity=states.CALL.entity).values_list("entity_id")
    return {int(call): at for call, at in moves.annotate(at=Max("at")).order_by("entity_id")}


def address(slug: str) -> str:
    """Return the path of a call's page in the active language; it is a page of Wagtail's under an equal slug in each."""
    return f"/{current()}/calls/{slug}/"


def _announced() -> QuerySet[Call]:
    return Call.objects.exclude(published_at=None)


def _card(call: Call, at: datetime) -> CallCard:
    state = standing(call, at=at)
    return CallCard(
        slug=call.slug,
        href=address(call.slug),
        title=pick(call, "title"),
        summary=pick(call, "summary"),
        state=state,
        state_label=states.CALL.public_label(state),
        tag=states.TAGS.get(CallState(state), ""),
        limit=call.limit,
        own=Money(call.per * SOM, "KGS"),
        grant=Money(call.ratio * SOM, "KGS"),
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        at=at,
    )
