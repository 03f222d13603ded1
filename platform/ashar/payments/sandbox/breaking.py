"""Outages on demand: the next API requests fail before or after they took effect.

The switch `fail_requests` holds a list of `{"status": 500, "when": "before"}`; each API request uses up the first one.
`status` 0 hangs up without an answer; `when` is "before" (nothing happened) or "after" (it happened, nobody was told).
`path` limits an entry to requests whose path begins with it.
"""

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.http import Request, Response, as_json
from ashar.payments.sandbox.store import Json

HANG_UP = 0
SWITCH = "fail_requests"


def next_outage(account: Account, request: Request) -> Json | None:
    """Use up and return the first planned outage that fits the request."""
    if not account.switch(SWITCH):
        return None
    with account.store.transaction():
        planned = account.switch(SWITCH)
        for outage in planned:
            if request.path.startswith(outage.get("path", "/")):
                planned.remove(outage)
                account.set_switch(SWITCH, planned)
                return dict(outage)
    return None


def broken(outage: Json) -> Response:
    """Return what the client gets instead of an answer."""
    status = outage.get("status", 500)
    kind = "invalid_request_error" if status == 429 else "api_error"  # noqa: PLR2004 - too many requests
    code = {"code": "rate_limit"} if status == 429 else {}  # noqa: PLR2004 - likewise
    body = {"error": {"type": kind, "message": "The sandbox was told to fail here."} | code}
    return Response(HANG_UP) if status == HANG_UP else as_json(status, body, {"Request-Id": "req_outage"})
