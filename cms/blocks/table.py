"""Facts in rows and columns."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import pasted


class TableBlock(blocks.StructBlock):
    """A table with a caption; on a phone each row becomes a card."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=150)
    cells = pasted.PastedTableBlock()
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the cells, or nothing where they are no table any more: one bad block takes no page with it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        try:
            context["cells"] = pasted.read(value["cells"])
        except ValidationError:
            context["cells"] = None
        return context

    class Meta:
        template = "cms/blocks/table.html"
        icon = "table"
        label = _("Table")
