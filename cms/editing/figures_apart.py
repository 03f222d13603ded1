"""The report “Figures that differ between languages”: a number is kept for each language, and one of them was left behind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal  # noqa: TID251 - numbers as they are written, compared and never reckoned with
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail_localize.models import TranslationSource

from ashar.accounts.models import User
from cms.editing import doors, own_language, reports
from cms.models import Figure
from cms.snippets.statistic import DIGITS
from cms.staff.exporting import Exports, fact

NAME = "figures-apart"


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure of one language beside the one it was translated from, and in what they differ."""

    figure: Figure
    source: Figure
    what: tuple[Promise, ...]


def found() -> Iterator[Apart]:
    """Yield the public figures that differ from their public source in value, end of the range, year or unit. One query.

    Units are words, which a translation says anew; they differ where one of them is a sign alone, as % is.
    """
    sources: dict[Any, Figure] = {}
    for figure in _public_ones():
        source = sources.setdefault(figure.translation_key, figure)
        what = tuple(_differences(figure, source))
        if what:
            yield Apart(figure, source, what)


def mended_by(person: User, apart: Iterable[Apart]) -> QuerySet[Figure]:
    """Return the figures `apart` of the languages in which `person` writes snippets."""
    keys = [each.figure.pk for each in apart]
    return Figure.objects.filter(pk__in=keys, locale__language_code__in=own_language.languages_of(person))


def _public_ones() -> QuerySet[Figure]:
    """Return the public figures, of each translation key the source first: the one that was handed on, or else the oldest."""
    handed_on = TranslationSource.objects.filter(object_id=OuterRef("translation_key"), locale=OuterRef("locale"))
    public = Figure.objects.filter(live=True).select_related("locale").annotate(was_handed_on=Exists(handed_on))
    return public.order_by("translation_key", "-was_handed_on", "pk")


def _differences(figure: Figure, source: Figure) -> Iterator[Promise]:
    if _number(figure.value) != _number(source.value):
        yield _("value")
    if _number(figure.up_to) != _number(source.up_to):
        yield _("up to, in a range")
    if figure.year != source.year:
        yield _("year")
    if figure.unit != source.unit and not (_has_letters(figure.unit) and _has_letters(source.unit)):
        yield _("unit")


def _number(written: str) -> Decimal | str:
    """Return the number that was written: 5.50 is 5.5. What is none is compared as it stands."""
    return Decimal(written) if re.match(DIGITS, written) else written


def _has_letters(unit: str) -> bool:
    return any(sign.isalpha() for sign in unit)


class Filters(WagtailFilterSet):
    """By language, which Wagtail adds."""

    class Meta:
        model = Figure
        fields: list[str] = []


class FiguresApartReport(reports.OfEditors, Exports, ReportView):
    """The figures whose number is another than that of their source; each title leads to its form."""

    model = Figure
    page_title = _("Figures that differ between languages")
    header_icon = "order"
    any_permission_required = ["change"]
    filterset_class = Filters
    index_url_name = NAME
    index_results_url_name = f"{NAME}-results"
    default_ordering = ("measure", "pk")
    no_results_message = _("Every figure says the same in every language.")
    columns = [
        TitleColumn(
            "measure",
            label=_("what is measured"),
            get_url=lambda figure: reverse(Figure.snippet_viewset.get_url_name("edit"), args=[figure.pk]),
        ),
        Column("language", label=_("Language"), accessor="locale.get_display_name"),
        Column("here", label=_("In this language"), accessor="here"),
        Column("there", label=_("In its source"), accessor="there"),
        Column("differs", label=_("Differs in"), accessor="differs"),
    ]
    list_export = [
        fact("measure", _("what is measured")),
        fact("locale.language_code", _("Language")),
        fact("here", _("In this language")),
        fact("there", _("In its source")),
        fact("differs", _("Differs in")),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return what this person may mend."""
        return mended_by(self.request.user, self.apart.values()).select_related("locale")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:  # noqa: ANN401 - a page of figures
        """Say of each figure what it says, what its source says, and in what they differ."""
        for figure in object_list:
            told = self.apart[figure.pk]
            figure.here, figure.there = shown(told.figure), shown(told.source)
            figure.differs = ", ".join(str(word) for word in told.what)
        return object_list

    @cached_property
    def apart(self) -> dict[int, Apart]:
        """Keep what differs, of every language, by the key of the figure."""
        return {each.figure.pk: each for each in found()}


class FiguresItem(reports.ReportItem):
    """The line that leads there, for those who write snippets."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever may open the report: who publishes pages writes snippets too, and that is known by then."""
        return doors.publishes(request.user)


def shown(figure: Figure) -> str:
    """Return the number of `figure` with its unit and year, as people of the active language write it."""
    return f"{figure.told.shown} {figure.unit} ({figure.year})"
