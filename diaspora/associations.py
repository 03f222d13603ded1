"""Verbs on an association."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.outbox import sending
from ashar.places.models import HostCity, Region
from diaspora import rules
from diaspora.models import Association, Leadership, Verification


class SlugTaken(Refused):
    """Another row of the kind lives at this address."""

    code = "slug_taken"
    message = _("The address “%(slug)s” is taken.")


class AlreadyVerified(Refused):
    """An association is verified once; the first meeting stays on record."""

    code = "already_verified"
    message = _("This association is verified already.")


def register(
    slug: str,
    *,
    texts: Mapping[str, str],
    host_city: HostCity,
    home: Region,
    by: User | None,
    at: datetime,
    picture: str = "",
    founded_on: date | None = None,
) -> Association:
    """Register an association that nobody has verified yet.

    `texts` are its `name_*` and `about_*` columns. Raises `NotAllowed` or `SlugTaken`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        if Association.objects.filter(slug=slug).exists():
            raise SlugTaken(slug=slug)
        association = Association.objects.create(
            slug=slug,
            **texts,
            host_city=host_city,
            home=home,
            picture=picture,
            founded_on=founded_on,
            registered_at=at,
        )
        recording.record("association.register", association, by=by, at=at)
        sending.send("association.registered", {"association": association.pk}, at=at)
    return association


def verify(association: Association, *, by: User | None, at: datetime, note: str = "") -> Verification:
    """Vouch for an association after meeting its people. Raises `NotAllowed` or `AlreadyVerified`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        Association.objects.select_for_update(no_key=True).get(pk=association.pk)
        if Verification.objects.filter(association=association).exists():
            raise AlreadyVerified
        verification = Verification.objects.create(association=association, by=by, at=at, note=note)
        recording.record("association.verify", association, by=by, at=at)
        sending.send("association.verified", {"association": association.pk}, at=at)
    return verification


def appoint(association: Association, *, person: User, by: User | None, at: datetime) -> Leadership:
    """Let `person` lead `association` from `at` on. Appointing a leader again changes nothing. Raises `NotAllowed`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        leadership, is_new = Leadership.objects.get_or_create(
            association=association, person=person, until=None, defaults={"since": at}
        )
        if is_new:
            recording.record("association.appoint", association, by=by, at=at, facts={"person": str(person.pk)})
    return leadership
