"""Contacts that are written once for many pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, spoken


class KnownContactsBlock(blocks.StructBlock):
    """Some of the contacts that we keep."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    contacts = blocks.ListBlock(
        SpokenChooserBlock("cms.Contact", label=_("Contact")), label=_("Contacts"), min_num=1, max_num=20
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the contacts as readers see them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["contacts"] = spoken(value["contacts"])
        return context

    class Meta:
        template = "cms/blocks/known_contacts.html"
        icon = "mail"
        label = _("Contacts that we keep")
