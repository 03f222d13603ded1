"""The block on the home of who works here: the rooms they may enter, and how much waits in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.permissions import page_permission_policy

from ashar.accounts import factors, rules
from ashar.accounts.home import Block
from ashar.accounts.models import User
from ashar.payments.models import Refund, WebhookEvent
from ashar.payments.states import EventState, RefundState
from ashar.privacy import due
from cms.editing import desk, reports
from cms.staff import forgetting, policy
from cms.staff.books import BooksRoom
from cms.staff.calls import CallRoom
from cms.staff.gifts import GiftRoom
from cms.staff.inbox import InboxRoom
from cms.staff.people import PeopleRoom
from cms.staff.refunds import RefundRoom
from cms.staff.rooms import Room

ENTER = "wagtailadmin.access_admin"


@dataclass(frozen=True, slots=True)
class Door:
    """A room, and how much waits in it; nothing where nothing can wait."""

    label: str | Promise
    href: str
    waiting: int | None = None


def rooms(user: User, at: datetime) -> Block | None:  # noqa: ARG001 - as every block
    """Return the rooms of `user`, or that a second factor comes first; nothing for who has none. Fixed number of queries."""
    if not user.has_perm(ENTER):
        return None
    if not factors.has_one(user):
        return Block("cms/waiting.html", [])
    doors = [*_of_money(user), *_of_calls(user), *_of_pages(user)]
    return Block("cms/waiting.html", doors) if doors else None


def _of_money(user: User) -> Iterator[Door]:
    if policy.may_read(user):
        undecided = Refund.objects.filter(state=RefundState.REQUESTED).count()
        unfit = WebhookEvent.objects.filter(state=EventState.QUARANTINED).count()
        yield _door(RefundRoom, waiting=undecided, only=f"state={RefundState.REQUESTED}")
        yield _door(InboxRoom, waiting=unfit, only=f"state={EventState.QUARANTINED}")
        yield _door(GiftRoom)
        yield _door(BooksRoom)
    if rules.is_administrator(user):
        yield _door(PeopleRoom, waiting=due.still_open().count(), only=f"wish={forgetting.OPEN}")


def _of_calls(user: User) -> Iterator[Door]:
    if CallRoom().permission_policy.may_view(user):
        yield _door(CallRoom)


def _of_pages(user: User) -> Iterator[Door]:
    if rules.is_administrator(user) or desk.reviews(user):
        waiting = TaskState.objects.reviewable_by(user).count()
        yield Door(_("Pages to review"), reverse("wagtailadmin_home"), waiting)
    if page_permission_policy.user_has_any_permission(user, reports.WRITING):
        yield Door(_("Pages of the site"), reverse("wagtailadmin_explore_root"))


def _door(room: type[Room], *, waiting: int | None = None, only: str = "") -> Door:
    address = reverse(f"{room.name}:index")
    return Door(room.menu_label, f"{address}?{only}" if waiting else address, waiting)
