"""The whole site as real processes on loopback ports: web, worker, beat and the card sandbox, with folders of their own.

For what one process cannot show: browser journeys, kills, outages. One town stands per test session; its database and
queue are of the profile the session runs in. Processes are started, killed and started again by name.
They run the site's own settings but for the length of waits (`tests/hurry`).
"""

import os
import socket
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import redis

from tests import migrated
from tests.seed import Grown, Seed

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds for a process to answer, or for news to arrive


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(truth: Callable[[], Any], *, what: str, seconds: float = PATIENCE) -> Any:
    """Return the first true value of `truth`, asked four times a second; fail naming `what` when none came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := truth():
            return found
        time.sleep(0.25)
    raise AssertionError(f"{what} did not happen within {seconds} seconds")


class Town:
    """The running site. `base` is its address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.sandbox_port = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.sandbox = f"http://127.0.0.1:{self.sandbox_port}"
        self.database = ""
        self.environment = self._environment()
        self.seeds: list[Seed] = []
        self.processes: dict[str, Grown] = {}

    def build(self, *, with_gifts: bool = False) -> None:
        """Make folders and database, and load the demo, if wanted with all that was given in it."""
        for name in ("media", "queue/messages", "queue/control", "run", "cache", "logs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._sow()
        self._create_database()
        self._empty_redis()
        self._migrate()
        self.manage("collectstatic", "--noinput", "-v0")
        self._sow()  # once more: where the static files are is read when a program is imported
        self.manage("demo", *([] if with_gifts else ["--without-gifts"]))

    def start(self, *names: str, **environment: str) -> None:
        """Start the named processes (default: all) with `environment` on top, and wait until those that answer do."""
        seed = self._seed_for(environment)
        for name in names or COMMANDS:
            words = [word.format(town=self) for word in COMMANDS[name]]
            self.processes[name] = seed.start(words, out=self.folder / "logs" / f"{name}.log", **environment)
            if name in DOORS:
                wait_until(lambda door=DOORS[name]: self.answers(door.format(town=self)), what=f"the {name} answers")

    def kill(self, *names: str) -> None:
        """Kill the named processes and all their children at once, as a power cut would."""
        for name in names:
            self.processes.pop(name).kill()

    def stop(self) -> None:
        """Kill everything and drop the database."""
        self.kill(*list(self.processes))
        for seed in self.seeds:
            seed.end()
        self._drop_database()

    def manage(self, *words: str) -> str:
        """Run a management command against the town and return what it printed; fail when it fails."""
        with tempfile.NamedTemporaryFile(dir=self.folder) as out:
            code = self.seeds[-1].start(["manage.py", *words], out=Path(out.name)).wait()
            said = Path(out.name).read_text(encoding="utf-8")
        assert code == 0, f"manage.py {' '.join(words)}:\n{said}"
        return said

    def ask(self, code: str) -> str:
        """Run `code` in the town's own Django (`manage.py shell`) and return what it printed."""
        return self.manage("shell", "-v0", "-c", code).strip()

    def answers(self, url: str) -> bool:
        """Say whether `url` answers 200."""
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - a loopback address of our own
                return bool(response.status == 200)
        except OSError:
            return False

    def log(self, name: str) -> str:
        """Return what the named process has printed."""
        return (self.folder / "logs" / f"{name}.log").read_text(errors="replace")

    def _sow(self) -> None:
        self.seeds.append(Seed(self.environment))

    def _seed_for(self, environment: Mapping[str, str]) -> Seed:
        """Return what processes grow from: a seed of its own where `environment` has what is read when it is imported."""
        if environment.keys() <= READ_LATE:
            return self.seeds[-1]
        self.seeds.insert(0, Seed(self.environment | environment))
        return self.seeds[0]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in SITE_VARIABLES}
        return kept | {
            "PYTHONPATH": "platform:.",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "DJANGO_SETTINGS_MODULE": "tests.hurry.settings",
            "DEMO": "1",
            "SITE_URL": self.base,
            "VAR_DIR": str(self.folder),
            "STRIPE_API_BASE": self.sandbox,
            **self._services(),
        }

    def _services(self) -> Mapping[str, str]:
        """Return the database and broker of this session's profile: an own database, an own Redis number."""
        url, broker = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
        named: dict[str, str] = {}
        if url.startswith("postgresql"):
            self.database = f"town_{os.getpid()}"
            named["DATABASE_URL"] = f"{url.rsplit('/', 1)[0]}/{self.database}"
        if broker:
            named["REDIS_URL"] = f"{broker.rsplit('/', 1)[0]}/{LAST_REDIS - _parallel_process()}"
        return named

    def _migrate(self) -> None:
        file = self.folder / "ashar.sqlite3"
        if self.database or not migrated.lay(file):
            self.manage("migrate", "-v0")
            if not self.database:
                with closing(sqlite3.connect(file)) as fresh:
                    migrated.keep(fresh)

    def _create_database(self) -> None:
        if self.database:
            self._drop_database()
            self._on_server(f'CREATE DATABASE "{self.database}"')

    def _drop_database(self) -> None:
        if self.database:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def _empty_redis(self) -> None:
        """Forget what an earlier town left in queue and cache."""
        if "REDIS_URL" in self.environment:
            with redis.Redis.from_url(self.environment["REDIS_URL"]) as connection:
                connection.flushdb()

    def _on_server(self, statement: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement)


def _parallel_process() -> int:
    """Return which of several parallel test processes this is, counted from 0."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


LAST_REDIS = 15
READ_LATE = {"ASHAR_CRASH_AT"}
SITE_VARIABLES = {"DATABASE_URL", "REDIS_URL", "VAR_DIR", "SITE_URL", "STRIPE_API_BASE", "ASHAR_CRASH_AT"}
DOORS = {"web": "{town.base}/healthz", "sandbox": "{town.sandbox}/_sandbox/"}
COMMANDS = {
    "sandbox": [
        "manage.py", "stripe_sandbox", "--port", "{town.sandbox_port}",
        "--webhook-url", "{town.base}/webhooks/stripe/",
    ],
    "web": [
        "gunicorn", "config.wsgi", "--bind", "127.0.0.1:{town.port}", "--worker-class", "gthread", "--workers", "1",
        "--threads", "8", "--log-level", "warning", "--no-control-socket",
    ],
    "worker": [
        "celery", "--app", "config", "--quiet", "worker", "--loglevel", "WARNING", "--concurrency", "2",
        "--without-gossip", "--without-mingle",
    ],
    "beat": [
        "celery", "--app", "config", "--quiet", "beat", "--loglevel", "WARNING", "--pidfile=",
        "--schedule", "{town.folder}/run/beat-schedule",
    ],
}  # fmt: skip
