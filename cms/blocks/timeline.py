"""What happened when."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class MomentBlock(blocks.StructBlock):
    """One day and what happened on it."""

    on = blocks.DateBlock(label=_("Day"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=400)

    class Meta:
        icon = "date"
        label = _("Day")


class TimelineBlock(blocks.StructBlock):
    """Days in a row."""

    rows = blocks.ListBlock(MomentBlock(), label=_("Days"), min_num=2)

    class Meta:
        template = "cms/blocks/timeline.html"
        icon = "history"
        label = _("Timeline")
