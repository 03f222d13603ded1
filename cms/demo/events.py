"""Plants the demo's events in three languages, around the day of loading. Idempotent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cms.demo import content, writing
from cms.models import EventIndexPage, EventPage

Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for entry in content.events():
        for index in EventIndexPage.objects.select_related("locale"):
            page = _event(entry, index.locale.language_code, at=at)
            writing.add(index, page, entry["slug"], at=min(at, page.starts_at))


def _event(entry: Entry, code: str, *, at: datetime) -> EventPage:
    day = (at + timedelta(days=entry["in_days"])).astimezone(ZoneInfo(entry["zone"]))
    starts_at = day.replace(hour=entry["hour"], minute=0, second=0, microsecond=0)
    return EventPage(
        title=entry["title"][code],
        lead=entry["lead"][code],
        zone=entry["zone"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=entry["hours"]),
        place=entry["place"][code],
        online=entry["online"],
        body=writing.body([{"type": "text", "value": entry["about"]}], code),
    )
