"""What a page holds, as it is stored: every field and every block down to the last one, without a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

OF_ANY_PAGE = ("title", "search_description")  # the fields of Wagtail's own page that readers meet


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a page: the field or block that holds it, the value as it is stored, and the labels that lead to it."""

    holder: Any
    stored: Any
    where: tuple[str, ...]

    @property
    def words(self) -> str:
        """What a reader reads of it; nothing where it holds no words of its own."""
        if isinstance(self.holder, blocks.RichTextBlock):
            apart = str(self.stored or "").replace("</", " </")
            return " ".join(unescape(strip_tags(apart)).split())
        told = isinstance(self.holder, models.CharField | models.TextField | blocks.CharBlock | blocks.TextBlock)
        return str(self.stored or "") if told else ""


def parts(page: Page) -> Iterator[Part]:
    """Yield what `page` holds in the order of its fields, a block before what is inside it."""
    for field in page._meta.get_fields():  # noqa: SLF001 - Django's documented `_meta`
        if isinstance(field, StreamField):
            stored = getattr(page, field.name).get_prep_value()
            yield from _inside(field.stream_block, stored, (str(field.verbose_name),))
        elif _is_read(field):
            yield Part(field, getattr(page, field.name), (str(field.verbose_name),))


def _is_read(field: Any) -> bool:  # noqa: ANN401 - a field or a relation
    """Say whether readers meet the words of `field`."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices:
        return False
    return field.model is not Page or field.name in OF_ANY_PAGE


def _inside(block: Any, stored: Any, where: tuple[str, ...]) -> Iterator[Part]:  # noqa: ANN401 - whatever a block holds
    yield Part(block, stored, where)
    for child, value in _children(block, stored):
        yield from _inside(child, value, (*where, str(child.label)) if child.label else where)


def _children(block: Any, stored: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - likewise
    """Yield the blocks right inside `block`, each with its value. A picture is one thing, with its alternative text."""
    if isinstance(block, blocks.BaseStreamBlock):
        for row in stored or ():
            if row["type"] in block.child_blocks:
                yield block.child_blocks[row["type"]], row["value"]
    elif isinstance(block, blocks.ListBlock):
        for row in stored or ():
            is_row = isinstance(row, dict) and row.keys() >= {"type", "value"}
            yield block.child_block, row["value"] if is_row else row
    elif isinstance(block, blocks.BaseStructBlock) and not isinstance(block, ImageBlock):
        yield from ((child, (stored or {}).get(name)) for name, child in block.child_blocks.items())
