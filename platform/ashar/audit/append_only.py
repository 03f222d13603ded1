"""A migration operation that lets rows of a table be added and never be changed or removed."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

# Every table that a migration has made so. The check of the books (`ledger_check`) misses their triggers when they are gone.
TABLES = ("audit_entry", "workflow_transition")

SQLITE = """\
CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

POSTGRESQL = """\
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();"""


class AppendOnly(RunPython):
    """Forbid UPDATE, DELETE (and on PostgreSQL TRUNCATE) on `table` by triggers. An attempt is an `IntegrityError`.

    On SQLite `INSERT OR REPLACE` is stopped as well, as the connection sets `PRAGMA recursive_triggers=ON`.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._forbid, self._allow)

    def deconstruct(self) -> tuple[str, list[str], dict[str, object]]:
        """Return how a migration file writes this operation."""
        return (type(self).__name__, [self.table], {})

    def describe(self) -> str:
        """Return what `migrate` shows."""
        return f"Make {self.table} append-only"

    def _forbid(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG002 - RunPython's signature
        for statement in statements(self.table, editor.connection.vendor):
            editor.execute(statement)

    def _allow(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG002 - RunPython's signature
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP FUNCTION {self.table}_append_only() CASCADE")
            return
        for name in triggers(self.table, editor.connection.vendor):
            editor.execute(f"DROP TRIGGER {name}")


def expected(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that keep the append-only tables."""
    return [name for table in TABLES for name in triggers(table, connection.vendor)]


def install(connection: BaseDatabaseWrapper) -> None:
    """Put back the triggers that are missing. Idempotent."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in statements(table, connection.vendor):
                cursor.execute(statement)


def triggers(table: str, vendor: str) -> list[str]:
    """Return the names of the triggers that keep `table` on `vendor`."""
    events = ("change", "truncate") if vendor == "postgresql" else ("update", "delete")
    return [f"{table}_no_{event}" for event in events]


def statements(table: str, vendor: str) -> list[str]:
    """Return the SQL that makes `table` append-only on `vendor`."""
    if vendor == "postgresql":
        return [POSTGRESQL.format(table=table)]
    return [SQLITE.format(table=table, event=event) for event in ("update", "delete")]
