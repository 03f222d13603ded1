"""Cards of what the site itself holds, live."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from diaspora import queries
from diaspora.models import Association
from diaspora.queries.projects import cards_of
from diaspora.states import ProjectState
from grants import queries as calls
from grants.models import Call

MOST = 6


class ProjectChooserBlock(blocks.PageChooserBlock):
    """Chooses pages of projects, which come with what cards show in the one query that finds them."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        """Return the pages in the order of `values`, nothing for one that is gone."""
        found = self.model_class.with_relations().in_bulk([value for value in values if value])
        return [found.get(value) for value in values]

    def deconstruct(self) -> tuple[Any, Any, Any]:
        """Say what Wagtail's own says: the stored value is the same."""
        _name, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class ProjectCardsBlock(blocks.StructBlock):
    """Some projects with what they have and need at this moment."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(
        ProjectChooserBlock(page_type="cms.ProjectPage", label=_("Project")),
        label=_("Projects"),
        min_num=1,
        max_num=MOST,
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the cards, what ends first standing first; what is still a draft stays out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        projects = {page.project for page in value["pages"] if page and page.project.state != ProjectState.DRAFT}
        in_order = sorted(projects, key=attrgetter("closes_on", "slug"))
        context["cards"] = cards_of(in_order, at=timezone.now()) if in_order else []
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


class CallCardsBlock(blocks.StructBlock):
    """Some calls, with how long one may still apply."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="cms.CallPage", label=_("Call")),
        label=_("Calls"),
        min_num=1,
        max_num=MOST,
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the cards, the nearest deadline first; what was never announced stays out."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        chosen = Call.objects.filter(pages__in=[page.pk for page in value["pages"] if page]).exclude(published_at=None)
        context["cards"] = calls.cards_of(chosen.distinct().order_by("closes_at", "slug"), at=timezone.now())
        return context

    class Meta:
        template = "cms/blocks/call_cards.html"
        icon = "form"
        label = _("Calls")
