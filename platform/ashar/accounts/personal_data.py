"""What accounts hold on people: classified, exported, forgotten."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from ashar.accounts import profiles
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser
from ashar.privacy.exporting import collector

SIGN_IN = Personal(_("to let you sign in and to keep others out"), Basis.CONTRACT, "account", Sensitivity.SECRET)
ADDRESS = Personal(_("to let you sign in and to write to you"), Basis.CONTRACT, "account", Sensitivity.CONFIDENTIAL).of(
    _("your e-mail addresses")
)
NAME = Personal(_("to address you and to name you where you wish"), Basis.CONSENT, "account", Sensitivity.PLAIN).of(
    _("your name")
)
LANGUAGE = Personal(_("to write to you in your language"), Basis.CONTRACT, "account", Sensitivity.PLAIN)

personal(
    "accounts.User",
    {
        "email": ADDRESS,
        "full_name": NAME,
        "password": SIGN_IN.of(_("your password, in a form that nobody can read")),
        "language": LANGUAGE.of(_("your language")),
    },
)
personal("account.EmailAddress", {"email": ADDRESS})
personal("mfa.Authenticator", {"data": SIGN_IN.of(_("passkeys, codes of an app and recovery codes"))})
impersonal("places.Region", "code", "name_ky", "name_ru", "name_en", "former_names")
impersonal("places.HostCity", "name_ky", "name_ru", "name_en", "time_zone")
impersonal("privacy.RetentionRule", "text_ky", "text_ru", "text_en", "source")


@collector("account")
def collect(person: User) -> dict[str, Any]:
    """Return the profile, addresses, roles, kinds of second factors (never their secrets) and recent events."""
    addresses = EmailAddress.objects.filter(user=person).order_by("pk")
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    events = Entry.objects.filter(subject_kind=person._meta.label_lower, subject_id=str(person.pk)).order_by("sequence")  # noqa: SLF001 - Django's public name for it
    return {
        "id": str(person.pk),
        "email": person.email,
        "full_name": person.full_name,
        "language": person.language,
        "joined_at": person.joined_at.isoformat(),
        "last_signed_in_at": person.last_login.isoformat() if person.last_login else None,
        "roles": list(person.groups.order_by("name").values_list("name", flat=True)),
        "addresses": [{"email": row.email, "verified": row.verified, "primary": row.primary} for row in addresses],
        "second_factors": [{"type": row.type, "added_at": row.created_at.isoformat()} for row in factors],
        "events": [{"at": row.at.isoformat(), "event": row.verb} for row in events],
    }


@eraser("account", last=True)
def forget(person: User) -> dict[str, Any]:
    """Blunt the account: no name, no address, no way in; its number stays, for the books and the audit log point to it."""
    addresses, _kinds = EmailAddress.objects.filter(user=person).delete()
    factors, _kinds = Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    User.objects.filter(pk=person.pk).update(
        email=f"erased-{person.pk}@invalid",
        full_name="",
        password=person.password,
        is_active=False,
        is_staff=False,
        is_superuser=False,
    )
    person.groups.clear()
    profiles.raise_generation(person)
    person.refresh_from_db()
    return {"addresses": addresses, "second_factors": factors}
