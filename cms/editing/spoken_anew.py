"""Labels that Wagtail and wagtail-localize translate once, for whoever comes first, and then keep for everybody.

Each is put in its place as a sentence that is translated whenever it is read.
"""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import (
    gettext_lazy as said,  # by Wagtail's catalogues: `manage.py catalogues` passes these by
)
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.snippets.views.snippets import ModelIndexView, SnippetViewSet
from wagtail_localize import wagtail_hooks as of_localize


def let_labels_follow_the_reader() -> None:
    """Let the way to snippets, the line “Translations” and the filters of redirects be read in the language of each reader."""
    SnippetViewSet.breadcrumbs_items = _way_to_snippets()
    of_localize._ = said
    kept = RedirectsReportFilterSet.base_filters["is_permanent"]
    kept.label = said("Type")
    kept.extra |= {"choices": ((True, said("Permanent")), (False, said("Temporary"))), "empty_label": said("All")}


def _way_to_snippets() -> list[dict[str, Any]]:
    """Return where the way to a list of snippets begins; Wagtail words it when it starts."""
    return [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("wagtailsnippets:index"), "label": ModelIndexView.page_title},
    ]
