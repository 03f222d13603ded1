"""Fresh: signed in or confirmed within the last minutes. Needed before anything that guards the account is touched.

allauth asks again for a password or a second factor (`listening` lets signing in count as well); it lets people who have
neither (they sign in by code) pass without a question, so that a stolen session could add its own second factor. Here they
confirm by a code sent to their mail.
"""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest

# Pages that touch what guards an account, by the name of their address.
GUARDED = frozenset(
    {
        "account_email",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "account_export",
        "account_erasure",
    }
)


def needs_a_code(request: HttpRequest, url_name: str) -> bool:
    """Say whether this request must first be confirmed by a code sent by mail."""
    if url_name not in GUARDED or not request.user.is_authenticated:
        return False
    return not is_fresh(request) and not get_reauthentication_flows(request.user)


def is_fresh(request: HttpRequest) -> bool:
    """Say whether the person proved who they are within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds."""
    return age(request) < float(app_settings.REAUTHENTICATION_TIMEOUT)


def age(request: HttpRequest) -> float:
    """Return how many seconds ago the person last proved who they are in this session; endless if never."""
    records = get_authentication_records(request, request.user)
    return time.time() - records[-1]["at"] if records else float("inf")
