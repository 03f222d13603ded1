"""The report “Broken links”: what leads nowhere on public pages, the longest broken first."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from ashar.accounts.models import User
from cms.editing import reports
from cms.links.finding import Reason
from cms.links.rows import BrokenLink, LastLook
from cms.staff.exporting import Exports, fact, moment
from cms.staff.rooms import ALL, CountedPaginator

NAME = "broken-links"


class Filters(WagtailFilterSet):
    """By what is wrong, and by the language of the page."""

    reason = django_filters.ChoiceFilter(label=_("What is wrong"), choices=Reason.choices, empty_label=ALL)
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), field_name="page__locale", queryset=Locale.objects.all(), empty_label=ALL
    )

    class Meta:
        model = BrokenLink
        fields = ["reason", "locale"]


class LinkPaginator(CountedPaginator):
    """Counts links at the foot of the list."""

    words = ngettext_lazy("%(rows)s broken link", "%(rows)s broken links", "number")


class BrokenLinksReport(reports.OfEditors, Exports, ReportView):
    """The broken links of the pages that a person may change; each title leads to the form."""

    model = BrokenLink
    page_title = _("Broken links")
    header_icon = "link"
    permission_policy = page_permission_policy
    filterset_class = Filters
    paginator_class = LinkPaginator
    template_name = "cms/editing/broken_links.html"
    index_url_name = NAME
    index_results_url_name = f"{NAME}-results"
    default_ordering = ("since", "pk")
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="page.title",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id]),
        ),
        Column("language", label=_("Language"), accessor="page.locale"),
        Column("words", label=_("Words of the link")),
        Column("place", label=_("Leads to")),
        Column("reason", label=_("What is wrong"), accessor="get_reason_display"),
        DateColumn("since", label=_("Since")),
    ]
    list_export = [
        fact("page.title", _("Title")),
        fact("page.locale.language_code", _("Language")),
        fact("words", _("Words of the link")),
        fact("place", _("Leads to")),
        fact("reason", _("What is wrong")),
        moment("since", _("Since")),
    ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add when all links were checked last, if ever."""
        return {**super().get_context_data(*args, **kwargs), "looked_at": self.looked_at}

    @cached_property
    def looked_at(self) -> datetime | None:
        """When all links were checked last."""
        return LastLook.objects.values_list("at", flat=True).first()

    @property
    def no_results_message(self) -> str:
        """What an empty list says: before the first check it proves nothing."""
        return gettext("Every link leads somewhere.") if self.looked_at else gettext("Links have not been checked yet.")

    def get_base_queryset(self) -> QuerySet[Any]:
        """Return what this person may mend."""
        return mended_by(self.request.user).select_related("page__locale")


def mended_by(person: User) -> QuerySet[BrokenLink]:
    """Return the broken links of pages that `person` may change."""
    return BrokenLink.objects.filter(page__in=reports.changed_by(person))
