"""The moment and the money that the tests of payments agree on."""

from datetime import UTC, datetime, timedelta

from ashar.money import Money

FIFTY_DOLLARS = Money(50_00, "USD")
NOON = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


class Clock:
    """What both we and the provider call now."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **step: float) -> datetime:
        self.moment += timedelta(**step)
        return self.moment
