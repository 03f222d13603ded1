"""Many writers at once, each with a connection of its own: one chain, no gap, nothing twice, nobody below zero."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_save

from ashar.ledger import checking, closing, queries
from ashar.ledger.models import Closing, Journal, Leg
from ashar.ledger.refusals import AlreadyClosed, FundOverdrawn
from tests.ashar.ledger.books import NOON, given, paid_out, post, project, som
from tests.factories.people import FinanceOfficerFactory

pytestmark = pytest.mark.django_db(transaction=True)

TODAY, IN_OCTOBER, OCTOBER = NOON.date(), date(2026, 10, 15), date(2026, 10, 31)
A_WHILE = 0.3  # seconds: long enough for another thread to reach the lock and wait


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


class TestClosingMeanwhile:
    """Whoever posts while the books are closed comes wholly before the closing or wholly after it."""

    @pytest.fixture
    def close_october(self):
        officer = FinanceOfficerFactory()
        return lambda: closing.close(OCTOBER, by=officer, at=NOON)

    @pytest.fixture
    def roof(self):
        roof = project()
        given(roof, 1)
        return roof

    def test_nothing_comes_into_the_closed_period_after_its_seal(self, at_once, roof, close_october):
        def give(name: str) -> None:
            for number in range(8):
                with transaction.atomic():
                    post(f"{name}:{number}", given(roof, 100), happened_on=IN_OCTOBER)

        at_once(*[lambda name=name: give(name) for name in "abcd"], close_october)
        assert at_once(whole) == [([], 32, 64)]
        assert at_once(days_around_the_seal) == [({IN_OCTOBER}, {TODAY})]

    def test_a_journal_that_is_being_written_is_sealed(self, at_once, roof, close_october):
        written = Event()

        def give_slowly() -> None:
            with transaction.atomic():
                post("gift", given(roof, 100), happened_on=IN_OCTOBER)
                written.set()
                sleep(A_WHILE)

        def close_then() -> tuple[int, str]:
            assert written.wait(timeout=30)
            closed = close_october()
            return closed.sequence, closed.hash

        _, sealed = at_once(give_slowly, close_then)
        assert at_once(lambda: Journal.objects.values_list("id", "hash", "effective_on").get()) == [
            (*sealed, IN_OCTOBER)
        ]
        assert at_once(whole) == [([], 1, 2)]

    def test_a_journal_that_waits_for_the_closing_counts_for_today(self, at_once, roof, close_october):
        closed = Event()

        def linger(**_: object) -> None:
            closed.set()
            sleep(A_WHILE)

        def give_then() -> tuple[date, dict[str, str]]:
            assert closed.wait(timeout=30)
            with transaction.atomic():
                journal = post("gift", given(roof, 100), happened_on=IN_OCTOBER)
            return journal.effective_on, journal.facts

        post_save.connect(linger, sender=Closing)
        try:
            _, counted = at_once(close_october, give_then)
        finally:
            post_save.disconnect(linger, sender=Closing)
        assert counted == (TODAY, {"happened_on": "2026-10-15"})
        assert at_once(whole) == [([], 1, 2)]

    def test_two_officers_close_once(self, at_once, close_october):
        outcomes = at_once(*[lambda: refusal_of(close_october)] * 4)
        assert Counter(outcomes) == {"": 1, "already_closed": 3}
        assert at_once(Closing.objects.count, whole) == [1, ([], 0, 0)]


def days_around_the_seal() -> tuple[set[date], set[date]]:
    """The days for which journals before and after the seal of the closing count; an empty side agrees."""
    seal, days = Closing.objects.get().sequence, Journal.objects.values_list("effective_on", flat=True)
    return set(days.filter(id__lte=seal)) or {IN_OCTOBER}, set(days.filter(id__gt=seal)) or {TODAY}


def refusal_of(act: Callable[[], object]) -> str:
    try:
        act()
    except AlreadyClosed as refusal:
        return refusal.code
    return ""
