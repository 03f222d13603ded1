"""Practices: programmes of other countries for their people abroad, what came of them and what we take from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar.places import sorting
from ashar.web.heads import Thing
from cms.blocks.source import SourceBlock
from cms.blocks.story import StoryBlock
from cms.found import writings
from cms.found.pages import path_of
from cms.pages import countries
from cms.pages.branch import Branch
from cms.pages.written import Written, lent_from, once

OLDEST, NEWEST = 1900, 2100


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A practice in a list. `language` is empty unless it is lent from another one."""

    href: str
    title: str
    lead: str
    country: str
    since: int
    language: str


class PracticeIndexPage(Branch):
    """Every practice, by country and name."""

    section = "practices"
    subpage_types = ["cms.PracticePage"]
    template = "cms/practice_index_page.html"

    class Meta:
        verbose_name = _("list of practices")
        verbose_name_plural = _("lists of practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the practices."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["practices"] = listed(self.locale.language_code)
        return context


class PracticePage(Written, Page):
    """One programme of one country. Without a source nothing is said of it."""

    section = "practices"
    lead = models.CharField(_("lead"), max_length=300, help_text=_("What it is, in one sentence."))
    country = models.CharField(_("country"), max_length=2, choices=countries.choices)
    since = models.PositiveSmallIntegerField(
        _("since the year"), validators=[MinValueValidator(OLDEST), MaxValueValidator(NEWEST)]
    )
    matching = models.TextField(_("how money is matched"), max_length=500, help_text=_("Who adds how much to what."))
    lesson = models.TextField(_("what we take from it"), max_length=800)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), min_num=1)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("since")]),
        FieldPanel("matching"),
        FieldPanel("body"),
        FieldPanel("lesson"),
        FieldPanel("sources"),
    ]
    parent_page_types = ["cms.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "cms/practice_page.html"

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the country."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["country"] = countries.name(self.country)
        return context

    def picture(self) -> str:
        """Return the card of the practice; one that is previewed before it has an address shows that of the site."""
        return reverse("practice-card", args=[self.slug]) if self.slug else super().picture()

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the page and the country it is about."""
        return writings.about_country(self, path=self.address(), country=context["country"])


def listed(code: str) -> list[PracticeCard]:
    """Return each practice once, in the language `code` or the next best, by country and name. One query."""
    found = once(PracticePage.objects.defer("body", "sources"), code)
    return sorted((_card(page, code) for page in found), key=_place)


def _card(page: PracticePage, code: str) -> PracticeCard:
    return PracticeCard(
        href=path_of(code, page.url_path),
        title=page.title,
        lead=page.lead,
        country=countries.name(page.country),
        since=page.since,
        language=lent_from(page, code),
    )


def _place(card: PracticeCard) -> tuple[Any, Any]:
    return sorting.key(card.country), sorting.key(card.title)
