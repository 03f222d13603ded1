"""Days left, in the zone of the reader."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ashar.web import deadlines

END = datetime(2026, 11, 30, 17, 59, tzinfo=UTC)  # 23:59 in Bishkek


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (9, 6, deadlines.Deadline(21, "open")),
        (22, 6, deadlines.Deadline(8, "open")),
        (23, 6, deadlines.Deadline(7, "soon")),
        (29, 17, deadlines.Deadline(1, "soon")),
        (29, 18, deadlines.Deadline(0, "today")),
        (30, 17, deadlines.Deadline(0, "today")),
        (30, 18, deadlines.Deadline(0, "over")),
    ],
)
def test_days_turn_at_midnight_in_bishkek(day, hour, expected):
    assert deadlines.measure(END, now=datetime(2026, 11, day, hour, tzinfo=UTC)) == expected


def test_the_last_minute_is_the_end():
    assert deadlines.measure(END, now=END) == deadlines.Deadline(0, "over")


def test_reader_in_seoul_counts_the_days_of_seoul():
    with timezone.override(ZoneInfo("Asia/Seoul")):
        assert deadlines.measure(END, now=datetime(2026, 11, 30, 6, tzinfo=UTC)) == deadlines.Deadline(1, "soon")
