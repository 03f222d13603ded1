"""The ledger, read only: every journal with its legs, filterable by fund, kind and day, exportable; and its closing."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from ashar.accounts import rules
from ashar.ledger import queries as books
from ashar.ledger.models import Fund, Journal
from ashar.places import sorting
from cms.staff import naming, periods, wording
from cms.staff.exporting import fact, moment, sum_of
from cms.staff.rooms import ALL, Room, RoomIndex, RoomPage, Row, column, leading_to, shown, title
from diaspora import words
from diaspora.models import Gift
from diaspora.queries import funds
from diaspora.queries.legs import LegLine, leg_lines, with_legs


class ByName(django_filters.fields.ModelChoiceIterator):
    """“All”, then the choices in alphabetical order of what the reader sees, which may not be what the row holds."""

    def __iter__(self) -> Iterator[Any]:
        """Yield each value with its label."""
        everything, *choices = super().__iter__()
        yield everything
        yield from sorted(choices, key=lambda choice: sorting.key(choice[1]))


class FundField(django_filters.fields.ModelChoiceField):
    """A choice among funds, each under the name its owner has in the officer's language, and in the order of these."""

    iterator = ByName

    def label_from_instance(self, obj: Fund) -> str:
        """Return the name."""
        return funds.name(obj).text


class FundFilter(django_filters.ModelChoiceFilter):
    """A filter by fund."""

    field_class = FundField


class JournalFilters(WagtailFilterSet):
    """By fund, kind and the day a journal counts for."""

    fund = FundFilter(
        field_name="legs__account__fund",
        queryset=Fund.objects.select_related(*funds.RELATIONS),
        label=_("Fund"),
        distinct=True,
        empty_label=ALL,
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(words.KINDS.items()), empty_label=ALL)
    effective_on = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Journal
        fields = ["fund", "kind", "effective_on"]


class JournalPage(RoomPage):
    """One journal with its legs and its place in the chain."""

    template_name = "cms/staff/journal.html"
    page_title = _("Journal")

    def get_page_subtitle(self) -> str:
        """Say its number and kind."""
        return f"{self.object.pk} · {words.kind(self.object.kind)}"

    def rows(self) -> Iterator[Row]:
        """Yield when it was written, what it is about and how it hangs in the chain."""
        journal, gift = self.object, gift_of(self.object)
        yield Row(_("Key"), journal.key)
        yield leading_to(_("Gift"), gift, naming.project_of(gift), "gifts")
        yield Row(_("Counts for"), journal.effective_on)
        yield Row(_("Written"), journal.posted_at)
        yield Row(_("Written by"), journal.by)
        for label, other in (
            (_("Corrects"), journal.reverses),
            (_("Corrected by"), getattr(journal, "reversed_by", None)),
        ):
            yield leading_to(label, other, other and other.key, "journals")
        yield from wording.facts(journal)
        yield Row(_("Previous hash"), journal.previous_hash)
        yield Row(_("Hash"), journal.hash)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the legs."""
        joined = (f"account__fund__{relation}" for relation in funds.RELATIONS)
        legs = self.object.legs.select_related(*joined).order_by("id")
        told = [(naming.fund(leg.account.fund), leg) for leg in legs]
        context: dict[str, Any] = super().get_context_data(legs=told, **kwargs)
        return context


def gift_of(journal: Journal) -> Gift | None:
    """Return the gift that `journal` is about: its payment moved, or it was matched. At most two queries."""
    gifts = Gift.objects.select_related("project")
    return (
        gifts.filter(payment__movements__journal=journal).first() or gifts.filter(match_steps__journal=journal).first()
    )


def amounts(journal: Journal) -> str:
    """Return how much `journal` moved, in each of its currencies."""
    return "; ".join(shown(moved) for moved in books.turnover(journal))


class BooksIndex(RoomIndex):
    """Journals under the word on how far the books are closed; exported leg by leg, so that a table can be summed."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to close a period, for those who may."""
        if not rules.handles_money(self.request.user):
            return []
        return [HeaderButton(_("Close a period"), url=reverse("journals:close"), icon_name="lock")]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the closing that holds now."""
        context: dict[str, Any] = super().get_context_data(*args, last=books.last_closing(), **kwargs)
        return context

    def get_base_queryset(self) -> QuerySet[Journal]:
        """Return the journals with what their amounts and funds are told from, in two queries."""
        journals: QuerySet[Any] = super().get_base_queryset()
        return with_legs(journals)

    def rows_to_export(self, shown: Any) -> Iterator[LegLine]:  # noqa: ANN401 - the journals of the list
        """Return every leg of the journals, newest first."""
        return leg_lines(shown)


class BooksRoom(Room):
    """Journals, newest first."""

    model = Journal
    name = "journals"
    icon = "list-ol"
    menu_label = _("Ledger")
    counted = ngettext_lazy("%(rows)s entry", "%(rows)s entries", "number")
    index_view_class = BooksIndex
    index_template_name = "cms/staff/journals.html"
    inspect_view_class = JournalPage
    inspect_template_name = "cms/staff/journal.html"
    ordering = "-id"
    list_display = [
        title("id", _("Number"), "journals"),
        Column("kind", label=_("Kind"), accessor=lambda journal: words.kind(journal.kind), sort_key="kind"),
        Column("amount", label=_("Amount"), accessor=amounts),
        Column("funds", label=_("Funds"), accessor=naming.funds_of),
        column("effective_on", _("Day")),
        column("key", _("Key")),
        Column("hash", label=_("Hash"), accessor=lambda journal: journal.hash[:12]),
    ]
    list_export = [
        fact("number", _("Number")),
        fact("key", _("Key")),
        fact("kind", _("Kind")),
        moment("at", _("Written")),
        fact("on", _("Counts for")),
        fact("words", _("What happened")),
        fact("fund", _("Fund")),
        fact("role", pgettext_lazy("ledger", "Account")),
        sum_of("amount", _("Amount, debit positive")),
        fact("amount.currency", _("Currency")),
        fact("hash", _("Hash")),
    ]
    filterset_class = JournalFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add the closing of a period."""
        return [*super().get_urlpatterns(), path("closing/", periods.close, name="close")]
