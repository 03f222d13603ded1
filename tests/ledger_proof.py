"""After every test that posted, the books are proved.

Loaded as a plugin by `tests/conftest.py`. A test that breaks the books on purpose asks for `unguarded_books`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture(autouse=True)
def proved_books(request: pytest.FixtureRequest) -> Iterator[None]:
    """Prove the books at the end of a test that used the database and left a journal in it."""
    if not _uses_database(request):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # before us, so that the rows are still there when we look
    yield
    if "unguarded_books" not in request.fixturenames and _is_readable(connection):
        _prove()


@pytest.fixture
def unguarded_books(db: None) -> Iterator[None]:
    """Switch the triggers off, for a test that does what nobody may do."""
    with unguarded(connection):
        yield


@contextmanager
def unguarded(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Take every trigger of the database away, and put each back as it was."""
    with _unguarded_postgresql(database) if database.vendor == "postgresql" else _unguarded_sqlite(database):
        yield


@contextmanager
def _unguarded_sqlite(database: BaseDatabaseWrapper) -> Iterator[None]:
    triggers = _rows(database, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    with database.cursor() as cursor:
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    with database.cursor() as cursor:
        for _, statement in triggers:
            cursor.execute(statement)


@contextmanager
def _unguarded_postgresql(database: BaseDatabaseWrapper) -> Iterator[None]:
    tables = [
        name
        for (name,) in _rows(database, "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    ]
    _alter(database, tables, "DISABLE TRIGGER USER")
    yield
    _alter(database, tables, "ENABLE TRIGGER USER")


def _alter(database: BaseDatabaseWrapper, tables: list[str], change: str) -> None:
    with database.cursor() as cursor:
        if database.in_atomic_block:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {change}")


def _rows(database: BaseDatabaseWrapper, query: str) -> list[tuple[str, ...]]:
    with database.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def _prove() -> None:
    from ashar.ledger import checking  # noqa: PLC0415 - a plugin is loaded before Django's apps are
    from ashar.ledger.models import Journal  # noqa: PLC0415 - likewise

    if Journal.objects.exists():
        assert [str(fault) for fault in checking.check()] == []


def _is_readable(database: BaseDatabaseWrapper) -> bool:
    """Tell whether the test left a transaction one can still read in, not one that an error has ended."""
    if database.vendor == "postgresql" and database.connection is not None:
        return not database.needs_rollback and database.connection.info.transaction_status.name in {"IDLE", "INTRANS"}
    return not database.needs_rollback


def _uses_database(request: pytest.FixtureRequest) -> bool:
    return "_django_db_helper" in request.fixturenames or request.node.get_closest_marker("django_db") is not None
