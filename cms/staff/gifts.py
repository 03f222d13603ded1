"""Gifts and what became of each: its payment, movements, match and receipt."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ashar.money import currencies
from ashar.payments import refunds
from ashar.places import sorting
from cms.staff import policy
from cms.staff.rooms import ALL, Room, RoomPage, Row, column, money_column, shown, title
from diaspora.models import Gift, Project
from diaspora.states import GiftState


def _projects_by_title(_request: HttpRequest | None) -> QuerySet[Project]:
    return Project.objects.order_by(sorting.by_name("title"))


class GiftFilters(WagtailFilterSet):
    """By project, state, currency and day."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=GiftState.choices, empty_label=ALL)
    project = django_filters.ModelChoiceFilter(label=_("Project"), queryset=_projects_by_title, empty_label=ALL)
    currency = django_filters.ChoiceFilter(
        label=_("Currency"), choices=[(one.code, one.code) for one in currencies.chargeable()], empty_label=ALL
    )
    started_at = django_filters.DateFromToRangeFilter(label=_("Started"), widget=DateRangePickerWidget)

    class Meta:
        model = Gift
        fields = ["state", "project", "currency", "started_at"]


class GiftPage(RoomPage):
    """One gift: where its money is, and the door to a refund."""

    template_name = "cms/staff/gift.html"
    page_title = _("Gift")

    def get_page_subtitle(self) -> str:
        """Say how much went where."""
        return f"{shown(self.object.amount)} · {self.object.project}"

    def rows(self) -> Iterator[Row]:
        """Yield what the giver said and what came of it."""
        gift = self.object
        yield Row(_("State"), gift.get_state_display())
        yield Row(_("Worth"), shown(gift.som))
        yield Row(_("Receipt"), getattr(gift, "receipt", None))
        yield Row(_("Giver"), gift.name)
        yield Row(_("Shown as"), gift.get_shown_as_display())
        yield Row(_("Message"), gift.message)
        yield Row(_("E-mail"), gift.email)
        yield Row(_("Language"), gift.language)
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
            refundable=left if left.minor and policy.may_act(self.request.user) else None,
            **kwargs,
        )
        return context


class GiftRoom(Room):
    """Gifts, newest first."""

    model = Gift
    name = "gifts"
    icon = "pick"
    menu_label = _("Gifts")
    inspect_view_class = GiftPage
    inspect_template_name = "cms/staff/gift.html"
    ordering = "-started_at"
    related = ("project", "payment", "receipt")
    list_display = [
        title("started_at", _("Started"), "gifts"),
        column("project", _("Project")),
        money_column("amount", _("Amount")),
        column("state", _("State")),
        column("name", _("Giver")),
        column("receipt", _("Receipt")),
    ]
    list_export = ["id", "started_at", "received_at", "project.slug", "state", "amount_minor", "currency", "som_minor", "fee_som_minor",
                   "name", "shown_as", "email", "language"]  # fmt: skip
    filterset_class = GiftFilters
