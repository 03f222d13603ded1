"""One picture with its words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class DescribedImageBlock(ImageBlock):
    """Wagtail's block of an image, whose first field says what it is in the editor's language too."""

    def __init__(self, **told: Any) -> None:
        """Make the block."""
        super().__init__(**told)
        self.child_blocks["image"].label = _("Picture")


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is told in words unless it is mere decoration."""

    picture = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    credit = blocks.CharBlock(label=_("Who made the picture"), required=False, max_length=100)

    class Meta:
        template = "cms/blocks/picture.html"
        icon = "image"
        label = _("Picture")
