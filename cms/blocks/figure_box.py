"""One number that matters."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.snippets.statistic import EARLIEST, LATEST


class FigureBoxBlock(blocks.StructBlock):
    """A figure with its year and where it comes from: without these it is a rumour."""

    figure = blocks.CharBlock(label=_("Figure"), max_length=30)
    what = blocks.CharBlock(label=_("What it counts"), max_length=200)
    year = blocks.IntegerBlock(label=_("Year"), min_value=EARLIEST, max_value=LATEST)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    address = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        template = "cms/blocks/figure_box.html"
        icon = "order"
        label = _("Figure")
