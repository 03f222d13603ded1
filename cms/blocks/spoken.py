"""Choosing snippets, which speak the language of the reader."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from ashar import language
from cms.snippets.snippet import Snippet, with_translations


class SpokenChooserBlock(SnippetChooserBlock):
    """Chooses a snippet, which comes with its translations in the one query that finds it."""

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Any]:
        """Return the snippets in the order of `values`, nothing for one that is gone."""
        found = {row.pk: row for row in with_translations(self.model_class, values)} if any(values) else {}
        return [found.get(value) for value in values]


def spoken(chosen: Iterable[Snippet | None]) -> list[Snippet]:
    """Return what readers of the active language see of the chosen snippets: each once, and none that is not out."""
    said = [snippet.spoken(language.current()) for snippet in chosen if snippet]
    return list({each.pk: each for each in said if each}.values())


class SpokenListBlock(blocks.StructBlock):
    """A heading and chosen snippets; a subclass names them after what they are, as its template does."""

    chosen = ""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a struct of Wagtail
        """Add the snippets as readers see them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {self.chosen: spoken(value[self.chosen])}
