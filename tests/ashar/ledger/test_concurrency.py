"""Many writers at once, each with a connection of its own: one chain, no gap, nothing twice, nobody below zero."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.ledger import checking, queries
from ashar.ledger.models import Journal, Leg
from ashar.ledger.refusals import FundOverdrawn
from tests.ashar.ledger.books import given, paid_out, post, project, som

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(tmp_path):
    """Run acts at the same moment, each in a thread with a connection of its own; return what they returned.

    SQLite's test database lives in memory, where writers cannot wait for each other as they do on a disk; so it is copied
    to a file first, and what comes after is asked there too.
    """
    copy = tmp_path / "books.sqlite3"

    def own_connection() -> BaseDatabaseWrapper:
        mine = connections.create_connection("default")
        if mine.vendor == "sqlite":
            mine.settings_dict = {**mine.settings_dict, "NAME": copy}
        return mine

    def run(*acts: Callable[[], object]) -> list[object]:
        if connection.vendor == "sqlite" and not copy.exists():
            copy_to_file(str(copy))
        start = Barrier(len(acts))

        def alone(act: Callable[[], object]) -> object:
            connections["default"] = own_connection()
            start.wait(timeout=30)
            try:
                return act()
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(len(acts)) as threads:
            return [outcome.result(timeout=60) for outcome in [threads.submit(alone, act) for act in acts]]

    return run


def copy_to_file(path: str) -> None:
    file = sqlite3.connect(path)
    connection.connection.backup(file)
    file.close()


def attempt(key: str, make_legs: Callable[[], list], times: int = 1) -> list[str]:
    """Post `times` journals, each in its own transaction; return what came of each."""
    outcomes = []
    for number in range(times):
        try:
            with transaction.atomic():
                post(f"{key}:{number}", make_legs())
        except FundOverdrawn as refusal:
            outcomes.append(refusal.code)
        else:
            outcomes.append("posted")
    return outcomes


def whole() -> tuple[list[str], int, int]:
    return [str(fault) for fault in checking.check()], Journal.objects.count(), Leg.objects.count()


def test_writers_of_different_journals_make_one_chain(at_once):
    roof = project()
    given(roof, 1)
    outcomes = at_once(
        *[lambda name=name: attempt(f"gift:{name}", lambda: given(roof, 100), times=8) for name in "abcd"]
    )
    assert outcomes == [["posted"] * 8] * 4
    assert at_once(whole) == [([], 32, 64)]
    assert at_once(lambda: list(Journal.objects.order_by("id").values_list("id", flat=True))) == [list(range(1, 33))]


def test_writers_of_the_same_journal_write_it_once(at_once):
    roof = project()
    given(roof, 1)
    assert at_once(*[lambda: attempt("gift", lambda: given(roof, 100))] * 8) == [["posted"]] * 8
    assert at_once(whole) == [([], 1, 2)]


def test_the_first_journal_of_all_is_raced_for_too(at_once):
    roof = project()
    given(roof, 1)
    at_once(*[lambda name=name: attempt(f"gift:{name}", lambda: given(roof, 1)) for name in "abcdef"])
    assert at_once(whole) == [([], 6, 12)]


def test_money_for_ten_is_paid_ten_times(at_once):
    roof = project()
    with transaction.atomic():
        post("gift", given(roof, 1_000))
    outcomes = at_once(
        *[lambda name=name: attempt(f"payout:{name}", lambda: paid_out(roof, 100)) for name in range(16)]
    )
    assert Counter(outcome for (outcome,) in outcomes) == {"posted": 10, "fund_overdrawn": 6}
    assert at_once(lambda: queries.available(roof)) == [som(0)]
    assert at_once(whole) == [([], 11, 22)]
