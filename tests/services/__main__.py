"""`python3 -m tests.services install | start | status | stop | env`."""

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import addresses, packages, postgresql, redis, stripe_mock

DAEMONS = {"postgresql": postgresql, "redis": redis, "stripe-mock": stripe_mock}


def main(arguments: list[str]) -> int:
    """Do one verb; every verb may be repeated, and two at once wait for each other."""
    parser = argparse.ArgumentParser(prog="tests.services", description=__doc__)
    parser.add_argument("verb", choices=["install", "start", "status", "stop", "env"])
    parser.add_argument("--folder", type=Path, default=addresses.FOLDER, help="where the services live")
    chosen = parser.parse_args(arguments)
    with _one_at_a_time(chosen.folder):
        return {"install": install, "start": start, "status": status, "stop": stop, "env": env}[chosen.verb](
            chosen.folder
        )


def install(folder: Path) -> int:
    """Install what is missing: Debian's packages as root, stripe-mock through Go's module proxy."""
    return max(packages.install(), stripe_mock.install(folder))


def start(folder: Path) -> int:
    """Start what is installed and not yet running; say where each answers."""
    for name, daemon in DAEMONS.items():
        if daemon.is_installed(folder):
            daemon.start(folder)
        _say(name, folder)
    return 0


def status(folder: Path) -> int:
    """Say where each service answers; 1 when an installed one does not."""
    for name in DAEMONS:
        _say(name, folder)
    _line("chromium", packages.found("chromium") or "not here")
    silent = [name for name, daemon in DAEMONS.items() if daemon.is_installed(folder) and not _answers(name, folder)]
    return 1 if silent else 0


def stop(folder: Path) -> int:
    """Stop what this folder started, nothing else."""
    for name, daemon in DAEMONS.items():
        daemon.stop(folder)
        _say(name, folder)
    return 0


def env(folder: Path) -> int:
    """Print the lines that point the site at these services: `eval "$(python3 -m tests.services env)"`."""
    for variable, name in (("DATABASE_URL", "postgresql"), ("REDIS_URL", "redis")):
        if address := _answers(name, folder):
            sys.stdout.write(f"export {variable}={address}\n")
    return 0


def _answers(name: str, folder: Path) -> str:
    return addresses.answering(name, folder)


def _say(name: str, folder: Path) -> None:
    _line(name, _answers(name, folder) or "not here")


def _line(name: str, state: str) -> None:
    sys.stdout.write(f"{name:<12} {state}\n")


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
