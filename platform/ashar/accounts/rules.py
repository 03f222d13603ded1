"""Who may do what, as far as accounts know."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ashar.accounts import roles
from ashar.errors import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ashar.accounts.models import User

ADMINISTRATORS = Q(is_superuser=True, is_active=True)  # `is_administrator`, as a condition on people
FINANCE_OFFICERS = Q(groups__name=roles.FINANCE_OFFICER, is_active=True)


class NotAllowed(Refused):
    """The person's roles do not cover what they asked for."""

    code = "not_allowed"
    message = _("You may not do this.")


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads as a sentence: require(may_edit(user))
    """Raise `NotAllowed` unless `allowed`."""
    if not allowed:
        raise NotAllowed


def is_in(user: "User | AnonymousUser", *wanted: str) -> bool:
    """Say whether `user` was given one of the roles. An administrator has only the roles given to them. One query."""
    return bool(user.is_authenticated and user.is_active and user.groups.filter(name__in=wanted).exists())


def is_administrator(user: "User | AnonymousUser") -> bool:
    """Say whether `user` may do everything, and look after the accounts of others."""
    return bool(user.is_active and user.is_superuser)


def handles_money(user: "User | AnonymousUser") -> bool:
    """Say whether `user` handles refunds, events, pools and closings of the books: finance officers and administrators."""
    return is_administrator(user) or is_in(user, roles.FINANCE_OFFICER)


def works_here(user: "User | AnonymousUser") -> bool:
    """Say whether `user` is staff: by flag, by access to the Wagtail admin, or by a staff role."""
    if not (user.is_authenticated and user.is_active):
        return False
    if user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin"):
        return True
    return user.groups.filter(name__in=roles.OF_STAFF).exists()
