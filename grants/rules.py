"""Who may. `None` stands for the house itself: consumers, scheduled work, commands."""

from ashar.accounts import roles
from ashar.accounts import rules as people
from ashar.accounts.models import User
from ashar.accounts.rules import NotAllowed, require

__all__ = ["NotAllowed", "may_handle_budgets", "may_run_calls", "require"]


def may_run_calls(user: User | None) -> bool:
    """Tell whether `user` may draft, announce, extend and cancel calls: editors of all languages and administrators."""
    return user is None or people.is_administrator(user) or people.is_in(user, roles.EDITOR)


def may_handle_budgets(user: User | None) -> bool:
    """Tell whether `user` may post money into the budget of a call."""
    return user is None or people.handles_money(user)
