"""What the letters to who comes to an event say: its page knows the words, `diaspora.attendance` knows the people."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from ashar import language
from ashar.web.heads import absolute
from cms.pages import events
from cms.pages.events import EventPage
from cms.pages.written import seen
from diaspora import attendance
from diaspora.meeting_letters import Letter
from diaspora.models import Attendance

log = logging.getLogger(__name__)


def remind(word: Attendance, *, at: datetime) -> None:
    """Write to the person of a word that is due, unless the event is gone, was called off or asks no more."""
    with translation.override(word.person.language):
        event = seen(EventPage.objects.filter(translation_key=word.meeting_id))
        if event and event.asks_who_comes and not event.is_off:
            attendance.remind(word, facts=_facts(event, word), at=at)


@dataclass(frozen=True, slots=True)
class Change:
    """What the message `about` says of a meeting: whether it is off now and was before, and until when words were said."""

    about: UUID
    meeting: UUID
    was_off: bool
    is_off: bool
    since: datetime

    @classmethod
    def of(cls, told: Mapping[str, Any], *, about: UUID) -> "Change":
        """Return the change a message tells of, whatever more a newer sender says."""
        since = datetime.fromisoformat(told["since"])
        return cls(about, UUID(told["meeting"]), told["was_off"], told["is_off"], since)


def tell(change: Change, *, at: datetime) -> None:
    """Write to everybody who comes what holds now. Idempotent; one letter that cannot be written keeps nobody else's back.

    Raises the first fault afterwards, for the rest to be tried again.
    """
    faults = []
    for word in attendance.to_tell(change.meeting, said_until=change.since):
        try:
            _tell(word, change, at)
        except Exception as fault:
            log.exception("A letter on a change could not be written: attendance %s", word.pk)
            faults.append(fault)
    if faults:
        raise faults[0]


def _tell(word: Attendance, change: Change, at: datetime) -> None:
    """Write one letter, unless the event is gone, over, asks no more, or was called off or on again since."""
    with translation.override(word.person.language):
        event = seen(EventPage.objects.filter(translation_key=word.meeting_id))
        if event and event.asks_who_comes and event.ends_at > at and event.is_off == change.is_off:
            letter = Letter.IS_OFF if event.is_off else Letter.HAS_CHANGED
            facts = {**_facts(event, word), "is_on_again": change.was_off}
            attendance.tell(word, letter, about=change.about, facts=facts, at=at)


def _place(event: EventPage, known: Mapping[str, str]) -> str:
    """Return the place as the page says it, or as the last language named it where the page has not followed yet."""
    own = event.locale.language_code
    return event.place if own in known else language.best(known, own) or event.place


def _facts(event: EventPage, word: Attendance) -> Mapping[str, Any]:
    """Return what a letter says of the event, in the active language."""
    return {
        "title": event.title,
        "when": events.when(event),
        "place": _place(event, word.meeting.where),
        "online": event.online,
        "event_url": absolute(event.address()),
        "own_url": absolute(reverse("my-event", args=[event.slug])),
    }
