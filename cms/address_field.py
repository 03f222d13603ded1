"""The address of a page, written by the browser while an editor types the title, and by us where no script runs.

Two pages of one title stand side by side: the second is numbered.
"""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page

from ashar.web import slugs

LONGEST = 255  # as long as the column
FORMATTERS = [(f"[{letter}{letter.upper()}]", latin) for letter, latin in slugs.letters().items()]


class AddressInput(SlugInput):
    """Wagtail's field, which writes Kyrgyz letters in Latin as `slugs.slug` does: Ысык-Көл → ysyk-kol."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, formatters=FORMATTERS)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ANN401 - Django's signature
        """Return what the editor wrote, or, where that is nothing, what the browser would have made of the title."""
        return super().value_from_datadict(data, files, name) or slugs.slug(data.get("title", ""))


def number_used_ones() -> None:
    """Let every form of a page give one that is called as another beside it the next free address: roof-2, roof-3."""
    WagtailAdminPageForm.clean_slug = _free


def _free(form: WagtailAdminPageForm) -> str:
    """Return the address of the form, with a number where it wrote itself and is used. What an editor chose is told to be used.

    The form goes on writing it without the number; a page that has one keeps it.
    """
    written = str(form.cleaned_data["slug"])
    title = form.data.get(form.add_prefix("title"), "")
    by_itself = {slugs.slug(title), slugs.slug(title, longest=LONGEST)}  # the browser cuts nothing
    if not written or written not in by_itself or form.parent_page is None:
        return written
    address, number = written, 1
    while not Page._slug_is_available(address, form.parent_page, form.instance):  # noqa: SLF001 - as Wagtail's form asks
        number += 1
        address = f"{written}-{number}"
    return address
