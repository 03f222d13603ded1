"""A transaction that cannot get its lock is tried again, a few times and no more."""

import pytest
from django.db import IntegrityError, OperationalError

from ashar.ledger.refusals import FundOverdrawn
from ashar.payments import patience


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.0,) * len(patience.PAUSES))


def failing(times: int, error: Exception):
    """An attempt that succeeds after `times` failures, and the list of its tries."""
    tries: list[int] = []

    def attempt() -> str:
        tries.append(len(tries) + 1)
        if len(tries) <= times:
            raise error
        return "done"

    return attempt, tries


@pytest.mark.parametrize("times", [0, 1, 4])
@pytest.mark.parametrize("error", [OperationalError("database is locked"), FundOverdrawn(fund="x", available="0")])
def test_a_conflict_is_outlasted(times, error):
    attempt, tries = failing(times, error)
    assert patience.persist(attempt) == "done"
    assert len(tries) == times + 1


def test_five_conflicts_are_an_error():
    attempt, tries = failing(5, OperationalError("database is locked"))
    with pytest.raises(OperationalError):
        patience.persist(attempt)
    assert len(tries) == 5


def test_nothing_else_is_tried_again():
    attempt, tries = failing(1, IntegrityError("no"))
    with pytest.raises(IntegrityError):
        patience.persist(attempt)
    assert len(tries) == 1
