"""The house has one calendar, whatever zone stands on somebody's screen."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ashar import clock


@pytest.mark.parametrize("zone", ["Asia/Bishkek", "America/New_York", "Asia/Seoul"])
@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 25, 17, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 18, 0, tzinfo=UTC), date(2026, 11, 26)),
    ],
)
def test_a_day_begins_at_midnight_in_bishkek(zone, at, day):
    with timezone.override(ZoneInfo(zone)):
        assert clock.day(at) == day


@pytest.mark.parametrize("zone", ["Asia/Bishkek", "America/New_York"])
def test_the_clock_of_the_house_stands_in_bishkek(zone):
    at = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)

    with timezone.override(ZoneInfo(zone)):
        assert (clock.at_home(at), clock.at_home(at).isoformat()) == (at, "2026-11-26T00:00:00+06:00")
