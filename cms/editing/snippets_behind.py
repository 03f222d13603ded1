"""Contacts, partners and figures that are missing or outdated in a language: pages there show another language's, or an older one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationSource

from ashar.language import LANGUAGES
from cms.editing import own_language, translated
from cms.editing.translated import STOPPED, WANTING, Gaps
from cms.snippets.snippet import Snippet


@dataclass(frozen=True, slots=True)
class Behind:
    """A public snippet in the language it was written in first, its version in each language, drafts among them, and what lacks."""

    source: Snippet
    versions: Mapping[str, Snippet]
    gaps: Gaps

    @property
    def lacking(self) -> tuple[str, ...]:
        """The languages in which somebody has something to do."""
        return (*self.gaps.outdated, *self.gaps.missing)

    def mended_at(self, own: Collection[str], code: str = "", *, hands_on: bool = False) -> str:
        """Return where one mends it who writes the languages `own`, in the language `code` first, and may hand on; else nothing."""
        codes = [each for each in self.lacking if each == code] or self.lacking
        begun = [self.versions[each] for each in codes if each in own and each in self.versions]
        if begun:
            return _form(begun[0])
        if hands_on and any(each not in self.versions for each in codes):
            meta = self.source._meta  # noqa: SLF001 - Django's documented `_meta`
            told = [meta.app_label, meta.model_name, self.source.pk]
            return reverse("wagtail_localize:submit_snippet_translation", args=told)
        return _form(self.source) if self.source.locale.language_code in own else ""


@dataclass(frozen=True, slots=True)
class Line:
    """The same as the report says it."""

    title: str
    language: str
    written_in: str
    missing_in: str
    outdated_in: str
    last_published_at: Any
    href: str


def behind(code: str = "") -> list[Behind]:
    """Return the public snippets that are missing or outdated in another language, with `code` in this one. One query for each kind."""
    found = (
        _behind(list(rows))
        for kind in Snippet.kinds()
        for _key, rows in groupby(_rows(kind), attrgetter("translation_key"))
    )
    return [each for each in found if each and each.lacking and (not code or code in each.lacking)]


def lines(person: Any, code: str = "") -> Iterator[Line]:  # noqa: ANN401 - whoever asks
    """Yield what the report says to `person` of each of `behind`, in the active language."""
    names, own = dict(settings.LANGUAGES), own_language.languages_of(person)
    hands_on = person.has_perm("wagtail_localize.submit_translation")
    for each in behind(code):
        language = each.source.locale.language_code
        yield Line(
            title=str(each.source),
            language=language,
            written_in=names[language],
            missing_in=", ".join(_missing(each, lacking) for lacking in each.gaps.missing),
            outdated_in=", ".join(names[lacking] for lacking in each.gaps.outdated),
            last_published_at=each.source.last_published_at,
            href=each.mended_at(own, code, hands_on=hands_on),
        )


def _missing(each: Behind, code: str) -> str:
    name = {"language": dict(settings.LANGUAGES)[code]}
    if code in each.gaps.stopped:
        return _("%(language)s (stopped)") % name
    return _("%(language)s (draft)") % name if code in each.versions else str(name["language"])


def _form(row: Snippet) -> str:
    return reverse(type(row).snippet_viewset.get_url_name("edit"), args=[row.pk])


def _rows(kind: type[Snippet]) -> Any:  # noqa: ANN401 - a queryset with columns of its own
    """Return all of a kind, those of one key together: what was handed on first, and then the oldest."""
    sources = TranslationSource.objects.filter(object_id=OuterRef("translation_key"), locale=OuterRef("locale"))
    rows = kind.objects.select_related("locale").annotate(
        was_handed_on=Exists(sources.filter(translations__enabled=True)), **translated.states()
    )
    return rows.order_by("translation_key", "-was_handed_on", "pk")


def _behind(rows: Sequence[Any]) -> Behind | None:
    """Return what lacks of the versions `rows`; nothing where none is public."""
    source = next((row for row in rows if row.live), None)
    if source is None:
        return None
    versions = {row.locale.language_code: row for row in rows}
    others = [code for code in LANGUAGES if code != source.locale.language_code]
    out = [code for code in others if code in versions and versions[code].live]
    stopped = [code for code in others if getattr(source, STOPPED.format(code))]
    missing = tuple(code for code in others if code not in out)
    old = tuple(code for code in out if code not in stopped and _is_old(versions[code], source))
    return Behind(source, versions, Gaps(missing, old, tuple(code for code in missing if code in stopped)))


def _is_old(row: Any, source: Any) -> bool:  # noqa: ANN401 - snippets with the columns of `_rows`
    went_out, changed = row.last_published_at, source.last_published_at
    is_older = bool(went_out and changed and went_out < changed)
    return is_older or bool(getattr(source, WANTING.format(row.locale.language_code)))
