"""Moments at which things happen in tests. November 2026 lies in no special season; noon in Bishkek is 6:00 UTC."""

from datetime import UTC, date, datetime, timedelta

NOON = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
A_MONTH_AGO = NOON - timedelta(days=30)
NEXT_MONTH = date(2026, 12, 20)
YESTERDAY = date(2026, 11, 19)
