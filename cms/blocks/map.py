"""A map of Kyrgyzstan by oblast."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from ashar.web import maps
from ashar.web.maps import Area, Figure
from cms import as_typed
from cms.blocks.way import leads_to

MOST = 999_999_999


def oblasts() -> list[tuple[str, Any]]:
    """Return the pieces of the map, by code, as an editor chooses among them."""
    return [(code, patch.name) for code, patch in maps.PATCHES.items()]


class MarkBlock(blocks.StructBlock):
    """A number on one piece of the map, and where it leads."""

    oblast = blocks.ChoiceBlock(label=_("Region or city"), choices=oblasts)
    number = blocks.IntegerBlock(label=pgettext_lazy("on the map", "Number"), min_value=0, max_value=MOST)
    page = blocks.PageChooserBlock(label=_("Page it leads to"), required=False)
    address = blocks.URLBlock(label=_("or address it leads to"), required=False)

    class Meta:
        icon = "site"
        label = _("Mark")


class MapBlock(blocks.StructBlock):
    """A map with a number on each oblast that has a mark; a list of the same numbers stands behind it."""

    title = blocks.CharBlock(label=_("What the numbers say"), max_length=150)
    marks = blocks.ListBlock(MarkBlock(), label=_("Marks"), min_num=1, max_num=len(maps.PATCHES))
    source = blocks.CharBlock(label=_("Source, with its year"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a struct of Wagtail
        """Refuse two marks on one piece: only one of them would be seen."""
        cleaned = super().clean(value)
        marked = [mark["oblast"] for mark in cleaned["marks"]]
        if len(set(marked)) < len(marked):
            raise blocks.StructBlockValidationError(
                block_errors={"marks": ValidationError(_("One region has two marks. Leave one of them."))}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the map."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["areas"] = areas(value["marks"])
        return context

    class Meta:
        template = "cms/blocks/map.html"
        icon = "site"
        label = _("Map")


def areas(marks: Any) -> list[Area]:  # noqa: ANN401 - a list of `MarkBlock`
    """Return the whole map; a piece without a mark has neither a number nor a link."""
    known = {
        mark["oblast"]: Figure(as_typed.number(mark["number"]), leads_to(mark))
        for mark in marks
        if mark["oblast"] in maps.PATCHES
    }
    return maps.areas({code: known.get(code, Figure(None, "")) for code in maps.PATCHES})
