"""The two probes every installation needs: a database that takes writes, and a schema that fits this program."""

from datetime import datetime

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ashar.web import readiness

_migrated: set[str] = set()


def database(_at: datetime) -> readiness.Finding:
    """Fail unless the database would take a write now. Writes nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'")
        else:
            # The transaction above already holds SQLite's write lock, so a file we may not write has raised.
            cursor.execute("PRAGMA query_only")
        (read_only,) = cursor.fetchone()
    return readiness.failed(read_only=True) if read_only else readiness.ok()


def migrations(_at: datetime) -> readiness.Finding:
    """Fail while migrations are waiting. Once all are applied the answer is remembered for this process."""
    if connection.alias in _migrated:
        return readiness.ok(waiting=0)
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return readiness.failed(waiting=waiting)
    _migrated.add(connection.alias)
    return readiness.ok(waiting=0)
