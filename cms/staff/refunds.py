"""Refunds: asked for here, decided by another person above the set sum, sent by the worker."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.money import Money, currencies, printed, typed
from ashar.payments import refunds
from ashar.payments.models import LONGEST_REASON, Movement, Payment, Refund, Refusal
from ashar.payments.states import RefundState
from cms.staff import deciding, naming, policy
from cms.staff.exporting import Cell, fact, moment, moment_of, sum_of
from cms.staff.rooms import ALL, Room, RoomPage, Row, column, leading_to, money_column, shown, title
from diaspora.models import Gift


class NotAboveZero(Refused):
    """Nothing, which cannot go back."""

    code = "not_above_zero"
    message = _("The amount must be above zero, and at most %(left)s.")


class RefundForm(forms.Form):
    """How much of what is `left` goes back, in the giver's currency, and why.

    `token` makes a form that is sent twice one refund. Whether so much may go back is the verb's to say.
    """

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    amount = forms.CharField(label=_("Amount"), max_length=40)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, left: Money) -> None:  # noqa: ANN401 - what was posted
        """Offer all that is left."""
        super().__init__(data, initial={"amount": printed.plain(left)})
        self.left = left

    def clean_amount(self) -> Money:
        """Return the amount, or say why it is none; where nothing is left, the verb says so."""
        try:
            amount = typed.parse(self.cleaned_data["amount"], self.left.currency)
            if self.left and not amount:
                raise NotAboveZero(left=printed.show(self.left))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return amount


class RefundFilters(WagtailFilterSet):
    """By state and currency."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=RefundState.choices, empty_label=ALL)
    currency = django_filters.ChoiceFilter(
        label=_("Currency"), choices=[(one.code, one.code) for one in currencies.chargeable()], empty_label=ALL
    )

    class Meta:
        model = Refund
        fields = ["state", "currency"]


class RefundPage(RoomPage):
    """One refund, with the buttons for the second person."""

    template_name = "cms/staff/refund.html"
    page_title = _("Refund")

    def get_page_subtitle(self) -> str:
        """Say how much and how far it is."""
        return f"{shown(self.object.amount)} · {self.object.get_state_display()}"

    def rows(self) -> Iterator[Row]:
        """Yield what goes back to whom, why, and who said so."""
        refund, gift = self.object, gift_paid_by(self.object.payment)
        yield leading_to(_("Gift"), gift, naming.project_of(gift), "gifts")
        yield Row(_("Paid"), shown(refund.payment.amount))
        yield Row(_("Reason"), refund.reason)
        yield Row(_("Asked for by"), refund.requested_by)
        yield Row(_("Asked for"), refund.requested_at)
        yield Row(_("Approved by"), approved_by(refund))
        yield Row(_("Refused by"), refused_by(refund))
        yield Row(_("Refused"), refused_at(refund))
        yield Row(_("Why it was refused"), why_refused(refund))
        yield Row(_("Sent"), refund.sent_at)
        yield Row(_("Number at the card service"), refund.provider_id)
        yield Row(_("Why it failed"), refund.failure)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may decide, and add the journals of the money that went back."""
        user, refund = self.request.user, self.object
        undecided = refund.state == RefundState.REQUESTED
        moved = Movement.objects.filter(of_refund__refund=refund)
        context: dict[str, Any] = super().get_context_data(
            may_decide=undecided and rules.handles_money(user) and refund.requested_by_id != user.pk,
            undecided=undecided,
            reason_form=deciding.ReasonForm(_("Why it is refused"), longest=LONGEST_REASON),
            movements=moved.select_related("journal").order_by("sequence"),
            **kwargs,
        )
        return context


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, payment_id: uuid.UUID) -> HttpResponse:
    """Ask for a refund of a payment."""
    officer = policy.officer(request)
    payment = get_object_or_404(Payment.objects.select_related("gift__project"), pk=payment_id)
    left = refunds.refundable(payment)
    form = RefundForm(request.POST or None, left=left)
    refund = _asked(form, payment, by=officer) if form.is_valid() else None
    if refund:
        messages.success(request, _("The refund was asked for."))
        return redirect("refunds:inspect", refund.pk)
    context = {"form": form, "payment": payment, "left": left, "project": _subject(payment)}
    context["second_from"] = Money(settings.REFUND_SECOND_PERSON_FROM_MINOR, "KGS")
    return render(request, "cms/staff/refund_form.html", context)


def _asked(form: RefundForm, payment: Payment, *, by: User) -> Refund | None:
    """Ask for what the form says, or let the form say why that cannot be."""
    try:
        return refunds.request(payment, **form.cleaned_data, by=by, at=timezone.now())
    except Refused as refusal:
        form.add_error("amount", str(refusal))
        return None


def _subject(payment: Payment) -> str:
    """Return what was paid for: the project in the officer's language, else what the giver read in theirs."""
    return naming.project_of(gift_paid_by(payment)) or payment.subject


