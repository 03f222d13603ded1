"""Sending notices on their way."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded

from ashar import crash
from ashar.notices import channels
from ashar.notices.models import Dispatch

log = logging.getLogger(__name__)

GIVE_UP_AFTER = timedelta(hours=24)
# The pauses between attempts: quick at first, and the last attempt falls behind `GIVE_UP_AFTER`.
PATIENCE = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=9),
)
State = Dispatch.State


class NotYetSent(Exception):  # noqa: N818 - it names what happened
    """Some channel did not take the notice; the outbox asks again later. Carries no address and no name."""


def dispatch(notice_id: UUID, *, at: datetime) -> None:
    """Send a notice through every channel that has not taken it yet.

    Called again after a failure or a crash, it leaves alone what was sent. A mail that was handed over a moment before
    a crash goes out again under the same Message-ID: SMTP cannot tell better. After 24 hours, or at once when the
    address is no good, the dispatch is dead. Raises `NotYetSent` while there is hope.
    """
    waiting = Dispatch.objects.filter(notice_id=notice_id, state=State.WAITING).select_related("notice").order_by("pk")
    left = [row.channel for row in waiting if not _is_finished(row, at=at)]
    if left:
        raise NotYetSent(", ".join(left))


def _is_finished(row: Dispatch, *, at: datetime) -> bool:
    """Try to send; tell whether there is nothing more to do."""
    row.attempts += 1
    try:
        channels.named(row.channel).send(row.notice, to=row.address, at=at)
    except channels.Unreachable as fault:
        return _note(row, State.DEAD, error=str(fault))
    except SoftTimeLimitExceeded:  # the worker's time is over, which says nothing of this one
        raise
    except Exception as fault:  # noqa: BLE001 - a mail server fails in a hundred ways, all of them may pass
        log.warning("Notice %s was not sent by %s (%s).", row.notice_id, row.channel, type(fault).__name__)
        is_too_late = at - row.notice.told_at >= GIVE_UP_AFTER
        return _note(row, State.DEAD if is_too_late else State.WAITING, error=type(fault).__name__)
    crash.point("notices.before_sent")
    return _note(row, State.SENT, sent_at=at)


def _note(row: Dispatch, state: Dispatch.State, *, error: str = "", sent_at: datetime | None = None) -> bool:
    changes = {"state": state, "attempts": row.attempts, "last_error": error[:60], "sent_at": sent_at}
    Dispatch.objects.filter(pk=row.pk, state=State.WAITING).update(**changes)
    return state != State.WAITING
