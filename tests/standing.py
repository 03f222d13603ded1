"""Rows that stand through a whole file of tests: built once, in a transaction that is taken back after the file's last test.

A plugin of pytest. Each test changes what it likes in a transaction of its own, inside that one. A test that commits cannot,
so it makes its own rows: such tests come last in their file, and the ground is cleared before the first of them.

    @pytest.fixture(scope="module")
    def standing_school(ground):
        return ground.build(build_school)

    @pytest.fixture
    def school(db, standing_school):
        return standing_school()
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

import pytest
import pytest_django
from django.db import connection, transaction

COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}
Rows = TypeVar("Rows")


class Ground:
    """What the rows of one file stand on."""

    def __init__(self, blocker: pytest_django.DjangoDbBlocker, *, refused: bool) -> None:
        self._blocker, self._refused = blocker, refused
        self._held = ExitStack()
        self._is_open = False

    def build(self, make: Callable[[], Rows]) -> Callable[[], Rows]:
        """Make rows once; return what hands each test a copy of them, or makes them anew where they cannot stand."""
        if self._refused:
            return make
        with self._blocker.unblock():
            if not self._is_open:
                self._held.enter_context(_taken_back())
                self._is_open = True
            rows = make()
        return lambda: copy.deepcopy(rows) if self._is_open else make()

    def clear(self) -> None:
        """Take the rows back; who asks for them from now on makes them anew."""
        with self._blocker.unblock():
            self._held.close()
        self._is_open, self._refused = False, True


GROUND = pytest.StashKey[Ground]()
COMMITS = pytest.StashKey[bool]()


@pytest.fixture(scope="module")
def ground(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Ground]:
    """Give the file a ground for its rows."""
    stash = request.session.stash
    stash[GROUND] = ground = Ground(django_db_blocker, refused=stash[COMMITS])
    yield ground
    ground.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Clear the ground before a test that commits."""
    stash = item.session.stash
    stash[COMMITS] = _commits(item)
    if stash[COMMITS] and GROUND in stash:
        stash[GROUND].clear()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & COMMITTING or (marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))))


@contextmanager
def _taken_back() -> Iterator[None]:
    """Hold a transaction open that outlives tests, whose own open inside it, and take it back in the end.

    Django's tests mark their transactions in this way, so that `durable` looks past them, and close the connection when
    they are over; this one has to stay.
    """
    held = transaction.atomic()
    held._from_testcase = True
    with held:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(connection._connections[connection._alias], "close", lambda: None)
            yield
        transaction.set_rollback(True)
