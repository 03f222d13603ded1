"""Webhooks: signed, sent, and sent again until the site takes them or three more tries were in vain."""

import hashlib
import hmac
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from ashar.payments.sandbox import jobs
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.objects import events

PATIENCE = 10
PAUSES = (5, 30, 180)  # seconds before each of the three retries
IDLE = 0.25


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: a site that answers with one has not taken the event."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


_OPENER = urllib.request.build_opener(_Straight, urllib.request.ProxyHandler({}))


def signature(account: Account, body: bytes) -> str:
    """Return the `Stripe-Signature` header of a body sent now."""
    moment = account.now()
    digest = hmac.new(account.webhook_secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


def post(url: str, body: bytes, signed: str) -> int:
    """Post one event and return the status; 0 when nobody answered."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signed,
        "User-Agent": "Stripe/1.0",
    }
    try:
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - our own setting
        with _OPENER.open(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except (OSError, ValueError):
        return 0


def send_next(account: Account) -> bool:
    """Send the delivery that is due next, in order or in any order; returns whether there was one.

    What is under way when the sandbox is killed is sent again by the next one (`recover`).
    """
    order = "random()" if account.switch("shuffle") else "due_at, id"
    with account.store.transaction():
        rows = account.store.run(
            f"SELECT id, event_id, attempts FROM deliveries WHERE state = 'waiting' AND due_at <= ? ORDER BY {order} LIMIT 1",  # noqa: S608 - two words of ours
            account.now(),
        )
        for number, _, attempts in rows:
            account.store.run(
                "UPDATE deliveries SET state = 'under way', attempts = ? WHERE id = ?", attempts + 1, number
            )
    for number, event_id, attempts in rows:
        body = events.payload(account.store.any(event_id))
        _note(account, number, attempts, post(account.webhook_url, body, signature(account, body)))
    return bool(rows)


def recover(account: Account) -> None:
    """Let deliveries wait again that were under way when the last sandbox on this state ended."""
    statement = "UPDATE deliveries SET state = 'waiting', due_at = ? WHERE state = 'under way'"
    account.store.run(statement, account.now())


def send_again(account: Account, *, event_ids: list[str] | None = None) -> int:
    """Queue the named events once more, or all that were dropped or given up; returns how many."""
    with account.store.transaction():
        if event_ids is None:
            rows = account.store.run("SELECT id FROM deliveries WHERE state IN ('dropped', 'given up')")
            statement = "UPDATE deliveries SET state = 'waiting', attempts = 0, due_at = ? WHERE id = ?"
            for (number,) in rows:
                account.store.run(statement, account.now(), number)
            return len(rows)
        statement = "INSERT INTO deliveries (event_id, due_at, state) VALUES (?, ?, 'waiting')"
        for event_id in event_ids:
            account.store.run(statement, event_id, account.now())
        return len(event_ids)


def _note(account: Account, number: int, attempts: int, status: int) -> None:
    """Write down how the delivery went: taken, to be tried again, or given up."""
    taken = 200 <= status < 300  # noqa: PLR2004 - HTTP's own numbers
    waits = not taken and attempts < len(PAUSES)
    state = "taken" if taken else "waiting" if waits else "given up"
    due_at = account.now() + (PAUSES[attempts] if waits else 0)
    statement = "UPDATE deliveries SET state = ?, answer = ?, due_at = ? WHERE id = ?"
    account.store.run(statement, state, str(status or "no answer"), due_at, number)


@contextmanager
def delivering(account: Account) -> Iterator[None]:
    """Do what is due and send events in a thread of its own while the block runs."""
    bell, over = threading.Event(), threading.Event()
    account.wake = bell.set

    def work() -> None:
        while not over.is_set():
            jobs.run_due(account)
            if not (account.webhook_url and send_next(account)):
                bell.wait(IDLE)
                bell.clear()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        bell.set()
        thread.join()
