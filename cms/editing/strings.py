"""A translated text is held to what its field allows, wherever it was written: side by side or in a catalogue.

The translators' tool keeps a text that is refused, says why beside it, and publishes nothing of it.
"""

import re
from functools import wraps
from typing import Any, TypeAlias

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationContext, TranslationSource
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.strings import StringValue

from ashar.web import slugs
from cms.blocks import pasted
from cms.pages.addressed import LONGEST, WRITE_LATIN

LINE_END = re.compile(r"\r?\n")
Holder: TypeAlias = "blocks.Block | models.Field[Any, Any] | None"


def is_written(instance: StringTranslation, *, raw: bool = False, update_fields: Any = None, **_facts: Any) -> None:  # noqa: ANN401 - a signal
    """Look at a text before it is kept: a slug is written in Latin letters, what no field would take is marked as a mistake.

    Where a field has lines, the ends of those that were typed are kept as the tool writes them.
    """
    unchanged = update_fields is not None and "data" not in update_fields
    if raw or unchanged or instance.context is None or not instance.data.strip():
        return
    holder = _holder(instance.context)
    try:
        if instance.context.path == "slug":
            instance.data = _address(instance.data)
        elif isinstance(holder, pasted.PastedTableBlock):
            check = pasted.check_cell if pasted.CELL.search(instance.context.path) else holder.clean
            check(_plain(instance.data))
        else:
            if has_plain_lines(holder):
                instance.data = "<br/>".join(LINE_END.split(instance.data.strip()))
            if isinstance(holder, blocks.CharBlock | blocks.TextBlock):
                holder.clean(_plain(instance.data))
    except ValidationError as error:
        instance.has_error, instance.field_error = True, error.messages[0]


def let_what_is_absent_be_nothing() -> None:
    """Let a text or a picture that a block has never held, because it was given the field later, be nothing to translate.

    The tool reads it as None, and fails.
    """
    read = StreamFieldSegmentExtractor.handle_block
    kinds = (blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock, ImageBlock)

    @wraps(read)
    def handle_block(
        extractor: StreamFieldSegmentExtractor,
        block: blocks.Block,
        value: Any,  # noqa: ANN401 - a block's own
        raw_value: Any = None,  # noqa: ANN401 - likewise
    ) -> list[Any]:
        is_absent = value is None and isinstance(block, kinds)
        found: list[Any] = [] if is_absent else read(extractor, block, value, raw_value=raw_value)
        return found

    StreamFieldSegmentExtractor.handle_block = handle_block


def taking_lines(translation: Translation) -> list[StringSegment]:
    """Return the texts of `translation` in which lines end: plain ones of several lines, and rich ones. One query beside its source."""
    model = translation.source.specific_content_type.model_class()
    texts = translation.source.stringsegment_set.select_related("context").order_by("order")
    return [each for each in texts if _takes_lines(each.context, _held_by(model, each.context))]


def has_plain_lines(holder: Holder) -> bool:
    """Tell whether what `holder` holds is plain text of several lines."""
    return isinstance(holder, blocks.TextBlock | models.TextField) and not isinstance(holder, RichTextField)


def _takes_lines(context: TranslationContext, holder: Holder) -> bool:
    is_cell = isinstance(holder, pasted.PastedTableBlock) and pasted.CELL.search(context.path)
    is_rich = isinstance(holder, blocks.RichTextBlock | RichTextField)
    return not is_cell and (is_rich or has_plain_lines(holder))


def _address(words: str) -> str:
    """Return the slug that is meant by `words`. Raises `ValidationError` where nothing is left of them."""
    address = slugs.slug(StringValue(words).render_text(), longest=LONGEST)
    if not address:
        raise ValidationError(WRITE_LATIN, code="invalid")
    return address


def _plain(data: str) -> str:
    text: str = StringValue(data).render_text()
    return text


def _holder(context: TranslationContext) -> Holder:
    """Return what holds the text: a field of its page, or a block in it."""
    source = TranslationSource.objects.filter(object_id=context.object_id).first()
    return _held_by(source.specific_content_type.model_class(), context) if source else None


def _held_by(model: type[models.Model], context: TranslationContext) -> Holder:
    """Return the same of a page or a snippet whose kind is known. No query."""
    name, *names = context.field_path.split(".")
    try:
        field = model._meta.get_field(name)  # noqa: SLF001 - Django's documented `_meta`
    except FieldDoesNotExist:
        return None
    return _within(field.stream_block, names) if isinstance(field, StreamField) else field


def _within(block: blocks.Block | None, names: list[str]) -> blocks.Block | None:
    for name in names:
        if block is not None:
            block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(name)
    return block
