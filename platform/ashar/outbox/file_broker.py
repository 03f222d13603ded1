"""Celery's queue in a folder, for an installation without Redis: kombu's transport without its half-written files.

kombu opens a message under its final name before it writes it, so a worker that looks in between reads nothing, calls it
bad JSON and dies. Here a message appears whole or not at all, and a file that is not a message is thrown away. A worker
whose folder is away (a disk that is not mounted, a full table of files) waits for it, where kombu's would end.
"""

import logging
import time
from collections.abc import Callable
from json import dumps
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem

log = logging.getLogger(__name__)

PAUSE_WITHOUT_FOLDER = 1.0  # seconds


class Channel(filesystem.Channel):
    """A channel whose messages and exchanges are never read half."""

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns()}_{uuid4()}.{queue}.msg"
        unfinished = folder / f".{name}"
        unfinished.write_text(dumps(payload), encoding="utf-8")
        unfinished.replace(folder / name)

    def _get(self, queue: str, timeout: object = None) -> Any:  # noqa: ANN401, ARG002 - kombu's signature
        try:
            return super()._get(queue)
        except ValueError as fault:
            log.warning("A file in the queue %s was no message.", queue)
            raise Empty from fault
        except OSError as fault:
            log.warning("The folder of the queue %s cannot be read (%s).", queue, type(fault).__name__)
            time.sleep(PAUSE_WITHOUT_FOLDER)
            raise Empty from fault

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str | None, queue: str) -> None:
        bind = super()._queue_bind
        _again_if_half_written(lambda: bind(exchange, routing_key, pattern, queue))

    def get_table(self, exchange: str) -> Any:  # noqa: ANN401 - kombu's list of bindings
        """Return the bindings of `exchange`."""
        get = super().get_table
        return _again_if_half_written(lambda: get(exchange))


class Transport(filesystem.Transport):
    """What `config.celery` lets `filesystem://` stand for."""

    Channel = Channel
    # Seconds until a worker whose hands were full, or who found nothing, looks again. kombu waits a whole one, which held
    # a site with two worker processes to two messages a second.
    polling_interval = 0.1


def _again_if_half_written(read: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever `read` returns
    """Call `read` again a moment later while it finds a file that another process has opened but not yet written."""
    for _ in range(20):
        try:
            return read()
        except ValueError:
            time.sleep(0.05)
    return read()
