"""The inbox of webhooks: taken in with one statement, worked through later, kept for ever without the giver in it.

An event is a hint that something changed at the provider. What changed is always fetched; no figure is read from here.
"""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ashar import crash
from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.money.rates import StaleRate
from ashar.payments import gateway, hints, recognition, settlement
from ashar.payments.models import WebhookEvent
from ashar.payments.states import EVENTS, EventState
from ashar.workflow import moving

log = logging.getLogger(__name__)

LARGEST = 1024 * 1024  # bytes of a body
LEASE = timedelta(minutes=2)  # how long one worker has for one event before another may try
PATIENCE = timedelta(minutes=5)  # how long an event waits that cannot be worked on for now
MOST_ATTEMPTS = 8  # of working on an event that fails; waiting for the provider or a rate is no failure
EVENT_ID = re.compile(r"evt_[A-Za-z0-9_]{1,250}")
EVENT_TYPE = re.compile(r"[a-z0-9_.]{1,100}")

# The statement is written out because a duplicate must cost one statement and no transaction; `ignore_conflicts` would
# also swallow rows that break another constraint.
INSERT = """
INSERT INTO payments_webhookevent
    (event_id, type, api_version, livemode, object_id, payload, created_at, received_at, due_at, state, reason, attempts)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 'received', '', 0)
ON CONFLICT (event_id) DO NOTHING"""


class NotAnEvent(Refused):
    """Signed, but not an event as we know them: nothing of it is kept."""

    code = "not_an_event"
    message = _("This is not an event of the card service.")


class OtherMode(Refused):
    """An event of test money for a site that takes real money, or the other way round."""

    code = "other_mode"
    message = _("This event belongs to the other mode of the card service.")


def receive(body: bytes, signature: str, *, at: datetime) -> bool:
    """Keep what we need of a webhook and tell whether it is new. One INSERT; nothing for one that is refused.

    Raises `SignatureRefused` (not ours, too old, too far ahead), `NotAnEvent` (too large, not UTF-8, not JSON, not an
    event), `OtherMode`.
    """
    if len(body) > LARGEST:
        raise NotAnEvent
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise NotAnEvent from error
    gateway.check_signature(text, signature, at=at)
    return take(text, at=at)


