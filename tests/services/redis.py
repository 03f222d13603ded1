"""Redis for tests: in memory only, loopback only."""

from pathlib import Path

from tests.services import addresses, packages, processes

PROGRAM = "redis-server"


def is_installed(_folder: Path) -> bool:
    """Say whether Debian's package is here."""
    return bool(packages.found(PROGRAM))


def start(folder: Path) -> None:
    """Start Redis unless it already answers; raises `RuntimeError` with its log when it does not come up."""
    home = folder / "redis"
    home.mkdir(exist_ok=True)
    if _lives(home) and addresses.answering("redis", folder):
        return
    stop(folder)
    port = processes.port_for("redis", folder)
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", "", "--appendonly", "no"]
    processes.launch([packages.found(PROGRAM), *options], folder=home)
    if not processes.waited(lambda: addresses.is_open(port)):
        raise RuntimeError((home / "log").read_text())
    addresses.remember("redis", f"redis://127.0.0.1:{port}/0", folder)


def stop(folder: Path) -> None:
    """Stop the Redis that this folder started."""
    processes.end(processes.kept_pid(folder / "redis" / "pid"), PROGRAM)


def _lives(home: Path) -> bool:
    return processes.lives(processes.kept_pid(home / "pid"), PROGRAM)
