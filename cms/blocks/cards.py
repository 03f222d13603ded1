"""Cards of what the site itself holds, live."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from diaspora import queries
from diaspora.models import Association, Project
from diaspora.states import ProjectState

MOST = 6


class ProjectCardsBlock(blocks.StructBlock):
    """Some projects with what they have and need at this moment."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="cms.ProjectPage", label=_("Project")),
        label=_("Projects"),
        min_num=1,
        max_num=MOST,
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the cards, what ends first standing first; what is still a draft stays out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        projects = Project.objects.filter(pages__in=chosen).exclude(state=ProjectState.DRAFT).distinct()
        context["cards"] = queries.project_cards(projects.order_by("closes_on", "slug"), at=timezone.now(), limit=MOST)
        return context

    class Meta:
        template = "cms/blocks/project_cards.html"
        icon = "pick"
        label = _("Projects")


class AssociationCardsBlock(blocks.StructBlock):
    """Some associations."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="cms.AssociationPage", label=_("Association")),
        label=_("Associations"),
        min_num=1,
        max_num=MOST,
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the cards."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        context["cards"] = queries.association_cards(Association.objects.filter(pages__in=chosen).distinct())
        return context

    class Meta:
        template = "cms/blocks/association_cards.html"
        icon = "group"
        label = _("Associations")
