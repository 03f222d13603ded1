"""Figures with their year, definition and source; the table to take away is made of the very lines of the page."""

import csv
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ashar import language
from ashar.web import spreadsheets
from ashar.web.heads import Thing
from cms import page_cache
from cms.blocks import statistics
from cms.blocks.statistics import MeasureBlock
from cms.found import writings
from cms.found.pages import is_closed
from cms.pages.single import Single
from cms.snippets.statistic import Statistic

COLUMNS = (
    _("What is measured"),
    _("Value"),
    _("Up to, in a range"),
    _("Unit"),
    _("Year"),
    _("What exactly is counted"),
    _("Source"),
    _("Address of the source"),
)


class StatisticsPage(Single):
    """Measures with all their figures, also those that contradict each other."""

    measures = StreamField([("measure", MeasureBlock())], verbose_name=_("measures"), blank=True)

    told = "measures"
    content_panels = [*Single.content_panels, FieldPanel("measures")]
    template = "cms/statistics_page.html"

    class Meta:
        verbose_name = _("page of figures")
        verbose_name_plural = _("pages of figures")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the measures, and where their table is."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["measures"] = statistics.measures(context["spoken"].measures)
        context["csv_href"] = reverse("figures-csv")
        return context

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the figures as a set of data that can be taken away."""
        if not context["measures"]:
            return []
        return writings.dataset(context["spoken"], path=context["spoken"].address(), table=context["csv_href"])


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer with every figure of the page in the language of the address; headings in that language, plain numbers."""
    page = StatisticsPage.objects.live().exclude(is_closed()).filter(locale__language_code=language.current()).first()
    if page is None:
        raise Http404
    response = HttpResponse(spreadsheets.BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    told = statistics.measures(page.spoken().measures)
    writer.writerows(_cells(figure) for measure in told for figure in measure.figures)
    return page_cache.mark(response)


def _cells(figure: Statistic) -> list[str | int]:
    """Return the cells of a figure, whose facts stand in the order of `COLUMNS`."""
    return [spreadsheets.harmless(told) if isinstance(told, str) else told for told in astuple(figure)]
