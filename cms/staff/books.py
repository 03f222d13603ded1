"""The ledger, read only: every journal with its legs, filterable by fund, kind and day, exportable."""

from collections.abc import Iterator, Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ashar.ledger.models import Fund, Journal
from ashar.payments.models import MovementKind
from ashar.places import sorting
from cms.staff.rooms import ALL, Room, RoomPage, Row, column, leading_to, title
from diaspora.models import Gift

KINDS: dict[str, Any] = {
    **dict(MovementKind.choices),
    "match": pgettext_lazy("journal", "match"),
    "match_returned": pgettext_lazy("journal", "match taken back"),
    "pool_funded": pgettext_lazy("journal", "money into a pool"),
    "paid_out": pgettext_lazy("journal", "money paid out"),
    "reversal": pgettext_lazy("journal", "correction by the opposite"),
}


def kind_of(journal: Journal) -> Any:  # noqa: ANN401 - a lazy string
    """Return what kind of journal it is, in words where there are some."""
    return KINDS.get(journal.kind, journal.kind)


class JournalFilters(WagtailFilterSet):
    """By fund, kind and the day a journal counts for."""

    fund = django_filters.ModelChoiceFilter(
        field_name="legs__account__fund",
        queryset=Fund.objects.order_by(sorting.by("title")),
        label=_("Fund"),
        distinct=True,
        empty_label=ALL,
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(KINDS.items()), empty_label=ALL)
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
        return f"{self.object.pk} · {kind_of(self.object)}"

    def rows(self) -> Iterator[Row]:
        """Yield when it was written, what it is about and how it hangs in the chain."""
        journal, gift = self.object, gift_of(self.object)
        yield Row(_("Key"), journal.key)
        yield leading_to(_("Gift"), gift, gift and gift.project, "gifts")
        yield Row(_("Counts for"), journal.effective_on)
        yield Row(_("Written"), journal.posted_at)
        yield Row(_("Written by"), journal.by)
        for label, other in (
            (_("Corrects"), journal.reverses),
            (_("Corrected by"), getattr(journal, "reversed_by", None)),
        ):
            yield leading_to(label, other, other and other.key, "journals")
        yield from facts(journal.facts)
        yield Row(_("Previous hash"), journal.previous_hash)
        yield Row(_("Hash"), journal.hash)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the legs."""
        legs = self.object.legs.select_related("account__fund").order_by("id")
        context: dict[str, Any] = super().get_context_data(legs=legs, **kwargs)
        return context


def gift_of(journal: Journal) -> Gift | None:
    """Return the gift that `journal` is about: its payment moved, or it was matched. At most two queries."""
    gifts = Gift.objects.select_related("project")
    return (
        gifts.filter(payment__movements__journal=journal).first() or gifts.filter(match_steps__journal=journal).first()
    )


def facts(told: Mapping[str, Any], *, of: str = "") -> Iterator[Row]:
    """Yield what a journal says of itself, one line for each fact however deep it lies."""
    for name, fact in sorted(told.items()):
        label = f"{of}{name}"
        if isinstance(fact, Mapping):
            yield from facts(fact, of=f"{label} · ")
        else:
            yield Row(label, str(fact))


class BooksRoom(Room):
    """Journals, newest first."""

    model = Journal
    name = "journals"
    icon = "list-ol"
    menu_label = _("Ledger")
    inspect_view_class = JournalPage
    inspect_template_name = "cms/staff/journal.html"
    ordering = "-id"
    list_display = [
        title("id", _("Number"), "journals"),
        Column("kind", label=_("Kind"), accessor=kind_of, sort_key="kind"),
        column("key", _("Key")),
        column("effective_on", _("Day")),
        Column("hash", label=_("Hash"), accessor=lambda journal: journal.hash[:12]),
    ]
    list_export = ["id", "key", "kind", "posted_at", "effective_on", "facts", "previous_hash", "hash"]
    filterset_class = JournalFilters
