"""A person's inbox."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ashar.accounts.home import Block
from ashar.notices.models import InboxItem

if TYPE_CHECKING:
    from ashar.accounts.models import User


def of(person: "User") -> "QuerySet[InboxItem]":
    """Return what `person` was told, newest first."""
    return InboxItem.objects.filter(person=person).select_related("notice").order_by("-arrived_at", "-pk")


def unread(person: "User") -> int:
    """Return how many notices `person` has not opened yet."""
    return InboxItem.objects.filter(person=person, read_at=None).count()


def read(item: InboxItem, *, at: datetime) -> None:
    """Remember that `item` was opened; only the first time counts."""
    InboxItem.objects.filter(pk=item.pk, read_at=None).update(read_at=at)


def block(person: "User", at: datetime) -> Block | None:  # noqa: ARG001 - as every block
    """Return the way to the inbox with the newest message, for whom there is one. Two queries."""
    newest = of(person).first()
    return Block("notices/block.html", {"newest": newest, "unread": unread(person)}) if newest else None
