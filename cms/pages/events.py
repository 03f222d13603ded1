"""Events: where people of a village meet, at a place or online, by the clock of that place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar.accounts.models import User
from ashar.outbox import sending
from ashar.web.heads import Thing
from cms.blocks.story import StoryBlock
from cms.found import writings
from cms.found.pages import path_of
from cms.pages import event_facts, event_times
from cms.pages.branch import Branch
from cms.pages.event_times import Times
from cms.pages.written import Written, lent_from, once
from diaspora import attendance, rules
from diaspora.meeting_news import Occasion

PAST_SHOWN = 20
MOMENTS = ("starts_at", "ends_at")
EVERYWHERE = _("It is one meeting: this holds for its pages in every language, once this one is published.")


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list. `language` is empty unless it is lent from another one."""

    href: str
    title: str
    lead: str
    times: Times
    place: str
    is_off: bool
    language: str


class EventForm(WagtailAdminPageForm):
    """The editors' form: its times are those of the clock of the event, whatever zone the editor lives in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MOMENTS:
            if at := getattr(self.instance, name):
                local = event_times.by_clock_of(at, self.instance.zone)
                self.initial[name] = local.replace(tzinfo=timezone.get_current_timezone())

    def clean(self) -> dict[str, Any]:
        """Take what the fields took for the editor's own clock as that of the event; refuse one that is nowhere, but in a draft."""
        cleaned: dict[str, Any] = super().clean()
        for name in MOMENTS:
            if cleaned.get(name) and cleaned.get("zone"):
                cleaned[name] = timezone.localtime(cleaned[name]).replace(tzinfo=ZoneInfo(cleaned["zone"]))
        if not self.is_deferred_validation and not cleaned.get("place") and not cleaned.get("online"):
            self.add_error("place", _("Say where it is, or give a link to take part online."))
        return cleaned


class EventIndexPage(Branch):
    """What is to come, the next first, and what has been."""

    section = "events"
    subpage_types = ["cms.EventPage"]
    template = "cms/event_index_page.html"

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the events."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        code, now = self.locale.language_code, timezone.now()
        context["coming"], context["past"] = coming(code, at=now), past(code, at=now)
        return context


