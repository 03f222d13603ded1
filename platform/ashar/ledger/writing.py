"""The statements of a posting, written out: on the hottest path of the books the ORM would mostly compose SQL.

Five for a journal on known accounts: lock the head, look for the key and the last closing, find the accounts, insert the
journal, insert its legs.
"""

from collections.abc import Sequence
from datetime import date

from django.db.backends.utils import CursorWrapper

from ashar.ledger.chain import GENESIS
from ashar.ledger.models import Account, Head, Journal
from ashar.ledger.rules import Place

_HEAD = "SELECT sequence, hash FROM ledger_head WHERE id = 1"
_LOCKED_HEAD = {"sqlite": _HEAD, "postgresql": f"{_HEAD} FOR UPDATE"}
_FIELDS = Journal._meta.concrete_fields  # noqa: SLF001 - Django's public API of models
_COLUMNS = ", ".join(str(field.column) for field in _FIELDS)
_JOURNAL = f"INSERT INTO ledger_journal ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(_FIELDS))})"  # noqa: S608 - our columns
_KNOWN = "SELECT (SELECT id FROM ledger_journal WHERE key = %s), (SELECT MAX(through) FROM ledger_closing)"
_ACCOUNTS = "SELECT fund_id, role, currency, id FROM ledger_account WHERE fund_id IN "
_LEGS = "INSERT INTO ledger_leg (journal_id, account_id, amount_minor) VALUES "


def lock_head(cursor: CursorWrapper) -> tuple[int, str]:
    """Take the end of the chain and return its number and hash: a row lock on PostgreSQL; SQLite has one writer anyway.

    SQLite's transactions begin IMMEDIATE, so whoever is here is the writer. The first journal of all makes the row.
    """
    cursor.execute(_LOCKED_HEAD[cursor.db.vendor])
    head = cursor.fetchone()
    if head is None:
        Head.objects.bulk_create([Head(sequence=0, hash=GENESIS)], ignore_conflicts=True)
        return lock_head(cursor)
    return head[0], head[1]


def known(cursor: CursorWrapper, key: str) -> tuple[int, date | None]:
    """Return the number of the journal that carries `key` (0: none does), and the day through which the books are closed.

    A statement of its own, after the lock: on PostgreSQL one that waited for it would not see what came meanwhile.
    """
    cursor.execute(_KNOWN, [key])
    number, closed = cursor.fetchone()
    return number or 0, closed and date.fromisoformat(str(closed))


def accounts(cursor: CursorWrapper, places: set[Place]) -> dict[Place, int]:
    """Return the account of each place, opening what is missing."""
    funds = sorted({fund for fund, _, _ in places})
    cursor.execute(f"{_ACCOUNTS} ({_marks(funds)})", funds)
    found: dict[Place, int] = {(fund, role, currency): account for fund, role, currency, account in cursor.fetchall()}
    missing = sorted(places - found.keys())
    if missing:
        opened = Account.objects.bulk_create(
            Account(fund_id=fund, role=role, currency=currency) for fund, role, currency in missing
        )
        found |= zip(missing, (account.pk for account in opened), strict=True)
    return found


def insert(cursor: CursorWrapper, journal: Journal, legs: Sequence[tuple[int, int]]) -> None:
    """Write the journal and its legs (account, minor units). A trigger moves the head on to it, or refuses it."""
    cursor.execute(_JOURNAL, [field.get_db_prep_save(getattr(journal, field.attname), cursor.db) for field in _FIELDS])
    rows = [(journal.pk, account, minor) for account, minor in legs]
    cursor.execute(_LEGS + ", ".join(f"({_marks(row)})" for row in rows), [value for row in rows for value in row])
    journal._state.adding = False  # noqa: SLF001 - what save() would have said
    journal._state.db = cursor.db.alias  # noqa: SLF001 - likewise


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
