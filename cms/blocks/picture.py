"""One picture with its words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is told in words unless it is mere decoration."""

    picture = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    credit = blocks.CharBlock(label=_("Who made the picture"), required=False, max_length=100)

    class Meta:
        template = "cms/blocks/picture.html"
        icon = "image"
        label = _("Picture")
