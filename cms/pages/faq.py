"""Questions that are asked again and again, each with an address of its own."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ashar.web.heads import Thing
from cms.blocks import questions
from cms.blocks.questions import QuestionsBlock
from cms.found import writings
from cms.pages.single import Single


class FaqPage(Single):
    """Questions in groups, closed until somebody opens one."""

    groups = StreamField([("group", QuestionsBlock())], verbose_name=_("questions"), blank=True)

    told = "groups"
    content_panels = [*Single.content_panels, FieldPanel("groups")]
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
