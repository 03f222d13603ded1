"""What written pages other than news are about, in the words of schema.org; what is not known is left out."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from wagtail.models import Page

from ashar.web.heads import VOCABULARY, Thing, absolute
from cms.found import things

ATTENDANCE = {(True, True): "Mixed", (True, False): "Offline", (False, True): "Online", (False, False): "Offline"}


class Question(Protocol):
    """What is told of a question: its name on the page, its words and its answer in plain ones."""

    anchor: str
    question: str
    plain: str


def page(page: Page, *, path: str, kind: str = "WebPage") -> list[Thing]:
    """Return a page that is of this kind and nothing more."""
    return [_page(page, path=path, kind=kind)]


def checked(page: Page, *, path: str, on: date, by: str) -> list[Thing]:
    """Return a page whose words somebody found to be true on a day."""
    return [_page(page, path=path) | {"lastReviewed": on.isoformat(), "reviewedBy": {"@type": "Person", "name": by}}]


def questions(page: Page, *, path: str, asked: Iterable[Question]) -> list[Thing]:
    """Return a page of questions with their answers in plain words; nothing while there are none."""
    told = [
        {
            "@type": "Question",
            "name": each.question,
            "url": f"{absolute(path)}#{each.anchor}",
            "acceptedAnswer": {"@type": "Answer", "text": each.plain},
        }
        for each in asked
    ]
    return [_page(page, path=path, kind="FAQPage") | {"mainEntity": told}] if told else []


def dataset(page: Page, *, path: str, table: str) -> list[Thing]:
    """Return a page of figures; `table` is the path under which all of them can be taken away."""
    taken = {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": absolute(table)}
    return [_page(page, path=path, kind="Dataset") | {"distribution": taken}]


def about_country(page: Page, *, path: str, country: str) -> list[Thing]:
    """Return a page about what a country does."""
    return [
        _page(page, path=path, kind="Article")
        | {"headline": page.title, "about": {"@type": "Country", "name": country}}
    ]


def event(page: Page, *, path: str, picture: str, starts: datetime, ends: datetime) -> list[Thing]:
    """Return an event; both moments are by the clock of its place, and `page` has a `place`, a link `online` or both."""
    online = [{"@type": "VirtualLocation", "url": page.online}] if page.online else []
    at_place = [{"@type": "Place", "name": page.place, "address": page.place}] if page.place else []
    thing = {
        "startDate": starts.isoformat(),
        "endDate": ends.isoformat(),
        "eventStatus": f"{VOCABULARY}/Event{'Cancelled' if page.is_off else 'Scheduled'}",
        "eventAttendanceMode": f"{VOCABULARY}/{ATTENDANCE[bool(at_place), bool(online)]}EventAttendanceMode",
        "location": [*at_place, *online],
        "image": absolute(picture),
        "organizer": things.ours(),
    }
    return [_page(page, path=path, kind="Event") | thing]


def _page(page: Page, *, path: str, kind: str = "WebPage") -> dict[str, Any]:
    """Return the page itself, in its own language."""
    address, at, changed = absolute(path), page.first_published_at, page.last_published_at
    thing = {
        "@type": kind,
        "@id": address,
        "name": page.title,
        "description": page.search_description or page.lead,
        "url": address,
        "inLanguage": page.locale.language_code,
        "datePublished": at.isoformat() if at else "",
        "dateModified": changed.isoformat() if changed else "",
    }
    return {key: value for key, value in thing.items() if value}
