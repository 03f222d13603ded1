"""Figures that are written once for many pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, SpokenListBlock


class KnownFiguresBlock(SpokenListBlock):
    """Some of the figures that we keep."""

    chosen = "figures"

    figures = blocks.ListBlock(
        SpokenChooserBlock("cms.Figure", label=_("Figure")), label=_("Figures"), min_num=1, max_num=12
    )

    class Meta:
        template = "cms/blocks/known_figures.html"
        icon = "order"
        label = _("Figures that we keep")
