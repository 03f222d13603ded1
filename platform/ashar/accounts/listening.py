"""What happens to an account, told by allauth and Django, goes to the audit log; what guards it ends older sessions.

Failed passwords go to the ordinary log only, with a keyed hash in place of the address: a row for known addresses alone
would tell by its time which addresses are known.
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ashar.accounts import profiles
from ashar.accounts.models import User
from ashar.audit import recording

log = logging.getLogger("ashar.accounts")

# signal: the verb in the audit log; the signal brings `user`
PLAIN: dict[Signal, str] = {
    account.user_signed_up: "accounts.signed_up",
    account.password_set: "accounts.password_set",
    account.password_changed: "accounts.password_changed",
    account.password_reset: "accounts.password_reset",
    account.email_added: "accounts.email_added",
    account.email_removed: "accounts.email_removed",
    account.email_changed: "accounts.email_changed",
    account.login_code_rejected: "accounts.code_rejected",
    account.password_reset_code_rejected: "accounts.code_rejected",
    account.email_verification_code_rejected: "accounts.code_rejected",
    mfa.authentication_failed: "accounts.second_factor_failed",
    auth.user_logged_out: "accounts.signed_out",
}
# Whoever failed is not known to be the person.
FAILURES = {"accounts.code_rejected", "accounts.second_factor_failed"}
FACTORS: dict[Signal, str] = {
    mfa.authenticator_added: "accounts.second_factor_added",
    mfa.authenticator_removed: "accounts.second_factor_removed",
    mfa.authenticator_reset: "accounts.recovery_codes_renewed",
}


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    for signal, verb in PLAIN.items():
        signal.connect(_recorder(verb), weak=False, dispatch_uid=f"{verb}:{id(signal)}")
    for signal, verb in FACTORS.items():
        signal.connect(_factor_recorder(verb), weak=False, dispatch_uid=verb)
    account.user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    account.email_confirmed.connect(_email_confirmed, dispatch_uid="accounts.email_confirmed")
    auth.user_logged_out.connect(_browser_is_another, dispatch_uid="accounts.browser_is_another")
    auth.user_login_failed.connect(_password_failed, dispatch_uid="accounts.password_failed")


def _browser_is_another(*, request: HttpRequest | None = None, **_rest: Any) -> None:
    """Give the browser a new cookie for forms, as signing in does: forms name the browser by it, and a phone is handed on."""
    if request is not None:
        rotate_token(request)


def _recorder(verb: str) -> Callable[..., None]:
    def listen(*, user: User | None = None, **_rest: Any) -> None:
        if user is not None:
            _record(verb, user)

    return listen


def _factor_recorder(verb: str) -> Callable[..., None]:
    def listen(*, request: HttpRequest, user: User, authenticator: Any, **_rest: Any) -> None:  # noqa: ANN401 - allauth's
        _record(verb, user, {"type": str(authenticator.type)})
        _keep_only_this_session(request, user)
        if verb == "accounts.second_factor_added":
            # Setting it up took a valid answer from it: in this session it has been passed.
            facts = {"type": str(authenticator.type), "id": authenticator.pk, "reauthenticated": True}
            record_authentication(request, user, method="mfa", **facts)

    return listen


def _signed_in(*, request: HttpRequest, user: User, **_rest: Any) -> None:
    records = get_authentication_records(request, user)
    _count_as_fresh(request, records)
    _record("accounts.signed_in", user, {"methods": [record["method"] for record in records]})


def _count_as_fresh(request: HttpRequest, records: list[dict[str, Any]]) -> None:
    """Let signing in count as a proof of who one is. It is told when every factor that was asked for has been passed.

    allauth counts only what was asked again, and would ask for the same password seconds after it was given.
    """
    if records:
        *before, last = records
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*before, {**last, "reauthenticated": True}]


def _email_confirmed(*, email_address: Any, **_rest: Any) -> None:  # noqa: ANN401 - allauth's
    _record("accounts.email_confirmed", email_address.user)


def _password_failed(*, credentials: dict[str, Any], **_rest: Any) -> None:
    address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    log.warning("A password was refused for %s", salted_hmac("ashar.accounts.failed", address).hexdigest()[:16])


def _keep_only_this_session(request: HttpRequest, user: User) -> None:
    profiles.raise_generation(user)
    if request.user.is_authenticated and request.user.pk == user.pk:
        update_session_auth_hash(request, user)


def _record(verb: str, user: User, facts: dict[str, Any] | None = None) -> None:
    with transaction.atomic():
        recording.record(verb, user, by=None if verb in FAILURES else user, at=timezone.now(), facts=facts)
