"""People whom the pages speak of, or who answer for something."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks.story import StoryBlock
from cms.found.pages import Found
from cms.pages.kept import Kept
from cms.pages.written import Written, public


class PersonIndexPage(Found, Kept, Page):
    """Everybody who has a page, by name."""

    lead = models.CharField(_("lead"), max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PersonPage"]
    max_count_per_parent = 1
    template = "cms/person_index_page.html"

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the people."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["people"] = public(PersonPage.objects.child_of(self)).order_by("title")
        return context


class PersonPage(Written, Page):
    """One person, as they agreed to be shown. The title is the name, as they write it."""

    role = models.CharField(_("what they do"), max_length=150)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("role"), FieldPanel("body")]
    parent_page_types = ["cms.PersonIndexPage"]
    subpage_types: list[str] = []
    template = "cms/person_page.html"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
