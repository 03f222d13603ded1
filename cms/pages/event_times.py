"""When an event is, by the clock of its own place: never a time without its zone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import format_time, get_timezone_location

from ashar import language
from ashar.web import calendar

HOME = "Asia/Bishkek"


@dataclass(frozen=True, slots=True)
class Times:
    """The same event on one clock: what it shows, and whose it is."""

    shown: str
    zone: str


def zones() -> list[tuple[str, str]]:
    """Return the zones an editor may choose, ours first; those of old names and seas are not among them."""
    known = sorted(set(get_global("zone_territories")) & available_timezones() - {HOME})
    return [(zone, zone.replace("_", " ")) for zone in (HOME, *known) if "/" in zone]


def told(starts_at: datetime, ends_at: datetime, zone: str) -> list[Times]:
    """Return the times by the clock of the event and, where that is another one, by ours."""
    clocks = [zone] if _shows(starts_at, zone) == _shows(starts_at, HOME) else [zone, HOME]
    return [Times(_span(starts_at, ends_at, each), _named(starts_at, each)) for each in clocks]


def by_clock_of(at: datetime, zone: str) -> datetime:
    """Return the moment as the clock of `zone` shows it."""
    return at.astimezone(ZoneInfo(zone))


def _span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    start, end = by_clock_of(starts_at, zone), by_clock_of(ends_at, zone)
    if start.date() == end.date():
        return f"{_day(start)}, {_time(start)} – {_time(end)}"
    return f"{_day(start)}, {_time(start)} – {_day(end)}, {_time(end)}"


def _named(at: datetime, zone: str) -> str:
    """Return the city whose clock it is, with its distance from Greenwich on that day."""
    city = get_timezone_location(ZoneInfo(zone), locale=_locale(), return_city=True)
    distance = _shows(at, zone)
    return f"{city}, GMT{distance[:3]}:{distance[3:]}"


def _shows(at: datetime, zone: str) -> str:
    return by_clock_of(at, zone).strftime("%z")


def _day(local: datetime) -> str:
    return calendar.day(local.date())


def _time(local: datetime) -> str:
    return format_time(local.time(), format="short", locale=_locale())


def _locale() -> str:
    return calendar.LOCALES[language.current()]
