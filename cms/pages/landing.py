"""Free pages: whatever editors want to tell under an address of one word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import resolve
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar import language
from ashar.web.heads import Thing
from cms.blocks.story import StoryBlock
from cms.blocks.way import WayBlock, leads_to
from cms.found import writings
from cms.pages import described
from cms.pages.described import Described, DescribedForm
from cms.pages.written import Written

MOST_WAYS = 4


@dataclass(frozen=True, slots=True)
class Way:
    """A button and where it leads."""

    label: str
    href: str


class LandingPage(Written, Described, Page):
    """A lead, a picture, a story, and where to go on from there."""

    lead = models.CharField(_("lead"), max_length=300)
    ways = StreamField([("way", WayBlock())], verbose_name=_("buttons"), blank=True, max_num=MOST_WAYS)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    base_form_class = DescribedForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        described.panel(),
        FieldPanel("ways"),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/landing_page.html"

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")

    def clean(self) -> None:
        """Refuse an address at which the site itself has something else."""
        super().clean()
        if self.slug and resolve(f"/{language.current()}/{self.slug}/").url_name != "wagtail_serve":
            raise ValidationError({"slug": _("The site itself uses this address. Choose another one.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the buttons that lead somewhere."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        ways = [Way(block.value["label"], leads_to(block.value)) for block in self.ways]
        context["ways"] = [way for way in ways if way.href]
        return context

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the page."""
        return writings.page(self, path=self.address())
