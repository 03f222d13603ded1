"""A film elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class VideoBlock(blocks.StructBlock):
    """A link to a video: nothing is asked of another site before the reader follows it."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    address = blocks.URLBlock(label=_("Address"))
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1, max_value=600)

    class Meta:
        template = "cms/blocks/video.html"
        icon = "media"
        label = _("Video link")
