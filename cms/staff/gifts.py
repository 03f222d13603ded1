"""Gifts and what became of each: its payment, movements, match and receipt."""

from collections.abc import Iterator
from functools import partial, reduce
from operator import or_
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ashar.accounts import rules
from ashar.money import Money, currencies
from ashar.payments import refunds
from ashar.payments.states import DisputeState
from ashar.places import sorting
from cms.staff import deciding, naming
from cms.staff.exporting import Cell, fact, moment, number, sum_of
from cms.staff.rooms import ALL, Room, RoomIndex, RoomPage, Row, column, money_column, shown, title
from diaspora import hiding
from diaspora import rules as diaspora_rules
from diaspora.models import Gift, Project
from diaspora.models.hidings import LONGEST_REASON
from diaspora.queries import standing
from diaspora.states import GiftState

NAME_IN_TABLE = 40
LONGEST_QUESTION = 200


def _projects_by_title(_request: HttpRequest | None) -> QuerySet[Project]:
    return Project.objects.order_by(sorting.by_name("title"))


class GiftFilters(WagtailFilterSet):
    """By giver, receipt, project, state, dispute, currency and day."""

    giver = django_filters.CharFilter(label=_("Giver"), method="of_giver", max_length=LONGEST_QUESTION)
    receipt = django_filters.CharFilter(
        label=_("Receipt"), field_name="receipt__number", lookup_expr="icontains", max_length=LONGEST_QUESTION
    )

    state = django_filters.ChoiceFilter(label=_("State"), choices=GiftState.choices, empty_label=ALL)
    dispute = django_filters.ChoiceFilter(
        label=_("Dispute"), field_name="dispute_state", choices=DisputeState.choices, empty_label=ALL
    )
    project = django_filters.ModelChoiceFilter(label=_("Project"), queryset=_projects_by_title, empty_label=ALL)
    currency = django_filters.ChoiceFilter(
        label=_("Currency"), choices=[(one.code, one.code) for one in currencies.chargeable()], empty_label=ALL
    )
    started_at = django_filters.DateFromToRangeFilter(label=_("Started"), widget=DateRangePickerWidget)

    class Meta:
        model = Gift
        fields = ["giver", "receipt", "state", "dispute", "project", "currency", "started_at"]

    def of_giver(self, gifts: QuerySet[Gift], _field: str, words: str) -> QuerySet[Gift]:
        """Return the gifts whose giver's name holds `words`; SQLite knows capitals of Latin letters only, so each way is tried."""
        ways = {words, words.lower(), words.upper(), words.title()}
        return gifts.filter(reduce(or_, (Q(name__icontains=way) for way in ways)))


class GiftIndex(RoomIndex):
    """The list, each gift with where it stands."""

    def get_base_queryset(self) -> QuerySet[Gift]:
        """Return the gifts with their standing."""
        gifts: QuerySet[Any] = super().get_base_queryset()
        return standing.with_standing(gifts)


