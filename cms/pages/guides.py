"""Guides: what to do before leaving, abroad, on the way back and after it, each checked on a day by somebody named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
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
from cms.pages.choices import Choice, asking, chosen
from cms.pages.written import Written, lent_from, once

# How long a check holds. Quotas, fees and rules of stay are set anew once or twice a year by every country our people work
# in; what nobody has looked at for half a year may send somebody to a closed office, so readers and editors are told.
CHECK_HOLDS = timedelta(days=180)


class Stage(models.TextChoices):
    """Where on the way a reader stands."""

    PREPARE = "prepare", _("Before leaving")
    ABROAD = "abroad", _("Abroad")
    RETURN = "return", _("On the way back")
    REINTEGRATE = "reintegrate", _("At home again")


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide in a list. `language` is empty unless it is lent from another one."""

    href: str
    title: str
    lead: str
    stage: str
    way: str
    is_past_check: bool
    language: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The guides that fit, and the ways to narrow them."""

    cards: Sequence[GuideCard]
    stages: Sequence[Choice]
    countries: Sequence[Choice]
    stage: str
    is_filtered: bool


class GuideIndexPage(Branch):
    """Guides in the order of the way, by stage and by country."""

    section = "guides"
    subpage_types = ["cms.GuidePage"]
    template = "cms/guide_index_page.html"

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guides that the address asks for."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["listing"] = listing(self.locale.language_code, request.GET, on=timezone.localdate())
        return context

    def answers(self, context: Mapping[str, Any]) -> Mapping[str, str]:
        """Return the stage and the country."""
        listing = context["listing"]
        return {"stage": listing.stage, "country": chosen(listing.countries)}


class GuidePage(Written, Page):
    """What to do, in one language, for one stage of the way and one pair of countries."""

    section = "guides"
    lead = models.CharField(_("lead"), max_length=300, help_text=_("Who it helps, with what, in one sentence."))
    stage = models.CharField(_("stage"), max_length=11, choices=Stage.choices)
    country_from = models.CharField(
        _("from country"), max_length=2, blank=True, choices=countries.choices, help_text=_("Empty means: any country.")
    )
    country_to = models.CharField(
        _("to country"), max_length=2, blank=True, choices=countries.choices, help_text=_("Empty means: any country.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"))
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    checked_on = models.DateField(_("last checked"), help_text=_("The day on which all of it was found to be true."))
    checked_by = models.CharField(
        _("checked by"), max_length=150, help_text=_("Name and office, as readers are to see them.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("stage"), FieldRowPanel([FieldPanel("country_from"), FieldPanel("country_to")])],
            heading=_("For whom"),
        ),
        FieldPanel("body"),
        FieldPanel("sources"),
        FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")], heading=_("Last check")),
    ]
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    template = "cms/guide_page.html"

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="guide_is_of_a_known_stage"),
            models.CheckConstraint(
                condition=Q(country_from="") | ~Q(country_from=F("country_to")),
                name="guide_leads_to_another_country",
                violation_error_message=_("The way of a guide leads to another country than it comes from."),
            ),
        ]

    def clean(self) -> None:
        """Refuse a check on a day that has not come."""
        super().clean()
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way in words, and whether the last check holds no more."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["way"] = way(self.country_from, self.country_to)
        context["past_check_days"] = CHECK_HOLDS.days if is_past_check(self, on=timezone.localdate()) else 0
        return context

    def picture(self) -> str:
        """Return the card of the guide; one that is previewed before it has an address shows that of the site."""
        return reverse("guide-card", args=[self.slug]) if self.slug else super().picture()

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the page with its last check."""
        return writings.checked(self, path=self.address(), on=self.checked_on, by=self.checked_by)


def listing(code: str, asked: QueryDict, *, on: date) -> Listing:
    """Return the guides that readers of the language `code` asked for. One query; what is no filter of ours is not asked."""
    guides = list(readable(code))
    stage = asked.get("stage", "") if asked.get("stage") in Stage.values else ""
    used = {each for guide in guides for each in abroad(guide)}
    country = asked.get("country", "") if asked.get("country") in used else ""
    fitting = [guide for guide in guides if stage in {"", guide.stage} and fits(guide, country)]
    return Listing(
        cards=[_card(guide, code, on=on) for guide in sorted(fitting, key=_place)],
        stages=_stages(stage, country),
        countries=_countries(used, stage, country),
        stage=stage,
        is_filtered=bool(stage or country),
    )


def readable(code: str) -> Sequence[GuidePage]:
    """Return each guide once, in the language `code` or the next best it exists in, without its body."""
    found: Sequence[GuidePage] = once(GuidePage.objects.defer("body", "sources"), code)
    return found


def abroad(guide: GuidePage) -> set[str]:
    """Return the countries abroad that a guide names."""
    return {guide.country_from, guide.country_to} - {"", countries.HOME}


def fits(guide: GuidePage, country: str) -> bool:
    """Say whether a guide is of use to whom `country` concerns: it names it, or none abroad. Every guide fits nothing."""
    named = abroad(guide)
    return not country or not named or country in named


def is_past_check(guide: GuidePage, *, on: date) -> bool:
    """Say whether the last check is so long ago that it holds no more on the day."""
    return guide.checked_on < oldest_check(on)


def oldest_check(on: date) -> date:
    """Return the earliest day whose check still holds on the day `on`."""
    return on - CHECK_HOLDS


def way(start: str, end: str) -> str:
    """Return a pair of countries in words; nothing where it is any."""
    return (
        " → ".join(countries.name(code) if code else str(_("any country")) for code in (start, end))
        if start or end
        else ""
    )


def _card(guide: GuidePage, code: str, *, on: date) -> GuideCard:
    return GuideCard(
        href=path_of(code, guide.url_path),
        title=guide.title,
        lead=guide.lead,
        stage=guide.get_stage_display(),
        way=way(guide.country_from, guide.country_to),
        is_past_check=is_past_check(guide, on=on),
        language=lent_from(guide, code),
    )


def _place(guide: GuidePage) -> tuple[int, Any]:
    return Stage.values.index(guide.stage), sorting.key(guide.title)


def _stages(stage: str, country: str) -> list[Choice]:
    every = Choice("", str(_("The whole way")), asking(country=country), not stage)
    return [every, *(Choice(value, str(label), asking(stage=value, country=country), value == stage)
                     for value, label in Stage.choices)]  # fmt: skip


def _countries(used: set[str], stage: str, country: str) -> list[Choice]:
    named = sorted(((countries.name(code), code) for code in used), key=lambda each: sorting.key(each[0]))
    return [Choice(code, label, asking(stage=stage, country=code), code == country) for label, code in named]
