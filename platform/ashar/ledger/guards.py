"""Which triggers must stand in the database for the books to be safe: the ledger's own, and those of every part above it.

A part says at start what it expects; `checking` then misses whatever a migration or a restore has left out.
"""

from collections.abc import Callable, Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    " AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)",
}

Expected = Callable[[BaseDatabaseWrapper], Iterable[str]]
_expected: dict[str, Expected] = {}


def register(part: str, expected: Expected) -> None:
    """Have the triggers whose names `expected(connection)` returns missed when they are gone. Once per part; idempotent."""
    _expected[part] = expected


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that a part expects and that are gone, or are switched off. One query."""
    names = {name for expected in _expected.values() for name in expected(connection)}
    return sorted(names - present(connection))


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of all triggers that stand in the database and are switched on."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
