"""Several pictures side by side."""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model

from cms import renditions
from cms.blocks.picture import PictureBlock


class GalleryBlock(blocks.StructBlock):
    """Pictures that belong together, each with words of its own."""

    title = blocks.CharBlock(label=_("What the pictures have in common"), required=False, max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        template = "cms/blocks/gallery.html"
        icon = "image"
        label = _("Gallery")

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add what is ready of all pictures, where nobody has for the whole page. One query at most, however many there are."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        kind = get_image_model().get_rendition_model()
        ready = kind.objects.filter(filter_spec__in=[each.spec for each in renditions.WHOLE])
        shown = [row["picture"] for row in value["pictures"] if row["picture"]]
        images = [image for image in shown if not hasattr(image, "prefetched_renditions")]
        prefetch_related_objects(images, Prefetch("renditions", queryset=ready, to_attr="prefetched_renditions"))
        return context
