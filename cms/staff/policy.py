"""Who may enter the staff rooms, and that nobody writes there except through a verb."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.permission_policies.base import BasePermissionPolicy

from ashar.accounts import roles, rules
from ashar.accounts.models import User

READERS = (roles.FINANCE_OFFICER, roles.AUDITOR)


def may_read(user: Any) -> bool:  # noqa: ANN401 - a user or Django's AnonymousUser
    """Whether `user` may open the money rooms: finance officers, auditors and administrators."""
    return rules.is_administrator(user) or rules.is_in(user, *READERS)


def whoever(may: Callable[[User], bool]) -> Callable[[HttpRequest], User]:
    """Return what tells who acts by a request, or raises `PermissionDenied` unless they `may`; the verbs ask the same again."""

    def person(request: HttpRequest) -> User:
        if isinstance(request.user, User) and may(request.user):
            return request.user
        raise PermissionDenied

    return person


officer = whoever(rules.handles_money)  # in the money rooms
administrator = whoever(rules.is_administrator)  # who looks after people


class ReadOnly(BasePermissionPolicy):
    """Administrators and `readers` may view; adding, changing and deleting by form is open to nobody, administrators included."""

    readers: tuple[str, ...] = ()

    def may_view(self, user: User) -> bool:
        """Whether `user` may open the room."""
        return rules.is_administrator(user) or (bool(self.readers) and rules.is_in(user, *self.readers))

    def viewers(self) -> Q:
        """Return the condition that a person may open the room."""
        return Q(is_superuser=True) | Q(groups__name__in=self.readers)

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether `user` may do `action`."""
        return action == "view" and self.may_view(user)

    def user_has_any_permission(self, user: User, actions: Collection[str]) -> bool:
        """Whether `user` may do any of `actions`."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        """Return the people who may do any of `actions`."""
        if "view" not in actions:
            return get_user_model().objects.none()
        return get_user_model().objects.filter(self.viewers(), is_active=True).distinct()

    def users_with_permission(self, action: str) -> QuerySet[User]:
        """Return the people who may do `action`."""
        return self.users_with_any_permission([action])


class OfficersRead(ReadOnly):
    """The money rooms: finance officers, auditors and administrators."""

    readers = READERS


class AdministratorsRead(ReadOnly):
    """The room of people: administrators alone."""