class EventPage(Written, Page):
    """One event. Who comes says so to us alone: a list of people who meet could harm them. See `diaspora.attendance`."""

    section = "events"
    lead = models.CharField(_("lead"), max_length=300, help_text=_("For whom it is and what happens, in one sentence."))
    zone = models.CharField(_("time zone"), max_length=40, choices=event_times.zones, default=event_times.HOME)
    starts_at = models.DateTimeField(_("begins"), help_text=_("By the clock of the time zone above."))
    ends_at = models.DateTimeField(_("ends"), help_text=_("By the clock of the time zone above."))
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("City and address."))
    online = models.URLField(_("link to take part online"), blank=True)
    is_off = models.BooleanField(
        _("called off"),
        default=False,
        help_text=_("The page stays and says so; nobody can say any more that they come."),
    )
    asks_who_comes = models.BooleanField(
        _("readers may say that they come"),
        default=True,
        help_text=_("Nobody sees who: you see how many. Switch it off where even a number could harm somebody."),
    )
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty means: no limit.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    base_form_class = EventForm
    override_translatable_fields = event_facts.SYNCHRONIZED
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("zone"), FieldRowPanel([FieldPanel(name) for name in MOMENTS])],
            heading=_("When"),
            help_text=EVERYWHERE,
        ),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("online", help_text=EVERYWHERE)], heading=_("Where")),
        MultiFieldPanel([FieldPanel("is_off")], heading=_("Called off"), help_text=EVERYWHERE),
        MultiFieldPanel(
            [FieldPanel("asks_who_comes"), FieldPanel("places")], heading=_("Who comes"), help_text=EVERYWHERE
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.EventIndexPage"]
    subpage_types: list[str] = []
    template = "cms/event_page.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message=_("An event cannot end before it begins."),
            )
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when it is on both clocks, the file for the reader's own calendar, and what is known of who comes."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["times"] = event_times.told(self.starts_at, self.ends_at, self.zone)
        context["is_over"] = self.ends_at < timezone.now()
        context["calendar_href"] = reverse("event-ics", args=[self.slug]) if self.slug else ""
        if self.asks_who_comes and self.slug:
            context["coming_href"] = reverse("my-event", args=[self.slug])
            context["is_full"] = not attendance.room(self.translation_key, self.places)
            context |= self._known_to(getattr(request, "user", None))
        return context

    def occasion(self) -> Occasion:
        """Return what has to be known of the event by who comes. Two queries at most: what its pages say of the place."""
        pages = EventPage.objects.live().filter(translation_key=self.translation_key)
        return Occasion(
            key=self.translation_key,
            slug=self.slug,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            places=self.places,
            is_off=self.is_off,
            online=self.online,
            where=dict(pages.values_list("locale__language_code", "place")),
            language=self.locale.language_code,
        )

    def picture(self) -> str:
        """Return the card of the event; one that is previewed before it has an address shows that of the site."""
        return reverse("event-card", args=[self.slug]) if self.slug else super().picture()

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the event."""
        starts, ends = (event_times.by_clock_of(at, self.zone) for at in (self.starts_at, self.ends_at))
        return writings.event(self, path=self.address(), picture=self.picture(), starts=starts, ends=ends)

    def _known_to(self, user: User | AnonymousUser | None) -> dict[str, Any]:
        """Return what a reader said themselves and, to who may know it, how many come. No query for a stranger."""
        if not isinstance(user, User):
            return {}
        word = attendance.word_of(self.translation_key, user)
        expected = attendance.expected(self.translation_key) if rules.may_count_guests(user) else None
        return {"word": word, "expected": expected}


def coming(code: str, *, at: datetime) -> Sequence[EventCard]:
    """Return each event that is not over, in the language `code` or the next best, the next one first. One query."""
    rows = once(EventPage.objects.defer("body"), code).filter(ends_at__gte=at)
    return [_card(event, code) for event in rows.order_by("starts_at", "pk")]


def past(code: str, *, at: datetime) -> Sequence[EventCard]:
    """Return the last events that are over, the latest first. One query."""
    rows = once(EventPage.objects.defer("body"), code).filter(ends_at__lt=at)
    return [_card(event, code) for event in rows.order_by("-starts_at", "-pk")[:PAST_SHOWN]]


def when(event: EventPage) -> str:
    """Return when an event is, by its own clock, in one line."""
    times = event_times.told(event.starts_at, event.ends_at, event.zone)[0]
    return f"{times.shown} ({times.zone})"


def when_if_at_all(event: EventPage) -> str:
    """Return when an event is, in one line that begins with the word that it is called off."""
    return " · ".join(filter(None, (off(event), when(event))))


def off(event: EventPage) -> str:
    """Return the word that an event is called off, of one that is."""
    return gettext("Called off") if event.is_off else ""


def was_published(*, instance: EventPage, **_signal: Any) -> None:
    """Tell that an event may have moved. A receiver of Wagtail's `page_published`."""
    with transaction.atomic():
        sending.send("event.published", {"event": instance.pk}, at=timezone.now())


def was_withdrawn(*, instance: EventPage, **_signal: Any) -> None:
    """Tell that a page of an event is gone. A receiver of Wagtail's `page_unpublished`, which deletion sends too."""
    with transaction.atomic():
        sending.send("event.withdrawn", {"meeting": str(instance.translation_key)}, at=timezone.now())


def is_asked_about(key: UUID) -> bool:
    """Tell whether readers of any language may say that they come to a meeting."""
    found: bool = EventPage.objects.live().filter(translation_key=key, asks_who_comes=True).exists()
    return found


def _card(event: EventPage, code: str) -> EventCard:
    return EventCard(
        href=path_of(code, event.url_path),
        title=event.title,
        lead=event.lead,
        times=event_times.told(event.starts_at, event.ends_at, event.zone)[0],
        place=event.place,
        is_off=event.is_off,
        language=lent_from(event, code),
    )
