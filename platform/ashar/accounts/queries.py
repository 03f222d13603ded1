"""Prepared data for the account pages."""

from copy import copy
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.utils.text import capfirst

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from ashar.privacy import classified, erasing
from ashar.privacy.models import ErasureRequest, RetentionRule


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What the account page shows beside its form."""

    email: str
    has_password: bool
    has_app: bool
    passkeys: int
    needs_second_factor: bool
    roles: list[str]
    erasure: ErasureRequest | None


@dataclass(frozen=True, slots=True)
class Held:
    """What we hold for one purpose."""

    what: str
    purpose: str
    basis: str
    kept: str


def account_page(user: User) -> AccountPage:
    """Return the account page of `user`."""
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    app, passkeys = Authenticator.Type.TOTP in types, types.count(Authenticator.Type.WEBAUTHN)
    return AccountPage(
        email=user.email,
        has_password=user.has_usable_password(),
        has_app=app,
        passkeys=passkeys,
        needs_second_factor=not app and not passkeys and rules.works_here(user),
        roles=[
            str(roles.LABELS.get(name, name)) for name in user.groups.order_by("name").values_list("name", flat=True)
        ],
        erasure=erasing.open_request_of(user),
    )


def held() -> list[Held]:
    """Return, without repetition, what data we hold, what for, on what ground, and how long."""
    kept = {rule.key: str(rule) for rule in RetentionRule.objects.all()}
    lines: dict[tuple[str, str, str], dict[str, None]] = {}
    for facts in classified.register().values():
        line = (str(facts.purpose), str(facts.basis.label), kept.get(facts.retention, ""))
        lines.setdefault(line, {})[str(facts.what)] = None
    return [Held(capfirst("; ".join(what)), *line) for line, what in lines.items()]


def copy_of(user: User) -> User:
    """Return a copy for a form to write on, so that an invalid form changes nothing that the page shows."""
    return copy(user)