def take(text: str, *, at: datetime) -> bool:
    """Keep what `hints.kept` keeps of an event whose origin is certain, and tell whether it is new.

    Raises `NotAnEvent`, `OtherMode`.
    """
    event = hints.kept(_event(text))
    moment = connection.ops.adapt_datetimefield_value
    row = (
        event["id"],
        event["type"],
        event.get("api_version", ""),
        event["livemode"],
        event["data"]["object"].get("id", ""),
        json.dumps(event),
        moment(datetime.fromtimestamp(event["created"], tz=UTC)),
        moment(at),
        moment(at),
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
        is_new: bool = cursor.rowcount == 1
    crash.point("payments.after_webhook")
    return is_new


def work_through(*, at: datetime, most: int = 100) -> int:
    """Process the events that are due, oldest first; return how many were taken up. Safe in several workers at once.

    A provider that does not answer ends the round: it would not answer for the next event either.
    """
    due = WebhookEvent.objects.filter(state=EventState.RECEIVED, due_at__lte=at)
    taken = 0
    for event in due.order_by("created_at", "id")[:most]:
        taken += process(event, at=at)
        if event.reason == gateway.ProviderUnreachable.code and event.due_at > at:
            break
    return taken


def process(event: WebhookEvent, *, at: datetime) -> bool:
    """Follow the payment that `event` speaks of, and tell whether the event was ours to work on.

    Ends in `done`, `ignored` (a type we do not follow), `quarantined` (unknown object, or one that differs from our row)
    or, after eight failures, `dead`. A provider that does not answer or a stale rate leaves it waiting, with the reason.
    """
    if not _claim(event, at=at):
        return False
    try:
        verb, reason = recognition.work(event, at=at)
    except (gateway.ProviderUnreachable, StaleRate) as wait:
        _wait(event, reason=str(wait.code), at=at)
    except settlement.Mismatch as mismatch:
        _finish(event, "quarantine", reason=mismatch.code, at=at)
    except SoftTimeLimitExceeded:  # the worker's time is over, which says nothing of this one
        raise
    except Exception as fault:
        log.exception("Event %s failed at attempt %s.", event.event_id, event.attempts)
        _fail(event, reason=type(fault).__name__, at=at)
    else:
        _finish(event, verb, reason=reason, at=at)
    return True


def retry(event: WebhookEvent, *, by: User, at: datetime) -> None:
    """Put an event from quarantine, or one given up, back to be worked on. Raises `NotAllowed`, `UnlawfulMove`. Audited."""
    _decide(event, "retry", by=by, at=at)


def ignore(event: WebhookEvent, *, by: User, at: datetime) -> None:
    """Close an event that needs nothing from us. Raises `NotAllowed`, `UnlawfulMove`. Audited."""
    _decide(event, "ignore", by=by, at=at)


def _event(text: str) -> Mapping[str, Any]:
    try:
        event = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAnEvent from error
    if not _is_event(event):
        raise NotAnEvent
    if event["livemode"] != settings.STRIPE_LIVEMODE:
        raise OtherMode
    return event  # type: ignore[no-any-return]


def _is_event(event: object) -> bool:
    return (
        isinstance(event, dict)
        and event.get("object") == "event"
        and _matches(EVENT_ID, event.get("id"))
        and _matches(EVENT_TYPE, event.get("type"))
        and type(event.get("livemode")) is bool
        and type(event.get("created")) is int
        and 0 <= event["created"] < 2**32
        and isinstance(event.get("account"), str | None)
        and isinstance(event.get("data"), dict)
        and isinstance(event["data"].get("object"), dict)
    )


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _claim(event: WebhookEvent, *, at: datetime) -> bool:
    """Take the event for as long as the lease lasts. One that killed its worker eight times is given up."""
    due = WebhookEvent.objects.filter(pk=event.pk, state=EventState.RECEIVED, due_at__lte=at)
    if not due.update(due_at=at + LEASE, attempts=F("attempts") + 1):
        return False
    event.refresh_from_db()
    if event.attempts > MOST_ATTEMPTS:
        _finish(event, "give_up", reason=event.reason or "worker_lost", at=at)
        return False
    return True


def _wait(event: WebhookEvent, *, reason: str, at: datetime) -> None:
    _postpone(event, until=at + PATIENCE, reason=reason, attempts=event.attempts - 1)


def _fail(event: WebhookEvent, *, reason: str, at: datetime) -> None:
    if event.attempts >= MOST_ATTEMPTS:
        _finish(event, "give_up", reason=reason, at=at)
        return
    pause = timedelta(seconds=10 * 2**event.attempts)
    _postpone(event, until=at + pause, reason=reason, attempts=event.attempts)


def _postpone(event: WebhookEvent, *, until: datetime, reason: str, attempts: int) -> None:
    """Leave the event for later, unless a worker whose lease we outlived has brought it to its end."""
    event.due_at, event.reason, event.attempts = until, reason, attempts
    mine = WebhookEvent.objects.filter(pk=event.pk, state=EventState.RECEIVED)
    mine.update(due_at=until, reason=reason, attempts=attempts)


def _finish(event: WebhookEvent, verb: str, *, reason: str, at: datetime) -> None:
    """Move the event on, unless a worker whose lease we outlived has done so."""
    with transaction.atomic(durable=True):
        row = WebhookEvent.objects.select_for_update(no_key=True).get(pk=event.pk)
        if row.state == EventState.RECEIVED:
            moving.move(row, verb, table=EVENTS, by=None, at=at, note=reason)
            row.reason = reason[:200]
            row.save(update_fields=["reason"])
    event.refresh_from_db()


def _decide(event: WebhookEvent, verb: str, *, by: User, at: datetime) -> None:
    with transaction.atomic(durable=True):
        rules.require(rules.handles_money(by))
        row = WebhookEvent.objects.select_for_update(no_key=True).get(pk=event.pk)
        facts = {"event": row.event_id, "reason": row.reason}
        moving.move(row, verb, table=EVENTS, by=by, at=at)
        row.due_at, row.attempts = at, 0
        row.save(update_fields=["due_at", "attempts"])
        recording.record(f"webhook_event.{verb}", row, by=by, at=at, facts=facts)
    event.refresh_from_db()
