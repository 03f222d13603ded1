"""What the database itself refuses, whoever asks: changing or removing what is written, and breaking the chain.

The same promises on both databases; PostgreSQL also checks at commit that every journal balances. A refusal arrives as
`django.db.IntegrityError`. A migration that alters one of these tables on SQLite rebuilds the table without its triggers:
end it with `install` (`ledger_check` names any that is missing).
"""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.ledger import guards

KEPT = ("ledger_journal", "ledger_leg", "ledger_account")

_TRIGGERS_SQLITE = {
    **{
        f"{table}_no_{act}": f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'ledger: what is written in {table} stays'); END"
        for table in KEPT
        for act in ("update", "delete")
    },
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
}

_TRIGGERS_POSTGRESQL = {
    **{
        f"{table}_no_change": f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_stays()"
        for table in KEPT
    },
    **{
        f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()"
        for table in KEPT
    },
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

# By the database's vendor:
_TRIGGERS: dict[str, dict[str, str]] = {"sqlite": _TRIGGERS_SQLITE, "postgresql": _TRIGGERS_POSTGRESQL}
_FUNCTIONS: dict[str, dict[str, str]] = {"sqlite": {}, "postgresql": _FUNCTIONS_POSTGRESQL}
_DROP = {"sqlite": "DROP TRIGGER IF EXISTS {name}", "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}"}
# Whether INSERT OR REPLACE, which deletes what it replaces, fires the triggers. Where there is none of it: always.
_REPLACING_FIRES = {"sqlite": "PRAGMA recursive_triggers", "postgresql": "SELECT 1"}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are missing. Idempotent."""
    wanted = expected(connection)
    _run(connection, *_FUNCTIONS[connection.vendor].values(), *(wanted[name] for name in missing(connection)))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers; for taking the migration back only."""
    drop = _DROP[connection.vendor]
    for name, statement in expected(connection).items():
        _run(connection, drop.format(name=name, table=statement.split(" ON ", 1)[1].split()[0]))
    _run(connection, *(f"DROP FUNCTION IF EXISTS {name}()" for name in _FUNCTIONS[connection.vendor]))


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
    return _TRIGGERS[connection.vendor]


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
