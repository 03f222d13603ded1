"""Tests that commit leave rows behind, and append-only tables refuse to give them up: their triggers step aside for that.

A plugin of pytest: it changes only how Django empties the test database after a test that committed.
"""

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.utils import CursorWrapper

REFUSING_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
REFUSING_ON_POSTGRESQL = """\
SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND prosrc ILIKE '%raise exception%'"""


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", _flush_past_triggers)
        yield


_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_past_triggers(self, sql_list):
    with self.connection.cursor() as cursor:
        lift, restore = _on_postgresql(cursor) if self.connection.vendor == "postgresql" else _on_sqlite(cursor)
    _flush(self, [*lift, *sql_list, *restore])


def _on_sqlite(cursor: CursorWrapper) -> tuple[list[str], list[str]]:
    cursor.execute(REFUSING_ON_SQLITE)
    triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


def _on_postgresql(cursor: CursorWrapper) -> tuple[list[str], list[str]]:
    cursor.execute(REFUSING_ON_POSTGRESQL)
    triggers = cursor.fetchall()
    return tuple(
        [f'ALTER TABLE {table} {switch} TRIGGER "{name}"' for table, name in triggers]
        for switch in ("DISABLE", "ENABLE")
    )
