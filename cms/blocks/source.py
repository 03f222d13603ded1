"""Where a claim comes from."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SourceBlock(blocks.StructBlock):
    """Where a claim comes from."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    address = blocks.URLBlock(label=_("Address"), required=False)
    on = blocks.DateBlock(label=_("Day"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")
