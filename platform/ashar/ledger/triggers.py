"""What the database itself refuses, whoever asks: changing or removing what is written, and breaking the chain.

The same promises on both databases; PostgreSQL also checks at commit that every journal balances. A refusal arrives as
`django.db.IntegrityError`. A migration that alters one of these tables on SQLite rebuilds the table without its triggers:
end it with `install` (`ledger_check` names any that is missing).
"""

from collections.abc import Iterable, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.ledger import guards

KEPT = ("ledger_journal", "ledger_leg", "ledger_account")
CLOSED = ("ledger_closing",)


def _kept_sqlite(tables: Iterable[str]) -> dict[str, str]:
    return {
        f"{table}_no_{act}": f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'ledger: what is written in {table} stays'); END"
        for table in tables
        for act in ("update", "delete")
    }


def _kept_postgresql(tables: Iterable[str]) -> dict[str, str]:
    return {
        f"{table}_{name}": f"CREATE TRIGGER {table}_{name} BEFORE {acts} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION ledger_stays()"
        for table in tables
        for name, acts, each in (("no_change", "UPDATE OR DELETE", "ROW"), ("no_truncate", "TRUNCATE", "STATEMENT"))
    }


_WRITING_SQLITE = {
    **_kept_sqlite(KEPT),
    "ledger_fund_keeps_its_key": """
        CREATE TRIGGER ledger_fund_keeps_its_key BEFORE UPDATE ON ledger_fund
        WHEN OLD.id <> NEW.id OR OLD.key <> NEW.key OR OLD.kind <> NEW.kind
        BEGIN SELECT RAISE(ABORT, 'ledger: a fund keeps its key and kind'); END""",
    "ledger_journal_chain": """
        CREATE TRIGGER ledger_journal_chain AFTER INSERT ON ledger_journal
        BEGIN
            UPDATE ledger_head SET sequence = NEW.id, hash = NEW.hash
                WHERE sequence = NEW.id - 1 AND hash = NEW.previous_hash;
            SELECT RAISE(ABORT, 'ledger: a journal follows the last one')
                WHERE NOT EXISTS (SELECT 1 FROM ledger_head WHERE sequence = NEW.id AND hash = NEW.hash);
        END""",
    "ledger_leg_of_last_journal": """
        CREATE TRIGGER ledger_leg_of_last_journal BEFORE INSERT ON ledger_leg
        WHEN NOT EXISTS (SELECT 1 FROM ledger_head WHERE sequence = NEW.journal_id)
        BEGIN SELECT RAISE(ABORT, 'ledger: legs are written with their journal'); END""",
}

_CLOSING_SQLITE = {
    **_kept_sqlite(CLOSED),
    "ledger_journal_open_period": """
        CREATE TRIGGER ledger_journal_open_period AFTER INSERT ON ledger_journal
        WHEN EXISTS (SELECT 1 FROM ledger_closing WHERE through >= NEW.effective_on)
        BEGIN SELECT RAISE(ABORT, 'ledger: the books are closed over this day'); END""",
    "ledger_closing_goes_forward": """
        CREATE TRIGGER ledger_closing_goes_forward BEFORE INSERT ON ledger_closing
        WHEN EXISTS (SELECT 1 FROM ledger_closing WHERE through >= NEW.through)
            OR NOT EXISTS (SELECT 1 FROM ledger_head WHERE sequence = NEW.sequence AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'ledger: a closing goes forward from the end of the chain'); END""",
}

