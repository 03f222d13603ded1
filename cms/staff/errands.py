"""What waits in the staff rooms for one person to decide: wishes to be forgotten, refunds, events in quarantine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.payments.models import Refund, WebhookEvent
from ashar.payments.states import EventState, RefundState
from ashar.privacy import due
from cms.staff import forgetting, naming
from cms.staff.refunds import gift_paid_by
from cms.staff.rooms import shown

MOST = 10  # of each kind; the rooms have the rest


@dataclass(frozen=True, slots=True)
class Errand:
    """A row that waits for a decision: what it is, what is to be done, since when, and where it is done."""

    title: str
    what: str
    at: datetime
    href: str


def has_any_room(person: Any) -> bool:  # noqa: ANN401 - whoever is signed in
    """Say whether `person` decides about anything in the staff rooms."""
    return rules.handles_money(person)


def of(person: User, *, at: datetime) -> list[Errand]:
    """Return what waits for `person`, what has a last day first, then the longest waiting of each kind. At most four queries."""
    wishes = _wishes(person, at) if rules.is_administrator(person) else ()
    money = (*_refunds(person), *_events()) if rules.handles_money(person) else ()
    return [*wishes, *money]


def _wishes(person: User, at: datetime) -> Iterator[Errand]:
    """Yield the wishes of others to be forgotten."""
    for wish in due.still_open().exclude(person=person).select_related("person").order_by("asked_at", "pk")[:MOST]:
        what = _("Request to erase the account: %(left)s") % {"left": forgetting.left(wish, at=at)}
        yield Errand(wish.person.email, what, wish.asked_at, _page("people", wish.person_id))


def _refunds(person: User) -> Iterator[Errand]:
    """Yield the refunds that others have asked for."""
    undecided = Refund.objects.filter(state=RefundState.REQUESTED).exclude(requested_by=person)
    joined = undecided.select_related("payment__gift__project").order_by("requested_at", "pk")
    for refund in joined[:MOST]:
        title = format_html("{} · {}", shown(refund.amount), naming.project_of(gift_paid_by(refund.payment)))
        yield Errand(title, _("Refund to decide about"), refund.requested_at, _page("refunds", refund.pk))


def _events() -> Iterator[Errand]:
    for event in WebhookEvent.objects.filter(state=EventState.QUARANTINED).order_by("received_at", "pk")[:MOST]:
        yield Errand(event.type, _("Event in quarantine"), event.received_at, _page("events", event.pk))


def _page(room: str, key: Any) -> str:  # noqa: ANN401 - the key of any row
    return reverse(f"{room}:inspect", args=[key])