class GiftPage(RoomPage):
    """One gift: where its money is, and the door to a refund."""

    template_name = "cms/staff/gift.html"
    page_title = _("Gift")

    def get_page_subtitle(self) -> str:
        """Say how much went where."""
        return f"{shown(self.object.amount)} · {self.object.project}"

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Model:
        """Return the gift with its standing."""
        found = super().get_object(queryset)
        return standing.with_standing(Gift.objects.select_related(*self.related)).get(pk=found.pk)

    def rows(self) -> Iterator[Row]:
        """Yield what the giver said and what came of it."""
        gift = self.object
        yield Row(_("State"), state_of(gift))
        yield Row(_("Dispute"), dispute_of(gift))
        yield Row(_("Worth"), shown(gift.som))
        yield from _sums(gift)
        yield Row(_("Receipt"), receipt_of(gift))
        yield Row(_("Giver"), gift.name)
        yield Row(_("Shown as"), gift.get_shown_as_display())
        yield Row(_("Message"), gift.message)
        yield from _hidings(gift)
        yield Row(_("E-mail"), gift.email)
        yield Row(_("Language"), language_of(gift))
        yield Row(_("Started"), gift.started_at)
        yield Row(_("Received"), gift.received_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the payment with its movements, refunds and disputes, and whether this person may ask for a refund."""
        payment = self.object.payment
        left = refunds.refundable(payment)
        context: dict[str, Any] = super().get_context_data(
            payment=payment,
            movements=payment.movements.select_related("journal", "match_step__journal").order_by("sequence"),
            refunds=payment.refunds.order_by("requested_at"),
            disputes=payment.disputes.order_by("seen_at"),
            hiding=hiding.now(self.object),
            may_hide=hiding.has_words(self.object) and diaspora_rules.may_hide_words(self.request.user),
            reason_form=deciding.ReasonForm(_("Why the words are hidden"), longest=LONGEST_REASON),
            refundable=left if left.minor and rules.handles_money(self.request.user) else None,
            **kwargs,
        )
        return context


def _sums(gift: Gift) -> Iterator[Row]:
    """Yield what went back and what remains, each in the giver's currency and in som, and the card fee of the latter."""
    if returned(gift):
        yield Row(_("Returned"), shown(returned(gift)))
        yield Row(_("Returned, in som"), shown(standing.of(gift).returned_som))
        yield Row(_("Remaining"), shown(remaining(gift)))
        yield Row(_("Remaining, in som"), shown(standing.of(gift).kept_som))
    yield Row(_("Card fee"), shown(standing.of(gift).fee))


def _hidings(gift: Gift) -> Iterator[Row]:
    for one in gift.hidings.select_related("hidden_by", "shown_by").order_by("hidden_at", "pk"):
        yield Row(_("Words hidden by"), one.hidden_by)
        yield Row(_("Words hidden"), one.hidden_at)
        yield Row(_("Why they were hidden"), one.reason)
        yield Row(_("Words shown again by"), one.shown_by)
        yield Row(_("Words shown again"), one.shown_at)


_button = partial(deciding.button, of=Gift, room="gifts")
hide = _button(hiding.hide, _("Name and message are hidden."), told=("reason",))
show = _button(hiding.show, _("Name and message are shown again."))


def state_of(gift: Gift) -> str:
    """Return the state in words that tell what we gave back from what a bank took, and the whole from a part."""
    return str(standing.for_staff(standing.of(gift)))


def dispute_of(gift: Gift) -> str:
    """Return where the claim of the giver's bank stands, if there was one."""
    state = standing.of(gift).dispute
    return gettext("disputed: %(state)s") % {"state": DisputeState(state).label} if state else ""


def returned(gift: Gift) -> Money | None:
    """Return what went back, in the giver's currency; nothing before the gift arrives."""
    return None if gift.som is None else standing.of(gift).returned


def remaining(gift: Gift) -> Money | None:
    """Return what is left, in the giver's currency; nothing before the gift arrives."""
    return None if gift.som is None else standing.of(gift).kept


def language_of(gift: Gift) -> str:
    """Return the language that the giver reads, by its own name."""
    return dict(settings.LANGUAGES).get(gift.language, gift.language)


def short_name(gift: Gift) -> str:
    """Return the giver's name as far as a table has room for it; the gift's page and the exports have all of it."""
    return Truncator(gift.name).chars(NAME_IN_TABLE)


def receipt_of(gift: Gift) -> str:
    """Return the number of the receipt, if there is one."""
    return str(getattr(gift, "receipt", ""))


class GiftRoom(Room):
    """Gifts, newest first."""

    model = Gift
    name = "gifts"
    icon = "pick"
    menu_label = _("Gifts")
    counted = ngettext_lazy("%(rows)s gift", "%(rows)s gifts", "number")
    index_view_class = GiftIndex
    inspect_view_class = GiftPage
    inspect_template_name = "cms/staff/gift.html"
    ordering = "-started_at"
    related = ("project", "payment", "receipt")
    list_display = [
        title("started_at", _("Started"), "gifts"),
        Column("project", label=_("Project"), accessor=naming.project_of, sort_key="project"),
        money_column("amount", _("Amount")),
        Column("remaining", label=_("Remaining"), accessor=lambda gift: shown(remaining(gift))),
        Column("state", label=_("State"), accessor=state_of, sort_key="state"),
        Column("dispute", label=_("Dispute"), accessor=dispute_of),
        Column("name", label=_("Giver"), accessor=short_name, sort_key="name"),
        column("receipt", _("Receipt")),
    ]
    list_export = [
        fact("id", _("Number")),
        moment("started_at", _("Started")),
        moment("received_at", _("Received")),
        fact("project", _("Project")),
        Cell(_("State"), state_of),
        Cell(_("Dispute"), dispute_of),
        sum_of("amount", _("Amount")),
        fact("currency", _("Currency")),
        sum_of("som", _("Worth in som")),
        Cell(_("Returned"), lambda gift: number(returned(gift))),
        Cell(_("Returned, in som"), lambda gift: number(standing.of(gift).returned_som)),
        Cell(_("Remaining"), lambda gift: number(remaining(gift))),
        Cell(_("Remaining, in som"), lambda gift: number(standing.of(gift).kept_som)),
        Cell(_("Card fee of what remains, in som"), lambda gift: number(standing.of(gift).fee)),
        fact("name", _("Giver")),
        fact("shown_as", _("Shown as")),
        fact("email", _("E-mail")),
        Cell(_("Language"), language_of),
        Cell(_("Receipt"), receipt_of),
    ]
    filterset_class = GiftFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add hiding a message and showing it again, each an address of its own."""
        return [
            *super().get_urlpatterns(),
            path("inspect/<uuid:pk>/hiding/", hide, name="hide"),
            path("inspect/<uuid:pk>/showing/", show, name="show"),
        ]
