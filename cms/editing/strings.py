"""A translated text is held to what its field allows, wherever it was written: side by side or in a catalogue.

The translators' tool keeps a text that is refused, says why beside it, and publishes nothing of it.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource
from wagtail_localize.strings import StringValue

from ashar.web import slugs
from cms.blocks import chart, pasted
from cms.pages.addressed import LONGEST, WRITE_LATIN


def is_written(instance: StringTranslation, *, raw: bool = False, update_fields: Any = None, **_facts: Any) -> None:  # noqa: ANN401 - a signal
    """Look at a text before it is kept: a slug is written in Latin letters, what no field would take is marked as a mistake."""
    unchanged = update_fields is not None and "data" not in update_fields
    if raw or unchanged or instance.context is None or not instance.data.strip():
        return
    try:
        if instance.context.path == "slug":
            instance.data = _address(instance.data)
        else:
            _check(instance, _blocks(instance.context))
    except ValidationError as error:
        instance.has_error, instance.field_error = True, error.messages[0]


def _address(words: str) -> str:
    """Return the slug that is meant by `words`. Raises `ValidationError` where nothing is left of them."""
    address = slugs.slug(StringValue(words).render_text(), longest=LONGEST)
    if not address:
        raise ValidationError(WRITE_LATIN, code="invalid")
    return address


def _check(translated: StringTranslation, way: list[blocks.Block]) -> None:
    """Raise `ValidationError` where the block at the end of `way` would not take the text from an editor."""
    if not way or not isinstance(way[-1], blocks.CharBlock | blocks.TextBlock):
        return
    text = _plain(translated.data)
    way[-1].clean(text)
    if isinstance(way[-1], pasted.PastedTableBlock):
        cells = pasted.read(text)
        _check_shape(cells, pasted.read(_plain(translated.translation_of.data)))
        if isinstance(way[-2], chart.ChartBlock):
            chart.numbers(cells)


def _check_shape(cells: pasted.Cells, source: pasted.Cells) -> None:
    shape, wanted = ((len(each.rows) + 1, len(each.head)) for each in (cells, source))
    if shape != wanted:
        raise ValidationError(
            _("The table has %(rows)s rows and %(columns)s columns here, %(wanted_rows)s and %(wanted_columns)s there.")
            % {"rows": shape[0], "columns": shape[1], "wanted_rows": wanted[0], "wanted_columns": wanted[1]},
            code="shape",
        )


def _plain(data: str) -> str:
    text: str = StringValue(data).render_text()
    return text


def _blocks(context: TranslationContext) -> list[blocks.Block]:
    """Return the blocks that hold a text, from the body of its page inwards; none for what stands in a plain field."""
    source = TranslationSource.objects.filter(object_id=context.object_id).first()
    name, *names = context.field_path.split(".")
    try:
        field = source.specific_content_type.model_class()._meta.get_field(name) if source else None  # noqa: SLF001 - Django's documented `_meta`
    except FieldDoesNotExist:
        return []
    return _way(field.stream_block, names) if isinstance(field, StreamField) else []


def _way(block: blocks.Block, names: list[str]) -> list[blocks.Block]:
    way = [block]
    for name in names:
        inner = way[-1].child_block if isinstance(way[-1], blocks.ListBlock) else way[-1].child_blocks.get(name)
        if inner is None:
            return []
        way.append(inner)
    return way
