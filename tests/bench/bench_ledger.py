"""`ledger.post` per second against raw inserts of the same rows, interleaved in one run, with the statements of each.

Everything happens in one transaction that is rolled back, on whatever database is migrated, so no run leaves a trace.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import Any

from django.db import connection, transaction

from ashar.ledger import checking, posting
from ashar.ledger.models import Fund, Journal, Leg, Role
from ashar.ledger.posting import Entry
from ashar.money import Money
from tests.bench import Measurement

ROUNDS = 7
JOURNALS = 60  # of each kind, in each round
AT = datetime(2026, 1, 1, tzinfo=UTC)


def measure() -> Iterator[Measurement]:
    """Measure rates, their ratio and the statements of one journal."""
    with transaction.atomic():
        _make_bare_tables()
        posting.post("bench:warm", kind="charge", legs=_legs(*_funds()), at=AT)
        rounds = [_round(number) for number in range(ROUNDS)]
        posted, raw = _statements(lambda: _post(range(1))), _statements(lambda: _insert(_rows(range(1))))
        faults = checking.check()
        transaction.set_rollback(True)
    ratios = [ours / bare for ours, bare in rounds]
    yield Measurement(
        what="ledger.post, 5 legs in 2 currencies", value=_rate(ours for ours, _ in rounds), unit="a CPU second"
    )
    yield Measurement(
        what="raw inserts of the same rows, unguarded", value=_rate(bare for _, bare in rounds), unit="a CPU second"
    )
    yield Measurement(
        what=f"CPU of post to raw inserts, median of {ROUNDS}", value=median(ratios), unit="times", at_most=20
    )
    yield Measurement(what="the same, least", value=min(ratios), unit="times")
    yield Measurement(what="the same, most", value=max(ratios), unit="times")
    yield Measurement(what="statements of a post", value=posted, unit="statements", at_most=5)
    yield Measurement(what="statements of the raw inserts", value=raw, unit="statements")
    yield Measurement(what="faults in the books after", value=len(faults), unit="faults", at_most=0)


def _rate(seconds: Iterable[float]) -> float:
    return float(round(JOURNALS / median(seconds)))


def _round(number: int) -> tuple[float, float]:
    """Return the seconds that posting and that inserting took, the one that goes first taking turns."""
    keys = range(number * JOURNALS + 1, (number + 1) * JOURNALS + 1)
    if number % 2:
        rows = _rows(keys)
        bare = _seconds(lambda: _insert(rows))
        return _seconds(lambda: _post(keys)), bare
    ours = _seconds(lambda: _post(keys))
    rows = _rows(keys)
    return ours, _seconds(lambda: _insert(rows))


def _seconds(act: Callable[[], object]) -> float:
    start = process_time()
    act()
    return process_time() - start


def _post(keys: range) -> None:
    project, operations = _funds()
    for key in keys:
        posting.post(
            f"bench:{key}", kind="charge", legs=_legs(project, operations), at=AT, facts={"payment": f"pi_{key}"}
        )


def _rows(keys: range) -> list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Prepare rows like the posted ones, so that only their insertion is measured."""
    day = AT.date().isoformat()
    legs = [(account, minor) for account, minor in enumerate((-4_372_50, 128_05, 4_244_45, 48_54, -48_54), start=1)]
    return [
        (
            (
                key,
                f"bench:{key}",
                "charge",
                AT.isoformat(),
                day,
                None,
                None,
                f'{{"payment": "pi_{key}"}}',
                f"{key:064}",
                f"{key:064}",
            ),
            [(key * 5 + account, key, account, minor) for account, minor in legs],
        )
        for key in keys
    ]


def _insert(rows: list[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]) -> None:
    leg = "(%s, %s, %s, %s)"
    columns = "id, key, kind, posted_at, effective_on, by_id, reverses_id, facts, previous_hash, hash"
    with connection.cursor() as cursor:
        for journal, legs in rows:
            cursor.execute(
                f"INSERT INTO bench_journal ({columns}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", journal
            )
            cursor.execute(
                f"INSERT INTO bench_leg (id, journal_id, account_id, amount_minor) VALUES {', '.join([leg] * len(legs))}",
                [value for row in legs for value in row],
            )


def _make_bare_tables() -> None:
    """Make tables of the same columns and unique indexes, without triggers and foreign keys."""
    with connection.cursor() as cursor:
        for bare, model in (("bench_journal", Journal), ("bench_leg", Leg)):
            cursor.execute(f"CREATE TABLE {bare} AS SELECT * FROM {model._meta.db_table} WHERE 1 = 0")
            cursor.execute(f"CREATE UNIQUE INDEX {bare}_id ON {bare} (id)")
        cursor.execute("CREATE UNIQUE INDEX bench_journal_key ON bench_journal (key)")
        cursor.execute("CREATE UNIQUE INDEX bench_journal_previous ON bench_journal (previous_hash)")
        cursor.execute("CREATE INDEX bench_leg_journal ON bench_leg (journal_id)")
        cursor.execute("CREATE INDEX bench_leg_account ON bench_leg (account_id, amount_minor)")


def _funds() -> tuple[Fund, Fund]:
    return (
        posting.open_fund("bench-project", kind="project", title="Bench"),
        posting.open_fund("bench-operations", kind="operations", title="Bench"),
    )


def _legs(project: Fund, operations: Fund) -> list[Entry]:
    return [
        Entry(project, Role.GIVEN, Money(-4_372_50, "KGS")),
        Entry(project, Role.FEES, Money(128_05, "KGS")),
        Entry(operations, Role.CONVERSION, Money(4_244_45, "KGS")),
        Entry(operations, Role.CLEARING, Money(48_54, "USD")),
        Entry(operations, Role.CONVERSION, Money(-48_54, "USD")),
    ]


def _statements(act: Callable[[], object]) -> int:
    """Return how many statements `act` sends, without those that look up the two funds of the bench."""
    sent: list[str] = []

    def count(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        act()
    return sum('FROM "ledger_fund"' not in sql for sql in sent)
