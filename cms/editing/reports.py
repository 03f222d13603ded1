"""What editors look up in the menu “Reports”."""

from collections.abc import Iterator, Sequence
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView, ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from ashar.accounts.models import User
from ashar.web import spreadsheets
from cms.editing import snippets_behind, translated

WRITING = ["add", "change", "publish"]  # who does one of these with pages somewhere looks things up


class ReportItem(MenuItem):
    """A line of the menu “Reports” for those who do something with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whoever may open the report."""
        return bool(page_permission_policy.user_has_any_permission(request.user, WRITING))


def item(report: type[ReportView], *, order: int, line: type[MenuItem] = ReportItem) -> MenuItem:
    """Return the line that leads to a report."""
    name = report.index_url_name
    return line(report.page_title, reverse(name), name=name, icon_name=report.header_icon, order=order)


def addresses(report: type[ReportView]) -> list[URLPattern]:
    """Return where a report stands in the admin: the page, and the list alone that its filters fetch."""
    place = f"reports/{report.index_url_name}/"
    return [
        path(place, report.as_view(), name=report.index_url_name),
        path(f"{place}results/", report.as_view(results_only=True), name=report.index_results_url_name),
    ]


def changed_by(person: User) -> QuerySet[Any]:
    """Return the keys of the pages that `person` may change."""
    return page_permission_policy.instances_user_has_permission_for(person, "change").values("pk")


class OfEditors:
    """Stands before a report: who does something with pages may open it, and its file is named as its address."""

    any_permission_required = WRITING
    index_url_name = ""

    def get_filename(self) -> str:
        """Return the name of an exported file, without its ending."""
        return self.index_url_name


class LanguageFilter(WagtailFilterSet):
    """By the language that a page lacks."""

    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES, method="lacking")

    class Meta:
        model = Page
        fields = ["language"]

    def lacking(self, pages: QuerySet[Page], _name: str, code: str) -> QuerySet[Page]:
        """Return those of `pages` that are missing or outdated in the language."""
        return pages.filter(pk__in=translated.behind(code).values("pk"))


class TranslationsReport(OfEditors, PageReportView):
    """Pages and snippets that are missing in a language, or older there than where they were written first.

    Snippets stand below the first pages, and at the end of what is taken away.
    """

    page_title = _("Untranslated or outdated translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "untranslated"
    index_results_url_name = "untranslated_results"
    results_template_name = "cms/editing/translations_results.html"
    filterset_class = LanguageFilter
    list_export = ["title", "written_in", "missing_in", "outdated_in", "last_published_at"]
    export_headings = {
        "title": _("Title"),
        "written_in": _("Written in"),
        "missing_in": _("Missing in"),
        "outdated_in": _("Outdated in"),
        "last_published_at": _("Changed"),
    }

    def get_queryset(self) -> QuerySet[Page]:
        """Return the pages, what was changed last standing first."""
        self.queryset = translated.behind()
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:  # noqa: ANN401 - a page of pages
        """Say of each page which languages it lacks, and where whoever asks may mend that."""
        names = dict(settings.LANGUAGES)
        begun = translated.versions(object_list)
        for page in object_list:
            told = translated.gaps(page)
            page.written_in = names[page.locale.language_code]
            page.missing_in = ", ".join(_missing(names[code], stopped=code in told.stopped) for code in told.missing)
            page.outdated_in = ", ".join(names[code] for code in told.outdated)
            lacking = [begun.get((page.translation_key, code)) for code in (*told.outdated, *told.missing)]
            page.href = self._mended_at(page, [version for version in lacking if version])
        return [*object_list, *self._kept()] if self.is_export else object_list

    def get_context_data(self, *args: Any, **told: Any) -> dict[str, Any]:
        """Add the snippets to what is shown first."""
        context: dict[str, Any] = super().get_context_data(*args, **told)
        is_first = not context["is_paginated"] or context["page_obj"].number == 1
        return context | {"kept": list(self._kept()) if is_first and not self.is_export else []}

    def _kept(self) -> Iterator[snippets_behind.Line]:
        code = self.request.GET.get("language", "")
        return snippets_behind.lines(self.request.user, code if code in dict(settings.LANGUAGES) else "")

    def _mended_at(self, page: Page, versions: Sequence[Page]) -> str:
        """Return the form of the first of `versions` that whoever asks may edit, that of `page`, or else its address."""
        code = self.request.GET.get("language", "")
        asked = [version for version in versions if version.locale.language_code == code] or versions
        for each in (*asked, page):
            if each.permissions_for_user(self.request.user).can_edit():
                return reverse("wagtailadmin_pages:edit", args=[each.pk])
        return str(page.url)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:  # noqa: ANN401 - Wagtail's signature
        """Make text harmless before it is written into a cell."""
        prepared = super().preprocess_field_value(field, value, export_format)
        return spreadsheets.harmless(prepared) if isinstance(prepared, str) else prepared


def _missing(name: str, *, stopped: bool) -> str:
    return gettext("%(language)s (stopped)") % {"language": name} if stopped else name
