"""Questions that are asked again and again, each with an address of its own."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar.web.heads import Thing
from cms.blocks import questions
from cms.blocks.questions import QuestionsBlock
from cms.found import writings
from cms.pages.single import Single


class FaqPage(Single, Page):
    """Questions in groups, closed until somebody opens one."""

    lead = models.CharField(_("lead"), max_length=300)
    groups = StreamField([("group", QuestionsBlock())], verbose_name=_("questions"), blank=True)

    told = "groups"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("groups")]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "cms/faq_page.html"

    class Meta:
        verbose_name = _("page of questions")
        verbose_name_plural = _("pages of questions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the questions."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["groups"] = questions.groups(context["spoken"].groups)
        return context

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the questions with their answers."""
        asked = [each for group in context["groups"] for each in group.questions]
        return writings.questions(context["spoken"], path=context["spoken"].address(), asked=asked)
