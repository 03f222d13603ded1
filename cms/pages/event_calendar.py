"""An event as a file for the reader's own calendar (RFC 5545)."""

from datetime import UTC, datetime

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from ashar import language
from ashar.web import feeds
from ashar.web.heads import absolute
from cms import page_cache
from cms.pages import event_times
from cms.pages.events import EventPage
from cms.pages.written import once

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer with the event in the language of the address or the next best; of a draft nobody has heard."""
    event = once(EventPage.objects.filter(slug=slug), language.current()).first()
    if event is None:
        raise Http404
    response = HttpResponse(_calendar(event).to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return page_cache.mark(response)


def _calendar(event: EventPage) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Ashar//Ashar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(_entry(event))
    calendar.add_missing_timezones()  # what a zone's clock does stands in the file: a phone need not know it
    return calendar


def _sequence(event: EventPage) -> int:
    """Return which telling of the meeting this is, in whatever language: a number that grows with each time one is published.

    Some calendars ignore a second file with the number of the first (RFC 5546, section 2.1.4). Seconds, from a day so late
    that they are numbers of iCalendar (31 bits) until 2094.
    """
    told = EventPage.objects.filter(translation_key=event.translation_key).aggregate(at=Max("last_published_at"))["at"]
    return max(0, int(((told or BEGINNING) - BEGINNING).total_seconds()))


def _entry(event: EventPage) -> Event:
    """Return the entry; its name stays when the event moves, so that a second file corrects the first."""
    entry, address = Event(), absolute(event.address())
    entry.add("uid", event.translation_key.urn)
    entry.add("dtstamp", event.last_published_at or event.starts_at)
    entry.add("sequence", _sequence(event))
    entry.add("dtstart", event_times.by_clock_of(event.starts_at, event.zone))
    entry.add("dtend", event_times.by_clock_of(event.ends_at, event.zone))
    entry.add("status", "CANCELLED" if event.is_off else "CONFIRMED")
    entry.add("summary", feeds.printable(event.title))
    entry.add("description", feeds.printable("\n".join(filter(None, (event.lead, event.online, address)))))
    entry.add("location", feeds.printable(event.place or gettext("Online")))
    entry.add("url", address)
    return entry
