"""Admitting people: an account made for somebody, and the first administrator."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.accounts import appointing
from ashar.accounts import roles as known
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.notices import telling


class AdministratorExists(Refused):
    """The first administrator is made once."""

    code = "administrator_exists"
    message = _("There is an administrator already: %(email)s.")


def admit(
    email: str,
    *,
    by: User | None,
    at: datetime,
    full_name: str = "",
    language: str = "ky",
    roles: Iterable[str] = (),
    staff: bool = False,
    password: str | None = None,
) -> User:
    """Return the account of `email`, made now with a verified address if there was none. Idempotent by address.

    `roles` are added, never taken away; `staff` opens the staff pages (after a second factor). Without a password the
    person signs in by a code sent by mail. An account that exists keeps its name and language, and its password if its
    address was proved. Who is newly admitted by a person is told by letter.

    Raises `appointing.NotAnAdministrator`, `OwnAccount`, `AccountIsClosed`; the machine itself (`by=None`) admits anybody.
    """
    with transaction.atomic(durable=True):
        user = _found(email)
        is_new = user is None
        if user is None:
            user = User.objects.create_user(email, password, full_name=full_name, language=language)
            recording.record("accounts.admitted", user, by=by, at=at)
        else:
            _distrust(user)
        _may_admit(user, by=by)
        _verify(user)
        _give(user, roles, by=by, at=at)
        _promote(user, staff=staff, superuser=False, by=by, at=at)
        if is_new and by is not None:
            _tell(user, at=at)
    return user


def first_administrator(email: str, *, at: datetime, another: bool = False) -> User:
    """Return the administrator of `email`, made now if there is none yet (or if `another` is meant). Idempotent by address.

    Raises `AdministratorExists` when a different active administrator exists and `another` is not said.
    """
    with transaction.atomic(durable=True):
        user = _found(email)
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk if user else None)
        if not another and (other := others.order_by("joined_at").first()):
            raise AdministratorExists(email=other.email)
        if user is None:
            user = User.objects.create_user(email)
            recording.record("accounts.admitted", user, by=None, at=at)
        else:
            _distrust(user)
        _verify(user)
        _promote(user, staff=True, superuser=True, by=None, at=at)
    return user


def _tell(user: User, *, at: datetime) -> None:
    given = user.groups.order_by("name").values_list("name", flat=True)
    facts = {"name": user.full_name, "roles": [known.LABELS.get(name, name) for name in given]}
    telling.tell(
        "admitted",
        key=f"admitted:{user.pk}",
        at=at,
        person=user,
        facts=facts,
    )


def _found(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def _may_admit(user: User, *, by: User | None) -> None:
    if by is not None:
        appointing.check(user, by=by)
    if not user.is_active:
        raise appointing.AccountIsClosed


def _distrust(user: User) -> None:
    """Take the password of an account whose address nobody has proved: a stranger may have signed up with it."""
    proved = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    if not proved and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])


def _verify(user: User) -> None:
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def _give(user: User, roles: Iterable[str], *, by: User | None, at: datetime) -> None:
    missing = Group.objects.filter(name__in=list(roles)).exclude(user=user)
    for group in missing.order_by("name"):
        user.groups.add(group)
        recording.record("accounts.role_given", user, by=by, at=at, facts={"role": group.name})


def _promote(user: User, *, staff: bool, superuser: bool, by: User | None, at: datetime) -> None:
    if (user.is_staff or not staff) and (user.is_superuser or not superuser):
        return
    user.is_staff, user.is_superuser = user.is_staff or staff, user.is_superuser or superuser
    user.save(update_fields=["is_staff", "is_superuser"])
    recording.record("accounts.promoted", user, by=by, at=at, facts={"administrator": user.is_superuser})
