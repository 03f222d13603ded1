"""What the pages do when something they show moves: it gets its pages, and kept copies are forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wagtail.images import get_image_model

from ashar.outbox.consuming import consumer
from cms import page_cache, renditions, trees
from cms.editing import handing_on
from cms.models import EventPage, LandingPage, PersonPage
from cms.pages import event_facts, event_letters, events
from cms.pages.event_letters import Change
from diaspora import attendance
from diaspora.models import Association, Project
from grants.models import Call


@consumer("project.opened", name="cms.project_gets_pages")
def project_gets_pages(*, message_id: UUID, at: datetime, project: int, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Give a project that opened its page in every language."""
    trees.show_project(Project.objects.get(pk=project))
    page_cache.forget()


@consumer("association.registered", name="cms.association_gets_pages")
def association_gets_pages(*, message_id: UUID, at: datetime, association: int, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Give an association that was registered its page in every language."""
    trees.show_association(Association.objects.get(pk=association))
    page_cache.forget()


@consumer("call.published", name="cms.call_gets_pages")
def call_gets_pages(*, message_id: UUID, at: datetime, call: int, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Give a call that was announced its page in every language."""
    trees.show_call(Call.objects.get(pk=call))
    page_cache.forget()


@consumer("picture.kept", name="cms.picture_gets_renditions")
def picture_gets_renditions(*, message_id: UUID, at: datetime, picture: int, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Make what pages show of a picture, unless it is gone by now; pages that were kept without it are forgotten."""
    image = get_image_model().objects.filter(pk=picture).first()
    if image:
        heads, shows = (kind.objects.filter(image=image).exists() for kind in (LandingPage, PersonPage))
        renditions.make(image, wide=heads, portrait=shows)
        page_cache.forget()


@consumer("event.published", name="cms.meeting_follows_event")
def meeting_follows_event(*, message_id: UUID, at: datetime, event: int, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Let the other pages of an event, and its meeting, move with it; forget who comes once no language asks.

    Nothing if the page is gone.
    """
    keys = EventPage.objects.filter(pk=event).values_list("translation_key", flat=True)
    for key in keys:
        event_facts.carry(EventPage, key)
        page_cache.forget()
        if events.is_asked_about(key):
            attendance.move(EventPage.objects.get(pk=event).occasion(), at=at)
        else:
            attendance.forget(key)


@consumer("event.withdrawn", name="cms.withdrawn_event_is_forgotten")
def withdrawn_event_is_forgotten(*, message_id: UUID, at: datetime, meeting: str, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Forget who comes to an event that stands in no language any more."""
    if not events.is_asked_about(UUID(meeting)):
        attendance.forget(UUID(meeting))


@consumer("meeting.changed", name="cms.who_comes_hears")
def who_comes_hears(*, message_id: UUID, at: datetime, **change: Any) -> None:
    """Write to who said that they come."""
    event_letters.tell(Change.of(change, about=message_id), at=at)


@consumer("translation.handed_on", name="cms.translators_hear")
def translators_hear(
    *, message_id: UUID, at: datetime, by: str, title: str = "", translations: Sequence[int] = (), **_: object
) -> None:
    """Write to who translates what was handed on to them; nothing of what is gone."""
    handing_on.tell(title, translations, by=by, about=message_id, at=at)


@consumer("association.verified", name="cms.pages_forget_verified")
@consumer("privacy.erasure_carried_out", name="cms.pages_forget_erased")
@consumer("project.changed", name="cms.pages_forget_changed")
@consumer("project.funded", name="cms.pages_forget_funded")
@consumer("project.closed", name="cms.pages_forget_closed")
@consumer("call.changed", name="cms.pages_forget_call")
@consumer("gift.moved", name="cms.pages_forget_gift")
@consumer("gift.words_changed", name="cms.pages_forget_words")
def pages_forget(*, message_id: UUID, at: datetime, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Drop kept pages that still invite gifts or applications, do not know a giver yet, or name one who wants to be forgotten."""
    page_cache.forget()
