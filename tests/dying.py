"""Other processes on the database of the tests, which are killed at a marked point (`ashar.crash`). A plugin of pytest."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.seed import ROOT, Seed

FOLDERS = ("queue/messages", "queue/control", "cache", "run")


class Elsewhere:
    """The site's own settings and folders of its own, on our database."""

    def __init__(self, folder: Path) -> None:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True)
        self._out = folder / "printed"
        self._seed = Seed(environment(folder))

    def dies(self, code: str, *, at: str, told: str = "") -> None:
        """Run `code`, which hears `told`, until it is killed at the point `at`; fail with what it printed if it is not."""
        self._out.write_bytes(b"")
        ended = self._seed.start(["-c", code], out=self._out, told=told, ASHAR_CRASH_AT=at).wait()
        assert ended == -signal.SIGKILL, self._out.read_text()

    def end(self) -> None:
        """Let nothing grow there any more."""
        self._seed.end()


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process that works on the database of the tests, with `folder` for its files."""
    inherited = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "config.settings.site",
        "DATABASE_URL": _our_database(),
        "VAR_DIR": str(folder),
        "DEMO": "1",
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
    }


@pytest.fixture(scope="session")
def elsewhere(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A place to die at, made once: a death costs milliseconds there."""
    place = Elsewhere(tmp_path_factory.mktemp("elsewhere"))
    yield place
    place.end()


def _our_database() -> str:
    ours = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{ours['NAME']}"
    return f"postgresql://{ours['USER']}:{ours['PASSWORD']}@{ours['HOST']}:{ours['PORT']}/{ours['NAME']}"
