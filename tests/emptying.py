"""Tests that commit leave rows behind: afterwards the database stands again as the first test of the process found it.

A plugin of pytest: it changes only how Django tidies up after a test that committed. Append-only tables refuse to give
their rows up, so their triggers step aside for that; and the rows that were there before come back at once, not when the
next such test begins, since any test may follow in this process.
"""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

REFUSING_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'"
REFUSING_ON_POSTGRESQL = """\
SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE NOT tgisinternal AND prosrc ILIKE '%raise exception%'"""


@pytest.fixture(scope="session", autouse=True)
def _tests_that_commit_leave_what_migrations_made():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", _flush_past_triggers)
        patch.setattr(TransactionTestCase, "_fixture_teardown", _restore)
        yield


def remember() -> None:
    """Keep what stands in each database now. Connections come and go with threads; this stays."""
    _know_content_types()
    _made.update({name: connections[name].creation.serialize_db_to_string() for name in connections})


def _know_content_types() -> None:
    """A page or a task asks for its content type the moment it is built; known, it is not made anew on the way back."""
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 - models may be imported only now

    ContentType.objects.get_for_models(*apps.get_models())


_made: dict[str, str] = {}
# Numbers go on counting, so that no new row takes the number of one that comes back.
KEEPING = {"inhibit_post_migrate": True, "reset_sequences": False}


def _restore(self):
    """In one transaction: what a process that was killed a moment ago had still asked for waits until all is there again."""
    _know_content_types()  # a test may have let Django forget them
    for name in self._databases_names(include_mirrors=False):
        with transaction.atomic(using=name):
            call_command("flush", verbosity=0, interactive=False, database=name, **KEEPING)
            connections[name].creation.deserialize_db_from_string(_made[name])


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
