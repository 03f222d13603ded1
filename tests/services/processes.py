"""Daemons without a service manager: start them, know whether they live, stop them.

A killed daemon may stay a zombie for long where pid 1 reaps late, and `kill -0` still greets it: only /proc/PID/stat tells.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.services import addresses

PATIENCE_S = 30.0


def lives(pid: int, command: str) -> bool:
    """Say whether `pid` runs the program called `command`; a zombie or a reused number does not."""
    try:
        name, state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)
    except (FileNotFoundError, ProcessLookupError):
        return False
    return name.split("(", 1)[1] == command[:15] and state.split()[0] != "Z"


def launch(command: Sequence[str], *, folder: Path, environment: dict[str, str] | None = None) -> int:
    """Start `command` in a session of its own, its output in `folder`/log; return its pid, kept in `folder`/pid."""
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, env=environment
        )
    (folder / "pid").write_text(str(process.pid))
    process.returncode = 0  # it outlives us by design: no warning when this object goes
    return process.pid


def kept_pid(path: Path) -> int:
    """Return the number on the first line of `path`, 0 when there is none."""
    try:
        return int(path.read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return 0


def end(pid: int, command: str, *, sign: int = signal.SIGTERM) -> None:
    """Ask the process to end and wait for it; after ten seconds, make it."""
    if not lives(pid, command):
        return
    os.kill(pid, sign)
    if not waited(lambda: not lives(pid, command), seconds=10):
        os.kill(pid, signal.SIGKILL)
        waited(lambda: not lives(pid, command), seconds=5)


def waited(condition: Callable[[], bool], *, seconds: float = PATIENCE_S) -> bool:
    """Return True as soon as `condition` holds, False when it did not within `seconds`."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def port_for(name: str, folder: Path) -> int:
    """Return the port that `name` had last time when it is free, or soon is, else a new free one."""
    known = addresses.remembered(folder).get(name, "")
    port = addresses.port_of(known) if known else 0
    return port if port and waited(lambda: not addresses.is_open(port), seconds=2) else _free_port()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
