"""What every test stands on: compiled words, folders that vanish, books proved, and a closing word on what was not here."""

import gc
import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
import pytest_django
from django.conf import settings
from django.db import connection
from django.utils.translation import reloader
from hypothesis import HealthCheck
from hypothesis import settings as examples

from tests import catalogues, migrated, services_needed
from tests.town import Town

# How long an example takes tells what else the machine is doing, not whether the example holds.
examples.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("unhurried")

FOLDERS = ("cache", "media", "private", "static", "queue/messages", "queue/control")
PLUGINS = ("tests.ledger_proof", "tests.emptying", "tests.sharing_out", "tests.standing", "tests.dying")


def pytest_configure(config: pytest.Config) -> None:
    """Compile stale catalogues once (not in each parallel worker) and prove the books after every test that posted."""
    if not hasattr(config, "workerinput"):
        for source in catalogues.compile_stale():  # Django has read the old one already, in the language it starts with
            reloader.translation_file_changed(sender=None, file_path=source.with_suffix(".mo"))
    # A browser's driver leaves an event loop running in this thread; the tests after it use the database all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    for plugin in PLUGINS:
        if find_spec(plugin):
            config.pluginmanager.import_plugin(plugin)


def pytest_sessionstart() -> None:
    """Make the folders of this run; each parallel worker has its own."""
    for folder in FOLDERS:
        (settings.VAR / folder).mkdir(parents=True, exist_ok=True)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported by now, and let it come seldom: it took a fifteenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.VAR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin from a database that an earlier run migrated, where there is one."""
    return migrated.take()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_keepdb: bool,
    django_db_blocker: pytest_django.DjangoDbBlocker,
    pytestconfig: pytest.Config,
) -> None:
    """Keep the freshly migrated database for the next run; plant the page trees, and keep the rows for after each commit.

    The trees are what any installation has on its first day, and to plant them costs more than most tests.
    """
    from cms import trees  # noqa: PLC0415 - models may be imported only now

    with django_db_blocker.unblock():
        if not django_db_keepdb and connection.vendor == "sqlite":
            migrated.keep(connection.connection)
        trees.plant()
        pytestconfig.pluginmanager.get_plugin("tests.emptying").remember()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The whole site, built once for the session, with every process running."""
    town = Town(tmp_path_factory.mktemp("town"))
    try:
        town.build()
        town.start()
        yield town
    finally:
        town.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every service that was not here, with the number of tests it kept from running."""
    absent = [name for name in services_needed.NAMES if not services_needed.find(name)]
    if not absent:
        return
    terminalreporter.section("not here")
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    for name in absent:
        word = services_needed.NAMES[name]
        count = sum(f"{word} is not here" in reason for reason in skipped)
        terminalreporter.write_line(f"{word}: {count} tests skipped")
    if os.environ.get("REQUIRE_SERVICES") != "1":
        terminalreporter.write_line("`.ci/run` brings these services (all but Elasticsearch, which no part uses yet).")
