"""Who may. `None` stands for the house itself: consumers, scheduled work, commands."""

from ashar.accounts import roles
from ashar.accounts import rules as people
from ashar.accounts.models import User
from ashar.accounts.rules import NotAllowed, require
from diaspora.models import Association

__all__ = [
    "NotAllowed",
    "leads",
    "may_count_guests",
    "may_draft_for",
    "may_edit",
    "may_handle_pools",
    "may_hide_words",
    "require",
]


def may_edit(user: User | None) -> bool:
    """Tell whether `user` may register and verify associations, and open and close projects."""
    return user is None or people.is_administrator(user) or people.is_in(user, roles.EDITOR)


def may_draft_for(association: Association, user: User | None) -> bool:
    """Tell whether `user` may draft projects for `association`: its leaders and the editors."""
    return may_edit(user) or leads(association, user)


def leads(association: Association, user: User | None) -> bool:
    """Tell whether `user` leads `association` now. One query."""
    return (
        user is not None and user.is_active and association.leaderships.filter(person=user, until__isnull=True).exists()
    )


def may_count_guests(user: User | None) -> bool:
    """Tell whether `user` may know how many people come to a meeting. Who they are is told to nobody."""
    return may_edit(user)


def may_handle_pools(user: User | None) -> bool:
    """Tell whether `user` may open match pools and post money into them."""
    return user is None or people.handles_money(user)


def may_hide_words(user: User | None) -> bool:
    """Tell whether `user` may hide what a giver wrote, and show it again: who handles gifts; never the house itself."""
    return user is not None and people.handles_money(user)
