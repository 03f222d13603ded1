"""Verbs on who comes to a meeting.

Nobody is ever shown a list: a person sees their own word, staff a number. No audit row is written, for it could not be
forgotten, and the list lives on in no other place: what a letter said of the meeting goes with the word it was about.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.outbox import sending
from diaspora import meeting_letters, meeting_news
from diaspora.meeting_letters import Letter
from diaspora.meeting_news import Occasion
from diaspora.models import MOST_TOGETHER, Attendance, Meeting

REMIND_BEFORE = timedelta(days=1)


class MeetingIsOff(Refused):
    """It was called off."""

    code = "meeting_is_off"
    message = _("This meeting was called off.")


class MeetingIsOver(Refused):
    """Nobody can come any more."""

    code = "meeting_is_over"
    message = _("This meeting is over.")


class NoPlaceLeft(Refused):
    """Others were there before, or more come than there are places left."""

    code = "no_place_left"
    message = _("There are not that many places left.")


class PartyIsTooLarge(Refused):
    """One word stands for one to ten people."""

    code = "party_is_too_large"
    message = _("You can say this for one to ten people.")


def come(occasion: Occasion, *, party: int, by: User, at: datetime) -> Attendance:
    """Let `by` say that they come, so many in all. Said again it is one word still, with the number said last.

    Raises `PartyIsTooLarge`, `MeetingIsOff`, `MeetingIsOver`, `NoPlaceLeft`.
    """
    with transaction.atomic(durable=True):
        meeting = _locked(occasion)
        _check(occasion, party, at)
        said = Attendance.objects.filter(meeting=meeting, person=by).first()
        _take(meeting, party - (said.party if said else 0), occasion.places)
        if said is None:
            return Attendance.objects.create(meeting=meeting, person=by, party=party, said_at=at)
        said.party = party
        said.save(update_fields=["party"])
    return said


def stay_away(key: UUID, *, by: User) -> None:
    """Take back the word of `by`; their places are free at once. Idempotent."""
    with transaction.atomic(durable=True):
        drop(Attendance.objects.filter(meeting=key, person=by))


def forget(key: UUID) -> None:
    """Delete every word about a meeting, of which nobody is asked any more. Idempotent."""
    with transaction.atomic(durable=True):
        drop(Attendance.objects.filter(meeting=key))


def move(occasion: Occasion, *, at: datetime) -> None:
    """Bring a meeting to which somebody comes up to date with what is told of it now. Idempotent.

    Who comes is reminded of a new beginning anew. What they have to hear of is sent on as `meeting.changed`.
    """
    with transaction.atomic(durable=True):
        for meeting in _lock(Meeting.objects.filter(key=occasion.key)):
            if meeting.starts_at != occasion.starts_at:
                Attendance.objects.filter(meeting=meeting).update(reminded_at=None)
            if occasion.ends_at > at and meeting_news.is_news(meeting, occasion):
                _announce(meeting, occasion, at)
            told = {**_told_of(occasion), "where": meeting_news.where(meeting, occasion)}
            Meeting.objects.filter(key=meeting.key).update(**told)


def remind(attendance: Attendance, *, facts: Mapping[str, Any], at: datetime) -> None:
    """Write to the person once, in their language, that the meeting is tomorrow. Idempotent."""
    with transaction.atomic(durable=True):
        _lock(Meeting.objects.filter(key=attendance.meeting_id))
        if Attendance.objects.filter(pk=attendance.pk, reminded_at=None).update(reminded_at=at):
            meeting_letters.write(attendance, Letter.IS_NEAR, mark=at.isoformat(), facts=facts, at=at)


def tell(attendance: Attendance, letter: Letter, *, about: UUID, facts: Mapping[str, Any], at: datetime) -> None:
    """Write to the person, in their language, what the message `about` told of; nothing once they took their word back. Idempotent."""
    with transaction.atomic(durable=True):
        _lock(Meeting.objects.filter(key=attendance.meeting_id))
        if Attendance.objects.filter(pk=attendance.pk).exists():
            meeting_letters.write(attendance, letter, mark=str(about), facts=facts, at=at)


def drop(attendances: QuerySet[Attendance]) -> int:
    """Delete words, free their places and delete the letters that speak of them; return how many. A part of verbs and erasers."""
    _lock(Meeting.objects.filter(attendances__in=attendances))
    rows = list(attendances.order_by("meeting_id", "pk"))
    for row in rows:
        Meeting.objects.filter(key=row.meeting_id).update(taken=F("taken") - row.party)
    meeting_letters.delete(rows)
    return Attendance.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


def word_of(key: UUID, person: User) -> Attendance | None:
    """Return what `person` said about a meeting. One query."""
    return Attendance.objects.filter(meeting=key, person=person).first()


def expected(key: UUID) -> int:
    """Return how many people are expected at a meeting: a number for staff. One query."""
    taken: int | None = Meeting.objects.filter(key=key).values_list("taken", flat=True).first()
    return taken or 0


def room(key: UUID, places: int | None) -> int:
    """Return how many more people one person may still bring to a meeting with so many places. One query, none without a limit."""
    return MOST_TOGETHER if places is None else min(MOST_TOGETHER, max(0, places - expected(key)))


def due(*, at: datetime) -> Iterable[Attendance]:
    """Return the words whose meeting begins within a day and who said so earlier than that, not yet reminded."""
    near = {"meeting__starts_at__gt": at, "meeting__starts_at__lte": at + REMIND_BEFORE}
    earlier = {"said_at__lt": F("meeting__starts_at") - REMIND_BEFORE}
    waiting = Attendance.objects.filter(reminded_at=None, person__is_active=True, **near, **earlier)
    return waiting.select_related("meeting", "person").order_by("pk")


def to_tell(key: UUID, *, said_until: datetime) -> Iterable[Attendance]:
    """Return the words about a meeting from before what is to be told."""
    words = Attendance.objects.filter(meeting=key, said_at__lte=said_until, person__is_active=True)
    return words.select_related("meeting", "person").order_by("pk")


def _locked(occasion: Occasion) -> Meeting:
    """Return the locked row of the meeting, written now if this is the first word about it."""
    Meeting.objects.get_or_create(key=occasion.key, defaults=_told_of(occasion))
    [meeting] = _lock(Meeting.objects.filter(key=occasion.key))
    return meeting


def _told_of(occasion: Occasion) -> dict[str, Any]:
    """Return what the row of a meeting repeats of it."""
    return {name: getattr(occasion, name) for name in ("slug", "starts_at", "ends_at", "is_off", "online", "where")}


def _announce(meeting: Meeting, occasion: Occasion, at: datetime) -> None:
    """Let who comes hear of it; `was_off` is how they knew the meeting, `is_off` what they hear."""
    payload = {
        "meeting": str(meeting.key),
        "was_off": meeting.is_off,
        "is_off": occasion.is_off,
        "since": at.isoformat(),
    }
    sending.send("meeting.changed", payload, at=at)


def _lock(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Lock the rows in the order of their keys and return them."""
    return list(meetings.order_by("key").select_for_update(of=("self",), no_key=True))


def _check(occasion: Occasion, party: int, at: datetime) -> None:
    if not 1 <= party <= MOST_TOGETHER:
        raise PartyIsTooLarge
    if occasion.is_off:
        raise MeetingIsOff
    if occasion.ends_at <= at:
        raise MeetingIsOver


def _take(meeting: Meeting, more: int, places: int | None) -> None:
    """Take so many places more, or give them back; where there is a limit, the database says whether they are there."""
    rows = Meeting.objects.filter(key=meeting.key)
    if places is not None and more > 0:
        rows = rows.filter(taken__lte=places - more)
    if not rows.update(taken=F("taken") + more):
        raise NoPlaceLeft
