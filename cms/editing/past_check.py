"""The report “Guides past their check date”, and its lines on the desk: what editors have to look at again, the longest forgotten first."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from ashar.accounts.models import User
from ashar.web import calendar
from cms.editing import reports
from cms.editing.lines import Line, line
from cms.models import GuidePage
from cms.pages import guides
from cms.pages.guides import Stage
from cms.staff.exporting import Exports, fact
from cms.staff.rooms import ALL

NAME = "guides-past-check"


class Filters(WagtailFilterSet):
    """By stage, and by language, which Wagtail adds."""

    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage.choices, empty_label=ALL)

    class Meta:
        model = GuidePage
        fields = ["stage"]


class PastCheckReport(reports.OfEditors, Exports, ReportView):
    """The public guides whose last check holds no more, of those a person may change; each title leads to its form."""

    model = GuidePage
    page_title = _("Guides past their check date")
    header_icon = "calendar-check"
    filterset_class = Filters
    index_url_name = NAME
    index_results_url_name = f"{NAME}-results"
    default_ordering = ("checked_on", "pk")
    no_results_message = _("Every guide was checked within its time.")
    columns = [
        TitleColumn(
            "title", label=_("Title"), get_url=lambda guide: reverse("wagtailadmin_pages:edit", args=[guide.pk])
        ),
        LocaleColumn(label=_("Language")),  # Wagtail words it once, for whoever comes first
        Column("stage", label=_("Stage"), accessor="get_stage_display"),
        Column("checked_on", label=_("Last checked"), accessor=lambda guide: calendar.day(guide.checked_on)),
        Column("checked_by", label=_("Checked by")),
    ]
    list_export = [
        fact("title", _("Title")),
        fact("locale.language_code", _("Language")),
        fact("stage", _("Stage")),
        fact("checked_on", _("Last checked")),
        fact("checked_by", _("Checked by")),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return what has to be looked at on the day of today."""
        return late(self.request.user).defer("body", "sources").select_related("locale")


def late(person: User) -> QuerySet[Any]:
    """Return the public guides that `person` may change and whose check holds no more on the day of today."""
    past = GuidePage.objects.live().filter(checked_on__lt=guides.oldest_check(timezone.localdate()))
    return past.filter(pk__in=reports.changed_by(person))


def lines(person: User, *, most: int) -> list[Line]:
    """Return the guides that `person` has to look at again, the longest forgotten first. One query."""
    guides_of_person = late(person).defer("body", "sources").select_related("locale").order_by("checked_on", "pk")
    words = gettext("is to be checked again: last checked %(day)s")
    return [line(guide, words % {"day": calendar.day(guide.checked_on)}, None) for guide in guides_of_person[:most]]
