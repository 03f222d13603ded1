"""A limit to how long a talk over the network lasts.

The timeout of a socket ends silence alone, and a host that sends a letter every few seconds is never silent. So what is still
connected at the end is hung up, and who reads from it finds that nothing more comes.
"""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class Limit:
    """So many seconds for everything inside its `with`, from the first connection to the last."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _way: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        for line in self._lines:
            line.close()

    def left(self) -> float:
        """Return the seconds that are left. Raises `TimeoutError` where none is."""
        seconds = self._ends_at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def watch(self, line: socket.socket) -> socket.socket:
        """Return `line`, which is hung up at the end. A twin is kept of it: encryption takes the socket itself over."""
        self._lines.append(line.dup())
        if self._ends_at <= time.monotonic():
            line.close()
            raise TimeoutError
        return line

    def _hang_up(self) -> None:
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
