"""Letting somebody in again whose phone, passkey and recovery codes are all lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.accounts import appointing, profiles
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.notices import telling


class NoSecondFactor(Refused):
    """There is nothing to remove."""

    code = "no_second_factor"
    message = _("This person has no second factor.")


def remove_second_factors(person: User, *, by: User, at: datetime) -> None:
    """Remove every second factor and recovery code of `person`, end all their sessions, and tell them by letter.

    At the next sign-in they set up a new one, if they work here. `by` has made sure who is asking. Raises
    `NotAnAdministrator`, `OwnAccount`, `NoSecondFactor`.
    """
    with transaction.atomic(durable=True):
        locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        appointing.check(locked, by=by)
        lost = Authenticator.objects.filter(user=locked)
        types = sorted(lost.values_list("type", flat=True))
        if not types:
            raise NoSecondFactor
        lost.delete()
        profiles.raise_generation(locked)
        entry = recording.record("accounts.second_factors_lost", locked, by=by, at=at, facts={"types": types})
        _tell(locked, key=f"second_factors_lost:{entry.sequence}", at=at)


def _tell(person: User, *, key: str, at: datetime) -> None:
    telling.tell(
        "second_factors_lost",
        key=key,
        at=at,
        person=person,
        facts={"removed_at": at},
    )
