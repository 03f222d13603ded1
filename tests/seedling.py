"""The process that `tests.seed` starts: it imports the program once and forks it, as often as it is asked to.

A line of JSON in, a line of JSON out: `{"start": words, "environment": {…}, "out": path, "told": text}` is answered by the
number of a new process, `{"wait": number, "patient": bool}` by its exit code, as `subprocess` would tell it, or by nothing
while it lives. When nobody is left to ask, it ends; what it started does not.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NoReturn

import django


def main() -> None:
    """Import, then serve until the other end hangs up."""
    django.setup()
    import config.celery  # noqa: PLC0415 - Django is set up only now
    import config.urls  # noqa: F401, PLC0415 - likewise

    for line in sys.stdin:
        asked = json.loads(line)
        answer = _wait(asked["wait"], patient=asked["patient"]) if "wait" in asked else _fork(asked)
        print(json.dumps(answer), flush=True)  # noqa: T201 - this is how it answers


def _wait(number: int, *, patient: bool) -> int | None:
    found, status = os.waitpid(number, 0 if patient else os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _fork(asked: Mapping[str, Any]) -> int:
    number = os.fork()
    if not number:
        _be(asked)
    with suppress(OSError):  # it has done so itself, or is gone
        os.setpgid(number, number)
    return number


def _be(asked: Mapping[str, Any]) -> NoReturn:
    """Become the process that was asked for: a group, an environment and an output of its own."""
    code = 1
    try:
        os.setpgid(0, 0)
        os.environ.update(asked["environment"])
        _redirect(asked["out"], asked["told"])
        _run(asked["start"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - as an interpreter that ends would
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _redirect(out: str, told: str) -> None:
    """Let the output go to the end of the file `out`, and let standard input be `told`."""
    reading, writing = os.pipe()
    os.write(writing, told.encode())
    os.close(writing)
    printed = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for ours, standard in ((reading, 0), (printed, 1), (printed, 2)):
        os.dup2(ours, standard)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode) for number, mode in enumerate("rww"))


def _run(words: Sequence[str]) -> None:
    sys.argv = list(words)
    PROGRAMS[words[0]](words)


def _celery(_words: Sequence[str]) -> None:
    from celery.__main__ import main as celery  # noqa: PLC0415 - only one of the programs is run

    celery()


def _gunicorn(_words: Sequence[str]) -> None:
    from gunicorn.app.wsgiapp import run  # noqa: PLC0415 - likewise

    run()


def _manage(words: Sequence[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - likewise

    execute_from_command_line(list(words))


def _code(words: Sequence[str]) -> None:
    exec(words[1], {"__name__": "__main__"})  # noqa: S102 - code of our tests


PROGRAMS: dict[str, Callable[[Sequence[str]], None]] = {
    "celery": _celery, "gunicorn": _gunicorn, "manage.py": _manage, "-c": _code,
}  # fmt: skip

if __name__ == "__main__":
    main()
