"""What has been written in one language and not, or not since it changed, in another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from wagtail.models import Page
from wagtail_localize.models import Translation

from ashar import language
from cms.editing import whole
from cms.found.pages import is_closed
from cms.pages.written import Written

PUBLISHED = "published_in_{}"  # the column that says when the page went out last in one language
WANTING = "wanting_in_{}"  # the column that says whether texts of it wait there for their translation
STOPPED = "stopped_in_{}"  # the column that says whether somebody decided that it follows its source no more


@dataclass(frozen=True, slots=True)
class Gaps:
    """The languages in which a page is missing, and those in which it is older than its original or lacks words of it.

    What was stopped is never outdated; where it never went out it is `stopped` and missing.
    """

    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    stopped: tuple[str, ...] = ()


def behind(code: str = "") -> QuerySet[Page]:
    """Return open written pages, each in the language it was first published in, that are missing or outdated in another.

    With `code` those alone that are so in this language. The pages know what `gaps` reads; what was changed last stands first.
    """
    codes = (code,) if code else language.LANGUAGES
    lacking = Q()
    for each in codes:
        column = PUBLISHED.format(each)
        older = Q(**{f"{column}__lt": F("last_published_at"), STOPPED.format(each): False})
        lacking |= Q(**{f"{column}__isnull": True}) | older
        lacking |= Q(**{WANTING.format(each): True}) & ~Q(locale__language_code=each)
    return _originals().filter(lacking).order_by("-last_published_at", "pk")


def gaps(page: Any) -> Gaps:  # noqa: ANN401 - a page with the columns of `behind`
    """Return where `page`, one of `behind`, is missing or outdated. No query."""
    went_out: dict[str, datetime | None] = {
        code: getattr(page, PUBLISHED.format(code)) for code in language.LANGUAGES if code != page.locale.language_code
    }
    missing = tuple(code for code, at in went_out.items() if at is None)
    stopped = {code for code in went_out if getattr(page, STOPPED.format(code))}
    return Gaps(
        missing=missing,
        outdated=tuple(
            code
            for code, at in went_out.items()
            if at is not None
            and code not in stopped
            and (at < page.last_published_at or getattr(page, WANTING.format(code)))
        ),
        stopped=tuple(code for code in missing if code in stopped),
    )


def versions(pages: Iterable[Page]) -> dict[tuple[Any, str], Page]:
    """Return (translation key, language code) → the version of a page in that language, a draft among them. One query."""
    keys = [page.translation_key for page in pages]
    found = Page.objects.filter(translation_key__in=keys).select_related("locale", "content_type")
    return {(page.translation_key, page.locale.language_code): page for page in found}


def kinds(known: type = Written) -> Iterable[type[Page]]:
    """Yield the page types whose words are written for each language."""
    below: list[Any] = known.__subclasses__()
    for kind in below:
        if hasattr(kind, "_meta") and not kind._meta.abstract:  # noqa: SLF001 - Django's documented `_meta`
            yield kind
        yield from kinds(kind)


def states() -> dict[str, Exists]:
    """Return the columns that say of a page or a snippet in which languages texts of it wait, and in which it was stopped."""
    of_it = Q(source__object_id=OuterRef("translation_key"))
    left = Translation.objects.filter(of_it, enabled=False)
    waiting = {WANTING.format(code): Exists(whole.wanting(code).filter(of_it)) for code in language.LANGUAGES}
    stopped = {
        STOPPED.format(code): Exists(left.filter(target_locale__language_code=code)) for code in language.LANGUAGES
    }
    return waiting | stopped


def _originals() -> QuerySet[Page]:
    """Return the open written pages that were published before their twins, with when each twin went out last and whether it is whole.

    What the translators' tool made of an open page is no original, though it may have gone out before that page.
    """
    open_now = Page.objects.live().exclude(is_closed())
    written_first = open_now.filter(translation_key=OuterRef("source__object_id"), locale=OuterRef("source__locale"))
    made = Translation.objects.filter(
        Exists(written_first),
        enabled=True,
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale"),
    )
    twins = open_now.filter(translation_key=OuterRef("translation_key"))
    earlier = Q(first_published_at__lt=OuterRef("first_published_at")) | Q(
        first_published_at=OuterRef("first_published_at"), pk__lt=OuterRef("pk")
    )
    went_out = {
        PUBLISHED.format(code): Subquery(twins.filter(locale__language_code=code).values("last_published_at")[:1])
        for code in language.LANGUAGES
    }
    written = open_now.type(*dict.fromkeys(kinds())).filter(last_published_at__isnull=False)
    before = twins.filter(earlier).filter(~Exists(made))
    first = written.filter(~Exists(made), ~Exists(before)).select_related("locale", "content_type")
    return first.annotate(**went_out, **states())
