"""One picture with its words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.models import AbstractImage

from cms import renditions

_loaded: ContextVar[Mapping[int, AbstractImage] | None] = ContextVar("pictures of the page being shown", default=None)


@contextmanager
def loaded(keys: Collection[int]) -> Iterator[None]:
    """Load the pictures with these keys at once, for every block that reads its own meanwhile."""
    before = _loaded.set(renditions.load(keys))
    try:
        yield
    finally:
        _loaded.reset(before)


class LoadedImageBlock(ImageChooserBlock):
    """Wagtail's choice of an image, which asks for none that the page has loaded."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[AbstractImage | None]:
        """Return the pictures with these keys, in their order."""
        known = _loaded.get()
        if known is None:
            return list(super().bulk_to_python(values))
        return [renditions.own(known[key]) if key and key in known else None for key in values]


class DescribedImageBlock(ImageBlock):
    """Wagtail's block of an image, whose first field says what it is in the editor's language too."""

    def __init__(self, **told: Any) -> None:
        """Make the block."""
        super().__init__(**told)
        choice = LoadedImageBlock(required=self.child_blocks["image"].required, label=_("Picture"))
        choice.set_name("image")
        self.child_blocks["image"] = choice


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is told in words unless it is mere decoration."""

    picture = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    credit = blocks.CharBlock(label=_("Who made the picture"), required=False, max_length=100)

    class Meta:
        template = "cms/blocks/picture.html"
        icon = "image"
        label = _("Picture")