_FUNCTIONS_POSTGRESQL = {
    "ledger_stays": """
        CREATE OR REPLACE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'ledger: what is written in % stays', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    "ledger_chain": """
        CREATE OR REPLACE FUNCTION ledger_chain() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE ledger_head SET sequence = NEW.id, hash = NEW.hash
                WHERE sequence = NEW.id - 1 AND hash = NEW.previous_hash;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'ledger: a journal follows the last one'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$""",
    "ledger_last_journal": """
        CREATE OR REPLACE FUNCTION ledger_last_journal() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM ledger_head WHERE sequence = NEW.journal_id) THEN
                RAISE EXCEPTION 'ledger: legs are written with their journal'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",
    "ledger_balances": """
        CREATE OR REPLACE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            number bigint;
        BEGIN
            IF TG_TABLE_NAME = 'ledger_journal' THEN number := NEW.id; ELSE number := NEW.journal_id; END IF;
            IF NOT EXISTS (SELECT 1 FROM ledger_leg WHERE journal_id = number) OR EXISTS (
                SELECT 1 FROM ledger_leg JOIN ledger_account ON ledger_account.id = account_id
                WHERE journal_id = number GROUP BY currency HAVING sum(amount_minor) <> 0
            ) THEN
                RAISE EXCEPTION 'ledger: journal % does not balance', number
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$""",
    "ledger_open_period": """
        CREATE OR REPLACE FUNCTION ledger_open_period() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM ledger_closing WHERE through >= NEW.effective_on) THEN
                RAISE EXCEPTION 'ledger: the books are closed over this day'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$""",
    # It holds the head like a posting does: whoever is writing a journal comes before the closing or sees it.
    "ledger_forward": """
        CREATE OR REPLACE FUNCTION ledger_forward() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM ledger_head WHERE sequence = NEW.sequence AND hash = NEW.hash FOR UPDATE;
            IF NOT FOUND OR EXISTS (SELECT 1 FROM ledger_closing WHERE through >= NEW.through) THEN
                RAISE EXCEPTION 'ledger: a closing goes forward from the end of the chain'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",
}

_WRITING_POSTGRESQL = {
    **_kept_postgresql(KEPT),
    "ledger_fund_keeps_its_key": """
        CREATE TRIGGER ledger_fund_keeps_its_key BEFORE UPDATE ON ledger_fund FOR EACH ROW
        WHEN (OLD.id <> NEW.id OR OLD.key <> NEW.key OR OLD.kind <> NEW.kind) EXECUTE FUNCTION ledger_stays()""",
    "ledger_journal_chain": """
        CREATE TRIGGER ledger_journal_chain AFTER INSERT ON ledger_journal
        FOR EACH ROW EXECUTE FUNCTION ledger_chain()""",
    "ledger_leg_of_last_journal": """
        CREATE TRIGGER ledger_leg_of_last_journal BEFORE INSERT ON ledger_leg
        FOR EACH ROW EXECUTE FUNCTION ledger_last_journal()""",
    **{
        f"{table}_balances": f"CREATE CONSTRAINT TRIGGER {table}_balances AFTER INSERT ON {table} "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances()"
        for table in ("ledger_journal", "ledger_leg")
    },
}

_CLOSING_POSTGRESQL = {
    **_kept_postgresql(CLOSED),
    # Triggers of one event fire by name: after `ledger_journal_chain`, which has waited for the head.
    "ledger_journal_open_period": """
        CREATE TRIGGER ledger_journal_open_period AFTER INSERT ON ledger_journal
        FOR EACH ROW EXECUTE FUNCTION ledger_open_period()""",
    "ledger_closing_goes_forward": """
        CREATE TRIGGER ledger_closing_goes_forward BEFORE INSERT ON ledger_closing
        FOR EACH ROW EXECUTE FUNCTION ledger_forward()""",
}

# By the database's vendor:
_WRITING: dict[str, dict[str, str]] = {"sqlite": _WRITING_SQLITE, "postgresql": _WRITING_POSTGRESQL}
_CLOSING: dict[str, dict[str, str]] = {"sqlite": _CLOSING_SQLITE, "postgresql": _CLOSING_POSTGRESQL}
_FUNCTIONS: dict[str, dict[str, str]] = {"sqlite": {}, "postgresql": _FUNCTIONS_POSTGRESQL}
_DROP = {"sqlite": "DROP TRIGGER IF EXISTS {name}", "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}"}
# Whether INSERT OR REPLACE, which deletes what it replaces, fires the triggers. Where there is none of it: always.
_REPLACING_FIRES = {"sqlite": "PRAGMA recursive_triggers", "postgresql": "SELECT 1"}


def install(connection: BaseDatabaseWrapper, wanted: Mapping[str, str] | None = None) -> None:
    """Create those of the `wanted` triggers (default: all) that are missing, and what they call. Idempotent."""
    wanted = expected(connection) if wanted is None else wanted
    there = guards.present(connection)
    functions = _FUNCTIONS[connection.vendor]
    _run(connection, *(functions[name] for name in _called(connection, wanted)))
    _run(connection, *(statement for name, statement in wanted.items() if name not in there))


def remove(connection: BaseDatabaseWrapper, unwanted: Mapping[str, str]) -> None:
    """Drop triggers, and what no other of ours calls; for taking a migration back only."""
    drop = _DROP[connection.vendor]
    for name, statement in unwanted.items():
        _run(connection, drop.format(name=name, table=statement.split(" ON ", 1)[1].split()[0]))
    there = guards.present(connection)
    left = {name: statement for name, statement in expected(connection).items() if name in there}
    uncalled = _called(connection, unwanted) - _called(connection, left)
    _run(connection, *(f"DROP FUNCTION IF EXISTS {name}()" for name in sorted(uncalled)))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the ledger's own triggers that should be there and are not, or are switched off."""
    return sorted(expected(connection).keys() - guards.present(connection))


def can_be_passed(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether this connection lets INSERT OR REPLACE past the triggers (SQLite without `recursive_triggers`)."""
    with connection.cursor() as cursor:
        cursor.execute(_REPLACING_FIRES[connection.vendor])
        return bool(cursor.fetchone() != (1,))


def expected(connection: BaseDatabaseWrapper) -> Mapping[str, str]:
    """Return the statement that makes each trigger, by its name."""
    return of_writing(connection) | of_closing(connection)


def of_writing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers that keep what is written."""
    return _WRITING[connection.vendor]


def of_closing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers that keep a closed period closed."""
    return _CLOSING[connection.vendor]


def _called(connection: BaseDatabaseWrapper, wanted: Mapping[str, str]) -> set[str]:
    """Return the names of the functions that the `wanted` triggers call."""
    return {
        name
        for name in _FUNCTIONS[connection.vendor]
        if any(f"EXECUTE FUNCTION {name}()" in statement for statement in wanted.values())
    }


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
