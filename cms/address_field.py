"""The address of a page, written by the browser while an editor types the title."""

from typing import Any

from wagtail.admin.widgets import SlugInput

from ashar.web import slugs

FORMATTERS = [(f"[{letter}{letter.upper()}]", latin) for letter, latin in slugs.letters().items()]


class AddressInput(SlugInput):
    """Wagtail's field, which writes Kyrgyz letters in Latin as `slugs.slug` does: Ысык-Көл → ysyk-kol."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, formatters=FORMATTERS)
