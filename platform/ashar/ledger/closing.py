"""Closing the books. It is done for good: what is found wrong later is corrected in the period that is open then."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from ashar import clock
from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.ledger import queries, writing
from ashar.ledger.models import Closing
from ashar.ledger.refusals import AlreadyClosed, DayIsNotOver, DayIsTooLongAgo
from ashar.web import calendar

VERB = "books.close"
YEAR = timedelta(days=366)


def close(through: date, *, by: User, at: datetime) -> Closing:
    """Close the books through the day `through`: no journal counts for it or an earlier day any more. Audited.

    Raises `NotAllowed` and what `check` raises. Holds the lock on the head of the chain, so that whoever is posting
    at that moment comes wholly before or wholly after.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            sequence, last_hash = writing.lock_head(cursor)
        rules.require(rules.handles_money(by))
        check(through, at=at)
        closing: Closing = Closing.objects.create(through=through, by=by, at=at, sequence=sequence, hash=last_hash)
        facts = {"through": through.isoformat(), "sequence": sequence}
        recording.record(VERB, closing, by=by, at=at, facts=facts)
    return closing


def check(through: date, *, at: datetime) -> None:
    """Raise `DayIsNotOver`, `DayIsTooLongAgo` or `AlreadyClosed` if the books cannot be closed through `through` at the moment `at`."""
    if through > latest(at):
        raise DayIsNotOver(latest=calendar.day(latest(at)))
    if through < earliest(at):
        raise DayIsTooLongAgo(earliest=calendar.day(earliest(at)))
    last = queries.last_closing()
    if last and through <= last.through:
        raise AlreadyClosed(through=calendar.day(last.through))


def latest(at: datetime) -> date:
    """Return the last day that is over at the moment `at` in Bishkek: the books can be closed through it."""
    return clock.day(at) - timedelta(days=1)


def earliest(at: datetime) -> date:
    """Return the first day through which closing says anything: a year before the first entry, or before now without one."""
    return (queries.first_day() or latest(at)) - YEAR
