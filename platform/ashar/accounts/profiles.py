"""What people change on their own account."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ashar.accounts.models import User
from ashar.audit import recording


def change(user: User, *, full_name: str, language: str, by: User, at: datetime) -> None:
    """Set the name and the language of letters. The audit log keeps which of them changed, not the texts."""
    with transaction.atomic(durable=True):
        facts = {"full_name": full_name.strip(), "language": language}
        changed = sorted(name for name, fact in facts.items() if getattr(user, name) != fact)
        if not changed:
            return
        User.objects.filter(pk=user.pk).update(**facts)
        recording.record("accounts.profile_changed", user, by=by, at=at, facts={"fields": changed})
    user.full_name, user.language = facts["full_name"], facts["language"]


def end_sessions(user: User, *, by: User, at: datetime) -> None:
    """End every session of `user`; the caller re-seals the session that may live on (`update_session_auth_hash`)."""
    with transaction.atomic(durable=True):
        _next_generation(user)
        recording.record("accounts.sessions_ended", user, by=by, at=at)


def raise_generation(user: User) -> None:
    """Make every present session of `user` worthless, inside whatever transaction is open (allauth's own, mostly)."""
    with transaction.atomic():
        _next_generation(user)


def _next_generation(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
