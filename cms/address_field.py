"""The address of a page, written by the browser while an editor types the title, and by us where no script runs."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.widgets import SlugInput

from ashar.web import slugs

FORMATTERS = [(f"[{letter}{letter.upper()}]", latin) for letter, latin in slugs.letters().items()]


class AddressInput(SlugInput):
    """Wagtail's field, which writes Kyrgyz letters in Latin as `slugs.slug` does: Ысык-Көл → ysyk-kol."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, formatters=FORMATTERS)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ANN401 - Django's signature
        """Return what the editor wrote, or, where that is nothing, what the browser would have made of the title."""
        return super().value_from_datadict(data, files, name) or slugs.slug(data.get("title", ""))
