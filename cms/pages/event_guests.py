"""The face of who comes to an event: a person says so, changes it or takes it back, and sees nobody but themselves."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from ashar import language
from ashar.accounts.models import User
from ashar.accounts.web.requests import SignedIn
from ashar.errors import Refused
from ashar.web.forms import Form
from ashar.web.heads import absolute
from cms.pages import event_times, events
from cms.pages.events import EventPage
from cms.pages.written import once
from diaspora import attendance
from diaspora.attendance import NoPlaceLeft
from diaspora.meeting_letters import Letter
from diaspora.models import MOST_TOGETHER, Attendance

log = logging.getLogger(__name__)


class PartyForm(Form):
    """The one question, to somebody who may bring `room` people in all."""

    party = forms.TypedChoiceField(
        label=_("How many of you come, with yourself?"),
        coerce=int,
        error_messages={"invalid_choice": NoPlaceLeft.message},
    )

    def __init__(self, *args: Any, room: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party: Any = self.fields["party"]
        party.choices = [(number, str(number)) for number in range(1, room + 1)]


@method_decorator(never_cache, name="dispatch")
class MyEventView(View):
    """What a person said about an event. Guests are told why we have to know them, and led to sign in and back."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show it, and ask."""
        return _page(request, _asking(slug))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Take their word, or say why it cannot be taken."""
        if not isinstance(request.user, User):
            return redirect_to_login(request.path)
        event = _asking(slug)
        form = PartyForm(request.POST, room=MOST_TOGETHER)
        if form.is_valid():
            try:
                attendance.come(event.occasion(), **form.cleaned_data, by=request.user, at=timezone.now())
                return redirect("my-event", slug=slug)
            except Refused as refusal:
                form.add_error(None, str(refusal))
        return _page(request, event, form)


@method_decorator([login_required, never_cache], name="dispatch")
class StayingAwayView(View):
    """A word taken back."""

    def get(self, request: SignedIn, slug: str) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Lead whoever had to sign in on the way to the page that asks."""
        return redirect("my-event", slug=slug)

    def post(self, request: SignedIn, slug: str) -> HttpResponse:
        """Forget it; also of an event that is over or was called off."""
        attendance.stay_away(_asking(slug).translation_key, by=request.user)
        return redirect("my-event", slug=slug)


def remind(word: Attendance, *, at: datetime) -> None:
    """Write to the person of a word that is due, unless the event is gone, was called off or asks no more."""
    with translation.override(word.person.language):
        event = _shown(EventPage.objects.filter(translation_key=word.meeting_id))
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
        event = _shown(EventPage.objects.filter(translation_key=word.meeting_id))
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


def _asking(slug: str) -> EventPage:
    """Return the open event at the address that asks who comes, or raise `Http404`."""
    event = _shown(EventPage.objects.filter(slug=slug, asks_who_comes=True))
    if event is None:
        raise Http404
    return event


def _shown(pages: QuerySet[EventPage]) -> EventPage | None:
    """Return what readers of the active language see of one event."""
    found: EventPage | None = once(pages, language.current()).first()
    return found


def _page(request: HttpRequest, event: EventPage, form: PartyForm | None = None) -> HttpResponse:
    user, key = request.user, event.translation_key
    word = attendance.word_of(key, user) if isinstance(user, User) else None
    own = word.party if word else 0
    room = min(MOST_TOGETHER, attendance.room(key, event.places) + own)
    told = {
        "event": event,
        "event_href": event.address(),
        "form": form or PartyForm(initial={"party": own or 1}, room=room),
        "is_full": not room,
        "is_over": event.ends_at <= timezone.now(),
        "times": event_times.told(event.starts_at, event.ends_at, event.zone)[0],
        "word": word,
    }
    return render(request, "cms/my_event.html", told)
