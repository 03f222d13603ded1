"""Telling the workers that something waits. A hint: the relay repeats whatever gets lost here."""

import logging
import os
import threading
import time
from uuid import UUID

from celery import current_app
from kombu import Connection

from ashar import crash

log = logging.getLogger(__name__)

# Nobody who gives money waits for a broker: each step to it has this long, in seconds, and there is no second try.
BROKER_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1.0,
    "max_retries": 1,
    "interval_start": 0,
    "connect_retries_timeout": 0.5,
}
# After a failure this process leaves the broker alone for so long, in seconds.
QUIET_TIME = 15.0

_quiet_until = 0.0
_kept = threading.local()


def nudge(message_id: UUID) -> bool:
    """Publish `message_id` to the workers and tell whether that worked. Never raises and never waits long."""
    global _quiet_until  # noqa: PLW0603 - one memory per process of when the broker last failed
    if time.monotonic() < _quiet_until:
        return False
    crash.point("outbox.before_publish")
    try:
        publish(message_id)
    except Exception as fault:  # noqa: BLE001 - whatever the broker does, the request goes on
        _quiet_until = time.monotonic() + QUIET_TIME
        log.warning("The broker did not take message %s (%s); the relay repeats it.", message_id, type(fault).__name__)
        return False
    crash.point("outbox.after_publish")
    return True


def publish(*message_ids: UUID) -> None:
    """Queue one `outbox.deliver` task per message over a connection with short timeouts, or raise."""
    try:
        for message_id in message_ids:
            _publish(message_id, over=_connection())
    except Exception:
        _kept.connection = None
        raise


def _publish(message_id: UUID, *, over: Connection) -> None:
    arguments = {"message_id": str(message_id)}
    current_app.send_task("outbox.deliver", kwargs=arguments, connection=over, retry=False, ignore_result=True)


def _connection() -> Connection:
    """Return the connection of this thread, a new one after a failure, after a fork or when the broker moved."""
    belongs_to = (os.getpid(), current_app.conf.broker_write_url, repr(BROKER_OPTIONS))
    if getattr(_kept, "connection", None) is None or _kept.belongs_to != belongs_to:
        _kept.connection = current_app.connection_for_write(transport_options=BROKER_OPTIONS)
        _kept.belongs_to = belongs_to
    connection: Connection = _kept.connection
    return connection
