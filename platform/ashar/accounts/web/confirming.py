"""Confirming who you are by a code sent by mail, for people who have neither a password nor a second factor."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.utils.crypto import constant_time_compare, salted_hmac

from ashar.accounts.web.requests import SignedIn

STATE = "account_confirm"
SALT = "ashar.accounts.confirm"


def send(request: SignedIn) -> bool:
    """Send a code to the person's address; say whether the rate limit let us."""
    email = request.user.email
    if not ratelimit.consume(request, action="request_login_code", key=email):
        return False
    code = get_adapter().generate_login_code()
    request.session[STATE] = {"hash": _hash(code), "at": time.time(), "tries": 0}
    get_adapter().send_mail("account/email/login_code", email, {"user": request.user, "code": code})
    return True


def waiting(request: SignedIn) -> bool:
    """Say whether a code is on its way that can still be entered."""
    state: dict[str, Any] = request.session.get(STATE) or {}
    return bool(state) and time.time() - state["at"] < app_settings.LOGIN_BY_CODE_TIMEOUT


def accept(request: SignedIn, code: str) -> bool:
    """Say whether `code` is the one that was sent, and if so remember the proof. Three tries to a code."""
    if not waiting(request):
        return False
    state = request.session[STATE]
    right = constant_time_compare(state["hash"], _hash(code))
    state["tries"] += 1
    request.session[STATE] = state
    if right or state["tries"] >= app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS:
        del request.session[STATE]
    if right:
        record_authentication(request, request.user, method="code", reauthenticated=True)
    return right


def _hash(code: str) -> str:
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac(SALT, letters, algorithm="sha256").hexdigest()
