"""Where a reader can go on: a page of ours or another site."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar import language
from cms.found.pages import path_of


class WayBlock(blocks.StructBlock):
    """A button and where it leads."""

    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page it leads to"), required=False)
    address = blocks.URLBlock(label=_("or address it leads to"), required=False)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - a struct of Wagtail
        """Refuse a button that leads nowhere, but in a draft."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["page"] and not cleaned["address"]:
            nowhere = ValidationError(_("Choose a page or write an address."))
            raise blocks.StructBlockValidationError(block_errors={"page": nowhere})
        return cleaned

    class Meta:
        icon = "arrow-right"
        label = _("Button")


def leads_to(told: Any) -> str:  # noqa: ANN401 - a struct value with a `page` and an `address`
    """Return where it leads: a page of the reader's own language, which may be lent there, or another site, or nowhere."""
    page = told["page"]
    own = path_of(language.current(), page.url_path) if page and page.live else ""
    return own or told["address"] or ""
