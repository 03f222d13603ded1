"""Event: what happened, with the object as it was then."""

import json
from contextvars import ContextVar

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.store import Json

# The request that causes an event: its id and idempotency key. Empty when it happens by itself or on the pay page.
CAUSE: ContextVar[tuple[str | None, str | None]] = ContextVar("cause", default=(None, None))


def emit(account: Account, kind: str, subject: Json, *, before: Json | None = None) -> Json:
    """Keep an event of `kind` about `subject` and queue its deliveries, in the caller's transaction.

    `before` holds the former values of what changed (`previous_attributes`).
    """
    request_id, key = CAUSE.get()
    data: Json = {"object": subject} | ({"previous_attributes": before} if before else {})
    event = {
        "id": account.new_id("evt_1"),
        "object": "event",
        "api_version": account.api_version,
        "created": account.now(),
        "data": data,
        "livemode": False,
        "pending_webhooks": 0,
        "request": {"id": request_id, "idempotency_key": key},
        "type": kind,
    }
    account.store.add(event)
    if account.webhook_url:
        _queue(account, event)
    return event


def _queue(account: Account, event: Json) -> None:
    """Write one delivery per copy, or a dropped one that shows on the control page."""
    dropped = {"*", event["type"]} & set(account.switch("drop"))
    statement = "INSERT INTO deliveries (event_id, due_at, state) VALUES (?, ?, ?)"
    for _ in range(1 if dropped else account.switch("duplicate")):
        due_at = account.now() + account.switch("delay")
        account.store.run(statement, event["id"], due_at, "dropped" if dropped else "waiting")
    account.wake()


def shown(account: Account, event: Json) -> Json:
    """Return the event as the API shows it now, with the number of deliveries still to come."""
    rows = account.store.run(
        "SELECT COUNT(*) FROM deliveries WHERE event_id = ? AND state IN ('waiting', 'under way')", event["id"]
    )
    return event | {"pending_webhooks": rows[0][0]}


def payload(event: Json) -> bytes:
    """Return the body of the delivery: indented UTF-8, as Stripe sends it."""
    return json.dumps(event, indent=2, ensure_ascii=False).encode()
