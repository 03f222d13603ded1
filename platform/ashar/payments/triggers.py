"""What the database itself refuses in payments: changing what was agreed on or received, and losing a movement.

A refusal arrives as `django.db.IntegrityError`, on SQLite and PostgreSQL alike. A later migration that alters one of these
tables on SQLite rebuilds it without its triggers: end it with `install` (`ledger_check` names any that is missing).
"""

from collections.abc import Iterable, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.ledger import guards

# The columns that stay as they were written, by table.
KEPT: dict[str, tuple[str, ...]] = {
    "payments_payment": ("id", "amount_minor", "currency", "fund_id", "livemode", "created_at"),
    "payments_refund": ("id", "payment_id", "amount_minor", "currency", "requested_by_id", "requested_at"),
    "payments_webhookevent": ("event_id", "type", "livemode", "payload", "created_at", "received_at"),
    "payments_movement": (),  # all of them
}
# The tables whose rows stay at all.
LASTING = ("payments_movement",)

_FUNCTION = """
CREATE OR REPLACE FUNCTION payments_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'payments: what is written in % stays', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""


def unchanging(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the statements of the triggers that keep columns, by the triggers' names."""
    return {
        f"{table}_stays": _trigger(connection, f"{table}_stays", "UPDATE", table, columns)
        for table, columns in KEPT.items()
    }


def lasting(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the statements of the triggers that keep rows, by the triggers' names; TRUNCATE is PostgreSQL's alone."""
    acts = ("DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("DELETE",)
    return {
        f"{table}_no_{act.lower()}": _trigger(connection, f"{table}_no_{act.lower()}", act, table)
        for table in LASTING
        for act in acts
    }


def expected(connection: BaseDatabaseWrapper) -> Mapping[str, str]:
    """Return the statement that makes each trigger, by its name."""
    return unchanging(connection) | lasting(connection)


def install(connection: BaseDatabaseWrapper, wanted: Mapping[str, str] | None = None) -> None:
    """Create those of the `wanted` triggers (default: all) that are missing. Idempotent."""
    wanted = expected(connection) if wanted is None else wanted
    there = guards.present(connection)
    function = [_FUNCTION] if connection.vendor == "postgresql" else []
    _run(connection, function + [statement for name, statement in wanted.items() if name not in there])


def remove(connection: BaseDatabaseWrapper, unwanted: Mapping[str, str]) -> None:
    """Drop triggers; for taking a migration back only."""
    if connection.vendor == "postgresql":
        tables = {name: statement.split(" ON ", 1)[1].split()[0] for name, statement in unwanted.items()}
        _run(connection, (f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in tables.items()))
    else:
        _run(connection, (f"DROP TRIGGER IF EXISTS {name}" for name in unwanted))


def remove_function(connection: BaseDatabaseWrapper) -> None:
    """Drop what the triggers call, once they are gone."""
    if connection.vendor == "postgresql":
        _run(connection, ["DROP FUNCTION IF EXISTS payments_stays()"])


def _trigger(connection: BaseDatabaseWrapper, name: str, act: str, table: str, columns: tuple[str, ...] = ()) -> str:
    """Return the statement of a trigger that refuses `act`, or, with `columns`, a change of one of them."""
    on_postgresql = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
    condition = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    head = f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
    when = f" WHEN ({condition})" if columns else ""
    if on_postgresql:
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        return f"{head} FOR EACH {each}{when} EXECUTE FUNCTION payments_stays()"
    return f"{head}{when} BEGIN SELECT RAISE(ABORT, 'payments: what is written in {table} stays'); END"


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
