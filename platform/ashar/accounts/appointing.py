"""Appointing people: roles are given and taken by administrators, never by oneself.

Nobody is made an administrator here: that takes the server (`manage.py first_administrator`), so that whoever holds one
administrator's session cannot make a second one.
"""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused


class NotAnAdministrator(Refused):
    """People are looked after by administrators alone."""

    code = "not_an_administrator"
    message = _("Only an administrator may do this.")


class OwnAccount(Refused):
    """Two pairs of eyes stay two."""

    code = "own_account"
    message = _("Another administrator has to do this to your own account.")


class NoSuchRole(Refused):
    """The role is none of `roles.ALL`."""

    code = "no_such_role"
    message = _("There is no such role.")


class AccountIsClosed(Refused):
    """Who was erased or may not sign in gets no role."""

    code = "account_is_closed"
    message = _("This account is closed.")


def give_role(person: User, *, role: str, by: User, at: datetime) -> None:
    """Give `person` the role. Idempotent. Raises `NotAnAdministrator`, `OwnAccount`, `NoSuchRole`, `AccountIsClosed`."""
    with transaction.atomic(durable=True):
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        check(locked, by=by)
        if not locked.is_active:
            raise AccountIsClosed
        group = _group(role)
        if not locked.groups.filter(pk=group.pk).exists():
            locked.groups.add(group)
            recording.record("accounts.role_given", locked, by=by, at=at, facts={"role": role})


def take_role(person: User, *, role: str, by: User, at: datetime) -> None:
    """Take the role from `person`, and with the last staff role the flag of who works here. Idempotent.

    Raises `NotAnAdministrator`, `OwnAccount`, `NoSuchRole`.
    """
    with transaction.atomic(durable=True):
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        check(locked, by=by)
        group = _group(role)
        if locked.groups.filter(pk=group.pk).exists():
            locked.groups.remove(group)
            left = _let_go(locked, role)
            recording.record("accounts.role_taken", locked, by=by, at=at, facts={"role": role, "left": left})


def check(person: User, *, by: User) -> None:
    """Raise `NotAnAdministrator` or `OwnAccount` unless `by` may look after the account of `person`."""
    if not rules.is_administrator(by):
        raise NotAnAdministrator
    if by.pk == person.pk:
        raise OwnAccount


def _group(role: str) -> Group:
    if role not in roles.ALL:
        raise NoSuchRole
    return Group.objects.get(name=role)


def _let_go(person: User, role: str) -> bool:
    """Say whether `role` was what `person` worked here for; then they are staff no longer."""
    if role not in roles.OF_STAFF or person.is_superuser or person.groups.filter(name__in=roles.OF_STAFF).exists():
        return False
    User.objects.filter(pk=person.pk).update(is_staff=False)
    return True
