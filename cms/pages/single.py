"""Pages that stand once in each tree, planted empty: until one is written, readers see what the next best language says."""

from collections.abc import Mapping
from typing import Any, Self

from django.http import HttpRequest

from ashar import language
from ashar.web.heads import absolute
from cms.found.pages import is_closed, path_of
from cms.pages.branch import Branch
from cms.pages.written import lent_from


class Single(Branch):
    """A subclass names the field that holds what it says. One more query, for an empty page alone."""

    told = ""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page that is `spoken` and, where that is another one, the language it is in."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        spoken = self.spoken()
        code = self.locale.language_code
        context["spoken"], context["lent_from"] = spoken, lent_from(spoken, code)
        context["lent_to"] = code if context["lent_from"] else ""
        context["address"] = absolute(spoken.address())
        if context["lent_from"]:
            context["canonical_path"] = spoken.address()
        return context

    def spoken(self) -> Self:
        """Return this page, or the open translation that says something where this one says nothing yet."""
        if getattr(self, self.told):
            return self
        twins = type(self).objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        found: Mapping[str, Self] = {
            page.locale.language_code: page
            for page in twins.live().exclude(is_closed()).select_related("locale")
            if getattr(page, self.told)
        }
        return language.best(found, self.locale.language_code) or self

    def address(self) -> str:
        """Return the path of the page in its own language."""
        return path_of(self.locale.language_code, self.url_path)
