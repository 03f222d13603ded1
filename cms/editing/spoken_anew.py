"""Labels that Wagtail and wagtail-localize translate once, for whoever comes first, and then keep for everybody.

Each is put in its place as a sentence that is translated whenever it is read. A count is put together there, which no
catalogue can mend; it is put anew.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils import translation
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import ModelIndexView, SnippetViewSet
from wagtail_localize import wagtail_hooks as of_localize
from wagtail_localize.models import StringTranslation, Translation

from ashar.web import calendar

# The words are of Wagtail's catalogues: `manage.py catalogues` does not look for these names.
said, said_now = translation.gettext_lazy, translation.gettext


def let_labels_follow_the_reader() -> None:
    """Let every such label be read in the language of each reader."""
    of_localize._ = said
    SnippetViewSet.breadcrumbs_items = _way_to_snippets()
    ChooserViewSet.choose_one_text, ChooserViewSet.choose_another_text = said("Choose"), said("Choose another")
    ChooserViewSet.search_tab_label, ChooserViewSet.create_action_label = said("Search"), said("Create")
    ChooserViewSet.edit_item_text = said("Edit")
    _name_kinds_of_pages_anew()
    WagtailPaginator.items_count_label = property(_counted)
    name, names = translation.gettext_lazy("translation"), translation.gettext_lazy("translations")
    Translation._meta.verbose_name, Translation._meta.verbose_name_plural = name, names  # noqa: SLF001 - it has none, so Django takes English ones
    StringTranslation.get_comment = _dated
    kept = RedirectsReportFilterSet.base_filters["is_permanent"]
    kept.label = said("Type")
    kept.extra |= {"choices": ((True, said("Permanent")), (False, said("Temporary"))), "empty_label": said("All")}


def _way_to_snippets() -> list[dict[str, Any]]:
    """Return where the way to a list of snippets begins; Wagtail words it when it starts."""
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("wagtailsnippets:index"), "label": ModelIndexView.page_title},
    ]


def _counted(pages: WagtailPaginator) -> str:
    """Return how many rows a list has. Wagtail writes “5 страницы” and “5 беттер”: a noun after a number is no plural there."""
    if translation.get_language() == "en":
        return f"{pages.count} {pages.verbose_name if pages.count == 1 else pages.verbose_name_plural}"
    return f"{capfirst(pages.verbose_name_plural)}: {pages.count}"


def _dated(text: StringTranslation) -> str:
    """Return how and when `text` was translated. The tool writes months in English."""
    on = calendar.day(text.updated_at)
    if text.tool_name:
        return said_now("Translated with {tool_name} on {date}").format(tool_name=text.tool_name, date=on)
    return said_now("Translated manually on {date}").format(date=on)


def _name_kinds_of_pages_anew() -> None:
    """Let the button that chooses a page of one kind be worded when it is drawn; a block makes it once."""
    of_wagtail = AdminPageChooser.__init__

    def make(chooser: AdminPageChooser, *args: Any, **told: Any) -> None:
        of_wagtail(chooser, *args, **told)
        if chooser.model is not Page:
            kind = lazy(capfirst, str)(chooser.model._meta.verbose_name)  # noqa: SLF001 - Django's public name for it
            chooser.choose_one_text = format_lazy("{} ({})", AdminPageChooser.choose_one_text, kind)

    AdminPageChooser.__init__ = make
