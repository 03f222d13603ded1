"""A process with the whole program imported, from which others are forked: a start costs milliseconds and not seconds.

What grows from it is a process like any other: it can be killed, alone or with its children, and asked how it ended.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


class Seed:
    """A program that stands ready, with settings of its own in its `environment`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.seedling"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, words: Sequence[str], *, out: Path, told: str = "", **environment: str) -> "Grown":
        """Start `celery …`, `gunicorn …`, `manage.py …` or `-c code` in a group of its own, with its output added to `out`."""
        return Grown(self, self._ask(start=words, out=str(out), told=told, environment=environment))

    def code_of(self, number: int, *, patient: bool) -> int | None:
        """Return how the process `number` ended, negative for a signal, or nothing while it lives, which `patient` waits out."""
        code: int | None = self._ask(wait=number, patient=patient)
        return code

    def end(self) -> None:
        """End it; what has grown from it goes on."""
        self._process.communicate()

    def _ask(self, **asked: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the seed is gone"
        return json.loads(answer)


@dataclass
class Grown:
    """A process that was started from a seed."""

    seed: Seed
    pid: int
    code: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, or nothing while it lives."""
        if self.code is None:
            self.code = self.seed.code_of(self.pid, patient=False)
        return self.code

    def wait(self) -> int:
        """Return how it ended, once it has."""
        if self.code is None:
            self.code = self.seed.code_of(self.pid, patient=True)
        assert self.code is not None
        return self.code

    def kill(self) -> None:
        """Kill it and all its children at once, as a power cut would."""
        with suppress(ProcessLookupError):  # dead already, perhaps by its own hand at a marked point
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()
