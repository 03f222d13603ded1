"""A box that stands out."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CalloutBlock(blocks.StructBlock):
    """Something a reader must not miss."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("success", _("Good news")), ("warning", _("Take care"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=100)
    text = blocks.TextBlock(label=_("Text"), max_length=600)

    class Meta:
        template = "cms/blocks/callout.html"
        icon = "warning"
        label = _("Callout")
