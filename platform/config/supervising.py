"""Runs the site's processes side by side under one supervisor, and says when all of them answer.

The processes are those of the Procfile. They end together: with Ctrl-C, when one of them ends, when the supervisor is
killed, and when the `make` that started it is.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from honcho.compat import ProcessManager
from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.process import Popen, Process

from config.settings.environment import ROOT, Environment, for_children

PATIENCE_S = 120.0
PR_SET_PDEATHSIG = 1

Check = Callable[[], bool]


def commands(env: Environment) -> dict[str, str]:
    """Return the Procfile's processes for this installation; the sandbox only where cards go to it."""
    processes: dict[str, str] = dict(parse_procfile((ROOT / "Procfile").read_text()).processes)
    if not env.sandbox_port:
        processes.pop("sandbox")
    return processes


def run(env: Environment, *, then: Callable[[], None]) -> int:
    """Start everything, call `then` when all of it answers, and return the exit code when all has ended.

    Blocks until Ctrl-C (0), until one process ends by itself (1), or until one does not answer within two minutes (1).
    """
    manager = _Supervisor()
    for name, command in commands(env).items():
        manager.add_process(name, command, env=_variables(env), cwd=str(ROOT))
    if Path(f"/proc/{os.getppid()}/comm").read_text().strip() == "make":
        _die_with(os.getppid(), signal.SIGTERM)
    Thread(target=_announce, args=(manager, checks(env, since=time.time())), kwargs={"then": then}, daemon=True).start()
    manager.loop()
    return 0 if manager.returncode == _INTERRUPTED else 1


def checks(env: Environment, *, since: float) -> dict[str, Check]:
    """Return, for each process, the question whether it answers; the queue's leave a sign younger than `since`."""
    known: dict[str, Check] = {
        "web": partial(_answers, f"http://127.0.0.1:{env.port}/readyz"),
        "worker": partial(_has_left_a_sign, env.var_dir / "run" / "worker", since),
        "beat": partial(_has_left_a_sign, env.var_dir / "run" / "beat", since),
        "sandbox": partial(_answers, f"http://127.0.0.1:{env.sandbox_port}/", at_all=True),
    }
    return {name: known[name] for name in commands(env)}


def first_silent(questions: Mapping[str, Check], *, patience: float = PATIENCE_S) -> str:
    """Ask each until it answers; return the name of the first that did not within `patience` seconds, or nothing."""
    until = time.monotonic() + patience
    for name, answers in questions.items():
        while not answers():
            if time.monotonic() > until:
                return name
            time.sleep(0.1)
    return ""


_INTERRUPTED = 128 + signal.SIGINT


class _Supervisor(Manager):
    """honcho's manager, which may also be stopped while it starts."""

    def __init__(self) -> None:
        super().__init__()
        self._process_ctor = _DyingWithItsParent
        self._procmgr = _AskingOnlyTheFirst()

    def _start(self) -> None:
        super()._start()
        if self._terminating:  # Ctrl-C came in the middle
            self._killall()

    def _killall(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - honcho's own
        for process in self._processes.values():
            if "pid" not in process and "process" in process:  # its go-between has not told us its number yet
                process["process"].kill()
                process.update(pid=0, returncode=-signal.SIGKILL)
        super()._killall(force=force)


class _DyingWithItsParent(Process):
    """A process that ends when the supervisor does, even when that one is killed without a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._supervisor = os.getpid()

    def run(self, *args: Any, **kwargs: Any) -> None:
        _die_with(self._supervisor, signal.SIGKILL)  # honcho's go-between ignores SIGTERM
        self._child_ctor = partial(Popen, preexec_fn=partial(_die_with, os.getpid(), signal.SIGTERM))
        super().run(*args, **kwargs)


class _AskingOnlyTheFirst(ProcessManager):
    """Asks each process itself to end, not its group: a worker must be able to finish with the helpers it forked."""

    def terminate(self, pid: int) -> None:
        """Send SIGTERM to the process; `kill`, five seconds later, is for the whole group."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def _announce(manager: _Supervisor, questions: Mapping[str, Check], *, then: Callable[[], None]) -> None:
    silent = first_silent(questions)
    if silent:
        sys.stderr.write(f"\n{silent} did not answer within {PATIENCE_S:.0f} seconds; stopping. Its words are above.\n")
        manager.returncode = 1
        manager.terminate()
    else:
        then()


def _answers(url: str, *, at_all: bool = False) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback address
            return bool(answer.status)
    except HTTPError:
        return at_all
    except (URLError, OSError):
        return False


def _has_left_a_sign(path: Path, since: float) -> bool:
    return path.exists() and path.stat().st_mtime >= since


def _die_with(parent: int, sign: int) -> None:
    """Ask Linux to send us `sign` when our `parent` ends, and die at once if it already has; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:  # it ended before Linux was asked
            os.kill(os.getpid(), signal.SIGKILL)


def _variables(env: Environment) -> dict[str, str]:
    """Return what a child is told: one PORT, one folder, one address, and this very Python's programs."""
    programs = Path(sys.executable).parent
    return for_children(
        PORT=str(env.port),
        SANDBOX_PORT=str(env.sandbox_port),
        VAR_DIR=str(env.var_dir),
        SITE_URL=env.site_url,
        STRIPE_API_BASE=env.stripe_api_base,
        PYTHONPATH=f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
        PYTHONUNBUFFERED="1",
        PATH=f"{programs}{os.pathsep}{os.defpath}{os.pathsep}{for_children().get('PATH', '')}",
    )
