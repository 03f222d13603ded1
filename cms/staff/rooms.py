"""What every staff room has in common: a list to filter and export, and a page to read; nothing to edit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ashar.money import Money, printed

# A spreadsheet runs a cell that begins with one of these (OWASP CSV injection; ASVS 5.0 1.2.10).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# XML cannot hold these, not even escaped: one in a cell, and the whole sheet opens no more (XML 1.0, 2.2 Characters).
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ALL = _("All")


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula or for a broken file."""
    kept = UNWRITABLE.sub("", text)
    return f"'{kept}" if kept.startswith(FORMULA_STARTS) else kept


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page: a name, what is so named, and where it leads."""

    label: Any
    value: Any
    href: str = ""


def leading_to(label: Any, row: Model | None, text: Any, room: str) -> Row:  # noqa: ANN401 - a lazy string
    """Return the line that names `row` by `text` and leads to its page in `room`, or one that says nothing."""
    return Row(label, text, reverse(f"{room}:inspect", args=[row.pk])) if row else Row(label, None)


def title(name: str, label: Any, room: str) -> TitleColumn:  # noqa: ANN401 - a lazy string
    """Return the first column of `room`, which leads to the page of each row."""
    return TitleColumn(name, label=label, sort_key=name, get_url=lambda row: reverse(f"{room}:inspect", args=[row.pk]))


def column(name: str, label: Any) -> Column:  # noqa: ANN401 - a lazy string
    """Return a column that can be sorted by, with the words for a state instead of the state itself."""

    def accessor(row: Model) -> Any:  # noqa: ANN401 - whatever the row holds
        words = getattr(row, f"get_{name}_display", None)
        return words() if words else getattr(row, name, None)

    return Column(name, label=label, accessor=accessor, sort_key=name)


def money_column(name: str, label: Any) -> Column:  # noqa: ANN401 - a lazy string
    """Return a column that prints the `Money` at attribute `name`. Not sortable: currencies do not compare."""
    return Column(name, label=label, accessor=lambda row: shown(getattr(row, name)))


def shown(amount: Money | None) -> str:
    """Return a sum as it is read, or nothing."""
    return printed.show(amount) if amount is not None else ""


class RoomIndex(generic.IndexView):
    """A list whose exports cannot carry a formula and whose rows come with what they show."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self) -> QuerySet[Model]:
        """Return the rows with the tables they show, in one query."""
        return super().get_base_queryset().select_related(*self.related)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:  # noqa: ANN401 - Wagtail's signature
        """Make text harmless before it is written into a cell."""
        prepared = super().preprocess_field_value(field, value, export_format)
        return harmless(prepared) if isinstance(prepared, str) else prepared


class RoomPage(generic.InspectView):
    """One row, told in `rows()`; a subclass says more in its own template."""

    template_name = "cms/staff/page.html"
    room_label: Any = ""
    related: tuple[str, ...] = ()

    def get_object(self, queryset: QuerySet[Model] | None = None) -> Model:
        """Return the row with the tables it shows."""
        return super().get_object(self.model.objects.select_related(*self.related) if queryset is None else queryset)

    def rows(self) -> Iterator[Row]:
        """Yield what is known of the row, in the order in which it is read."""
        raise NotImplementedError

    def get_fields_context(self) -> list[Row]:
        """Return the rows that say something."""
        return [row for row in self.rows() if row.value is not None and row.value != ""]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": self.room_label},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]


class Room(ModelViewSet):
    """A read-only list and page of one kind of row. `related` names what both join."""

    index_view_class = RoomIndex
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    add_to_settings_menu = False
    list_per_page = 50
    search_fields: list[str] | None = None
    related: tuple[str, ...] = ()
    exclude_form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand the joins and the room's name to the list and to the page."""
        more = {"related": self.related, "room_label": self.menu_label}
        given: dict[str, Any] = super().get_common_view_kwargs(**{**more, **kwargs})
        return given

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Call the list by the room's name."""
        given: dict[str, Any] = super().get_index_view_kwargs(**{"page_title": self.menu_label, **kwargs})
        return given

    @property
    def export_filename(self) -> str:
        """The name of an exported file, without its ending."""
        return str(self.name)

    def get_urlpatterns(self) -> list[Any]:
        """Return the addresses that show. Wagtail's others, which add, change and delete, do not exist here."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(f"inspect/<{self.pk_path_converter}:pk>/", self.inspect_view, name="inspect"),
        ]
