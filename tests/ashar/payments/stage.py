"""The moment, the money and the news that the tests of payments agree on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection

from ashar.money import Money

FIFTY_DOLLARS = Money(50_00, "USD")
NOON = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
SECRET = "whsec_sandbox"


class Clock:
    """What both we and the provider call now."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        self.moment += timedelta(**step)
        return self.moment


@contextmanager
def time_is_up(*, at: str) -> Iterator[None]:
    """Let the worker's soft time limit strike as it asks the database for `at`."""

    def strike(execute, sql, *rest):
        if at in sql:
            raise SoftTimeLimitExceeded
        return execute(sql, *rest)

    with connection.execute_wrapper(strike):
        yield


def event(**differs) -> dict:
    """What the provider tells of a checkout that is done."""
    return {
        "id": "evt_1",
        "object": "event",
        "api_version": "2026-08-26.dahlia",
        "created": 1_795_154_400,
        "livemode": False,
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
    } | differs