_button = partial(deciding.button, of=Refund, room="refunds")
approve = _button(refunds.approve, _("The refund was approved; the worker sends it now."))
refuse = _button(refunds.refuse, _("The refund was refused. A letter tells who asked for it."), told=("reason",))


def gift_paid_by(payment: Payment) -> Gift | None:
    """Return the gift that `payment` paid, if it paid one."""
    return getattr(payment, "gift", None)


def approved_by(refund: Refund) -> Any:  # noqa: ANN401 - a person, or a lazy string
    """Return who approved the refund, or that nobody had to: one below the set sum goes without a second person."""
    went_alone = refund.requested_by_id and refund.state not in {RefundState.REQUESTED, RefundState.REFUSED}
    return refund.approved_by or (_("not needed: a small sum") if went_alone else None)


def refused_by(refund: Refund) -> User | None:
    """Return who turned the refund down; `refund` comes with its refusal."""
    refusal: Refusal | None = getattr(refund, "refusal", None)
    return refusal.by if refusal else None


def refused_at(refund: Refund) -> datetime | None:
    """Return when the refund was turned down."""
    refusal: Refusal | None = getattr(refund, "refusal", None)
    return refusal.at if refusal else None


def why_refused(refund: Refund) -> str:
    """Return why the refund was turned down, as far as anybody said."""
    refusal: Refusal | None = getattr(refund, "refusal", None)
    return refusal.reason if refusal else ""


class RefundRoom(Room):
    """Refunds, newest first."""

    model = Refund
    name = "refunds"
    icon = "resubmit"
    menu_label = _("Refunds")
    counted = ngettext_lazy("%(rows)s refund", "%(rows)s refunds", "number")
    inspect_view_class = RefundPage
    inspect_template_name = "cms/staff/refund.html"
    ordering = "-requested_at"
    related = ("payment__gift__project", "requested_by", "approved_by", "refusal__by")
    list_display = [
        title("requested_at", _("Asked for"), "refunds"),
        Column("project", label=_("Project"), accessor=lambda refund: naming.project_of(gift_paid_by(refund.payment))),
        money_column("amount", _("Amount")),
        column("state", _("State")),
        column("reason", _("Reason")),
        column("requested_by", _("Asked for by")),
        Column("approved_by", label=_("Approved by"), accessor=approved_by, sort_key="approved_by"),
        Column("refused_by", label=_("Refused by"), accessor=refused_by, sort_key="refusal__by"),
    ]
    list_export = [
        fact("id", _("Number")),
        fact("payment_id", _("Payment")),
        Cell(_("Project"), lambda refund: str(getattr(gift_paid_by(refund.payment), "project", ""))),
        fact("state", _("State")),
        sum_of("amount", _("Amount")),
        fact("currency", _("Currency")),
        fact("reason", _("Reason")),
        fact("requested_by", _("Asked for by")),
        moment("requested_at", _("Asked for")),
        Cell(_("Approved by"), lambda refund: str(approved_by(refund) or "")),
        Cell(_("Refused by"), lambda refund: str(refused_by(refund) or "")),
        moment_of(_("Refused"), refused_at),
        Cell(_("Why it was refused"), why_refused),
        moment("sent_at", _("Sent")),
        fact("failure", _("Why it failed")),
    ]
    filterset_class = RefundFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add asking, approval and refusal, each an address of its own."""
        return [
            *super().get_urlpatterns(),
            path("ask/<uuid:payment_id>/", ask, name="ask"),
            path("inspect/<uuid:pk>/approval/", approve, name="approve"),
            path("inspect/<uuid:pk>/refusal/", refuse, name="refuse"),
        ]
