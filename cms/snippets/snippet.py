"""What every snippet is: written in one language at a time, kept as a draft, looked at before it goes out."""

from collections.abc import Iterable, Sequence
from typing import Any, Self, TypeVar

from django.db import models
from django.http import HttpRequest
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin

from ashar import language
from cms.framed import FramedPreview

S = TypeVar("S", bound="Snippet")


class Snippet(FramedPreview, PreviewableMixin, TranslatableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A subclass names the template that shows it, and the rows that this template reads beside it."""

    template = ""
    shown_with: Sequence[str] = ()
    in_languages: Sequence[Self] | None = None  # itself and its translations, where whoever fetched it fetched them too

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def kinds(cls) -> list[type["Snippet"]]:
        """Return every kind there is."""
        return cls.__subclasses__()

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002 - Wagtail's signature
        """Return the page that shows a snippet alone."""
        return "cms/snippets/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Add the template that shows it on pages."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return context | {"shown_by": self.template}

    def spoken(self, code: str) -> Self | None:
        """Return what readers of the language `code` see: this or a translation, in the best language that is out.

        No query for one that was chosen in a block; one for any other.
        """
        rows = self.in_languages if self.in_languages is not None else with_translations(type(self), [self.pk])
        out = {row.locale.language_code: row for row in rows if row.live}
        return language.best(out, code)


def with_translations(kind: type[S], keys: Iterable[Any]) -> list[S]:
    """Return the snippets with these keys and all their translations, in one query; each knows its `in_languages`."""
    chosen = kind.objects.filter(pk__in=[key for key in keys if key]).values("translation_key")
    rows = list(kind.objects.filter(translation_key__in=chosen).select_related("locale", *kind.shown_with))
    for row in rows:
        row.in_languages = [each for each in rows if each.translation_key == row.translation_key]
    return rows
