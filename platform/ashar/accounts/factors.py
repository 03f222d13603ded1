"""Second factors of a person: an authenticator app or a passkey. Recovery codes stand in for one, they are none."""

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    from ashar.accounts.models import User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(user: "User") -> bool:
    """Say whether `user` has set up a second factor. One query."""
    return bool(Authenticator.objects.filter(user=user, type__in=STRONG).exists())


def is_last(authenticator: Authenticator) -> bool:
    """Say whether `authenticator` is the only second factor of its person."""
    if authenticator.type not in STRONG:
        return False
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STRONG).exclude(pk=authenticator.pk)
    return not others.exists()
