"""The face of who comes to an event: a person says so, changes it or takes it back, and sees nobody but themselves."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from ashar.accounts.models import User
from ashar.accounts.web.requests import SignedIn
from ashar.errors import Refused
from ashar.web.forms import Form
from cms.pages import event_times
from cms.pages.events import EventPage
from cms.pages.written import seen
from diaspora import attendance
from diaspora.attendance import NoPlaceLeft
from diaspora.models import MOST_TOGETHER


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


def _asking(slug: str) -> EventPage:
    """Return the open event at the address that asks who comes, or raise `Http404`."""
    event = seen(EventPage.objects.filter(slug=slug, asks_who_comes=True))
    if event is None:
        raise Http404
    return event


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
