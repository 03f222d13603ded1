"""Who may. What follows from a decision or from the provider (sending, settling, resolving) is the machine's and asks nobody."""

from typing import TYPE_CHECKING

from ashar.accounts import rules as people
from ashar.accounts.rules import NotAllowed, require

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ashar.accounts.models import User

__all__ = ["NotAllowed", "may_handle_events", "may_handle_refunds", "require"]


def may_handle_refunds(user: "User | AnonymousUser") -> bool:
    """Tell whether `user` may ask for refunds and decide about those of others."""
    return people.handles_money(user)


def may_handle_events(user: "User | AnonymousUser") -> bool:
    """Tell whether `user` may send an event of the card service round again, or set it aside."""
    return people.handles_money(user)
