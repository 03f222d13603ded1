"""The control API under /_sandbox/: JSON, for this machine only. Switches, disputes, failures, deliveries."""

import json
import re
from collections.abc import Callable
from typing import Any

from ashar.payments.sandbox import delivery, jobs
from ashar.payments.sandbox.account import SWITCHES, Account
from ashar.payments.sandbox.checkout import paying
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.http import Request, Response, as_json
from ashar.payments.sandbox.objects import disputes, refunds
from ashar.payments.sandbox.store import Json

LATEST = 100
LOCAL = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?\Z")
Action = Callable[..., Any]


def answer(account: Account, request: Request) -> Response:
    """Answer one control request; refuses senders and host names that are not this machine."""
    if not request.sender.startswith("127.") or not LOCAL.match(request.headers.get("host", "")):
        return as_json(403, {"error": "The controls are for this machine only."})
    for method, path, action in ACTIONS:
        found = re.fullmatch(path.replace("{}", "([A-Za-z0-9_]+)"), request.path)
        if found and method == request.method:
            return _do(account, request, action, found.groups())
    return as_json(404, {"error": "There is no such control."})


def _do(account: Account, request: Request, action: Action, names: tuple[str, ...]) -> Response:
    try:
        given = _body(request) if request.method == "POST" else {}
        with account.store.transaction():
            done = action(account, *names, **given)
    except Fault as fault:
        return as_json(fault.status, {"error": fault.message})
    except (KeyError, TypeError, ValueError) as error:
        return as_json(400, {"error": f"Cannot do that: {error}"})
    jobs.run_due(account)
    return as_json(200, done)


def _body(request: Request) -> Json:
    """Return the JSON object; the content type keeps pages of other sites from posting here."""
    if request.headers["content-type"].partition(";")[0].strip() != "application/json":
        message = "send application/json"
        raise ValueError(message)
    given = json.loads(request.body or b"{}")
    if not isinstance(given, dict):
        message = "send a JSON object"
        raise TypeError(message)
    return given


def _state(account: Account) -> Json:
    """Show the switches and how many deliveries are in which state."""
    counted = account.store.run("SELECT state, COUNT(*) FROM deliveries GROUP BY state ORDER BY state")
    return {
        "api_version": account.api_version,
        "deliveries": dict(counted),
        "now": account.now(),
        "switches": account.switches(),
        "webhook_url": account.webhook_url,
    }


def _set(account: Account, **positions: object) -> Json:
    """Move switches; all or none."""
    unknown = positions.keys() - SWITCHES.keys()
    if unknown:
        message = f"no such switch: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    for name, value in positions.items():
        account.set_switch(name, value)
    return account.switches()


def _pay(account: Account, *, session: str, card: str = "4242424242424242", approve: bool = True) -> Json:
    return paying.pay_at_once(account, session, card, approve=approve)


def _dispute(account: Account, *, charge: str, amount: int | None = None) -> Json:
    return disputes.open_for(account, charge, amount=amount)


def _close(account: Account, name: str, *, won: bool) -> Json:
    return disputes.close(account, name, won=won)


def _fail(account: Account, name: str) -> Json:
    refunds.find(account, name)
    refunds.fail(account, name)
    return account.store.any(name)


def _deliveries(account: Account) -> list[Json]:
    """Show the latest deliveries, newest first."""
    rows = account.store.run(
        "SELECT d.id, d.event_id, json_extract(o.body, '$.type'), d.state, d.attempts, d.answer "
        "FROM deliveries d JOIN objects o ON o.id = d.event_id ORDER BY d.id DESC LIMIT ?",
        LATEST,
    )
    names = ("id", "event", "type", "state", "attempts", "answer")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _resend(account: Account, *, events: list[str] | None = None) -> Json:
    for name in events or ():
        if not account.store.get("event", name):
            raise Fault.missing("event", name)
    return {"queued": delivery.send_again(account, event_ids=events)}


ACTIONS: list[tuple[str, str, Action]] = [
    ("GET", "/_sandbox/", _state),
    ("POST", "/_sandbox/switches", _set),
    ("POST", "/_sandbox/pay", _pay),
    ("POST", "/_sandbox/disputes", _dispute),
    ("POST", "/_sandbox/disputes/{}/close", _close),
    ("POST", "/_sandbox/refunds/{}/fail", _fail),
    ("GET", "/_sandbox/deliveries", _deliveries),
    ("POST", "/_sandbox/resend", _resend),
]
