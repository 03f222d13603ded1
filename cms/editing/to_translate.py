"""Translations that were handed on wait for those who translate into their language, until they are whole and out."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms.editing import whole
from cms.editing.lines import Line, line


def handed_on() -> QuerySet[Page]:
    """Return the pages that the translators' tool made and that follow their source."""
    followed = Translation.objects.filter(
        enabled=True, source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale")
    )
    spoken_in = Subquery(followed.values("source__locale")[:1])
    return Page.objects.filter(Exists(followed)).annotate(spoken_in=spoken_in)


def waiting(codes: Iterable[str]) -> QuerySet[Page]:
    """Return what waits for its translation into `codes` or to be published in them, the longest waiting first.

    Each knows whether it `wants` words, and when what it says went out in its source: `source_at`.
    """
    wanting = Q(pk__in=[])
    for code in codes:
        texts = whole.wanting(code).filter(source__object_id=OuterRef("translation_key"))
        wanting |= Q(Exists(texts), locale__language_code=code)
    source = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=OuterRef("spoken_in"))
    known = handed_on().annotate(
        wants=ExpressionWrapper(wanting, output_field=BooleanField()),
        source_at=Subquery(source.values("last_published_at")[:1]),
    )
    unseen = Q(live=False) | Q(last_published_at__lt=F("source_at"))
    lacking = Q(wants=True) | unseen & Q(latest_revision__approved_go_live_at__isnull=True)
    return known.filter(lacking, locale__language_code__in=codes).select_related("locale").order_by("source_at", "pk")


def translates_into(person: User) -> list[str]:
    """Return the languages into which `person` translates: those whose translators `handing_on` writes to. Two queries."""
    own = set(person.groups.values_list("name", flat=True))
    names = [*roles.EDITORS.values()]
    staffed = set(Group.objects.filter(name__in=names, user__is_active=True).values_list("name", flat=True))
    return [
        code
        for code in LANGUAGES
        if roles.EDITORS[code] in own or (roles.EDITOR in own and roles.EDITORS[code] not in staffed)
    ]


def lines(person: User, *, most: int) -> list[Line]:
    """Return the translations that wait for `person`. Three queries at most."""
    codes = translates_into(person)
    return [line(page, _what(page), page.source_at) for page in waiting(codes)[:most]] if codes else []


def _what(page: Page) -> str:
    return _("is to be translated") if page.wants else _("is translated and waits to be published")
