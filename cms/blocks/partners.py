"""Who works with us."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, spoken


class PartnersBlock(blocks.StructBlock):
    """Some of our partners."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    partners = blocks.ListBlock(
        SpokenChooserBlock("cms.Partner", label=_("Partner")), label=_("Partners"), min_num=1, max_num=20
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the partners as readers see them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["partners"] = spoken(value["partners"])
        return context

    class Meta:
        template = "cms/blocks/partners.html"
        icon = "group"
        label = _("Partners")
