"""Figures that are written once for many pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, spoken


class KnownFiguresBlock(blocks.StructBlock):
    """Some of the figures that we keep."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    figures = blocks.ListBlock(
        SpokenChooserBlock("cms.Figure", label=_("Figure")), label=_("Figures"), min_num=1, max_num=12
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the figures as readers see them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["figures"] = spoken(value["figures"])
        return context

    class Meta:
        template = "cms/blocks/known_figures.html"
        icon = "order"
        label = _("Figures that we keep")
