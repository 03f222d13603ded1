"""Sending money back: asked for by one person, approved by another above a set sum, sent once."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ashar import crash
from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.ledger import queries
from ashar.money import Money, printed
from ashar.outbox import sending
from ashar.payments import gateway, settlement
from ashar.payments.models import LONGEST_REASON, Movement, MovementKind, Payment, Refund, Refusal
from ashar.payments.states import REFUNDS, DisputeState, RefundState
from ashar.workflow import moving


class NotRefundable(Refused):
    """The payment was not settled, or its giver's bank is already taking the money back."""

    code = "not_refundable"
    message = _("This payment cannot be refunded.")


class RefundTooLarge(Refused):
    """More than what is left of the payment, with the refunds that are under way."""

    code = "refund_too_large"
    message = _("At most %(left)s can still be refunded.")


class FundHasSpentIt(Refused):
    """The fund has already spent the money; operations would have to pay, which is decided outside this program."""

    code = "fund_has_spent_it"
    message = _("The project has already spent this money, so it cannot be refunded from its fund.")


class AlreadyAsked(Refused):
    """The form was sent before and said something else then."""

    code = "already_asked"
    message = _("This form was already sent. Open it anew to ask for another refund.")


class SamePerson(Refused):
    """Nobody approves their own request, whatever their role."""

    code = "same_person"
    message = _("Another person has to decide about this refund.")


class NoReason(Refused):
    """Who asked for the refund, and has to answer the giver, could not be told why it was refused."""

    code = "no_refusal_reason"
    message = _("Write why the refund is refused, in at most 500 characters.")


def request(payment: Payment, *, amount: Money, reason: str, by: User, token: UUID, at: datetime) -> Refund:
    """Ask for `amount` (in the giver's currency) to go back. Below the set sum this is enough and the refund is due.

    `token` belongs to one sending of the form and becomes the refund's `id`: the same answers sent again, also at the
    same time, return the row that is there. Raises `NotAllowed`, `AlreadyAsked` (the token came with other answers),
    `NotRefundable`, `RefundTooLarge`, `FundHasSpentIt`. What counts for the second person is the som value of all refunds of the payment
    together, so that a large one cannot be cut into small ones. Audited. Announces `refund.waits` where it takes another person.
    """
    asked = Refund(
        id=token,
        payment=payment,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason,
        requested_by=by,
        requested_at=at,
    )
    with transaction.atomic(durable=True):
        rules.require(rules.handles_money(by))
        row = _locked(payment)
        if earlier := _asked_before(asked):
            return earlier
        charge = _check_refundable(row, amount)
        asked.save(force_insert=True)
        facts = {"payment": str(row.pk), "amount_minor": amount.minor, "currency": amount.currency}
        recording.record("refund.request", asked, by=by, at=at, facts=facts)
        if _part(charge.som_minor, _promised(row), charge) < settings.REFUND_SECOND_PERSON_FROM_MINOR:
            _approve(asked, by=by, at=at)
        else:
            sending.send("refund.waits", {"refund": str(asked.pk)}, at=at)
    return asked


def approve(refund: Refund, *, by: User, at: datetime) -> None:
    """Let a requested refund go, if the money is still there. Audited; the sending follows by itself.

    Raises `NotAllowed`, `SamePerson`, `UnlawfulMove`, and `NotRefundable` or `FundHasSpentIt` for what happened since it
    was asked for.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.handles_money(by))
        payment = _locked(refund.payment)
        row = _decided_by_another(refund, by=by)
        if REFUNDS.allows("approve", row.state):
            _check_still_there(payment, row.amount)
        row.approved_by = by
        row.save(update_fields=["approved_by"])
        _approve(row, by=by, at=at)
        recording.record("refund.approve", row, by=by, at=at)
    refund.refresh_from_db()


def refuse(refund: Refund, *, reason: str, by: User, at: datetime) -> None:
    """Turn a requested refund down. Audited. Announces `refund.refused`.

    Raises `NotAllowed`, `SamePerson`, `NoReason`, `UnlawfulMove`.
    """
    reason = reason.strip()
    with transaction.atomic(durable=True):
        rules.require(rules.handles_money(by))
        row = _decided_by_another(refund, by=by)
        if not 0 < len(reason) <= LONGEST_REASON:
            raise NoReason
        moving.move(row, "refuse", table=REFUNDS, by=by, at=at)
        Refusal.objects.create(refund=row, by=by, at=at, reason=reason)
        recording.record("refund.refuse", row, by=by, at=at)
        sending.send("refund.refused", {"refund": str(row.pk)}, at=at)
    refund.refresh_from_db()


def send(refund: Refund, *, at: datetime) -> None:
    """Have the provider send an approved refund, once, then follow the payment. Network, so outside any transaction.

    One whose answer was lost is looked up first and only repeated, under the same key, when the provider does not have
    it. Raises `ProviderUnreachable` (call again later) and what `settlement.follow` raises; a refusal of the provider
    makes the refund `failed` with its reason. Does nothing for a refund that is not due.
    """
    refund.refresh_from_db()
    if refund.state not in {RefundState.APPROVED, RefundState.SENT}:
        return
    payment = Payment.objects.select_related("fund").get(pk=refund.payment_id)
    is_new = _mark_sent(refund, at=at)
    if refund.provider_id is None and (is_new or not _is_known(refund, payment)):
        _ask(refund, payment, at=at)
    settlement.follow(payment, at=at)
    refund.refresh_from_db()


def refundable(payment: Payment) -> Money:
    """Return what is left to refund, in the giver's currency: less refunds made or under way, disputes open or lost."""
    return Money(max(0, _left(payment)), payment.currency)


ANSWERS = ("payment_id", "amount_minor", "currency", "reason", "requested_by_id")


def _locked(payment: Payment) -> Payment:
    """Return the row itself. Whoever changes what is promised of a payment holds it, and takes it first."""
    row: Payment = (
        Payment.objects.select_for_update(of=("self",), no_key=True).select_related("fund").get(pk=payment.pk)
    )
    return row


def _asked_before(asked: Refund) -> Refund | None:
    """Return the row that this form made when it was sent before, if it said the same."""
    earlier: Refund | None = Refund.objects.filter(pk=asked.pk).first()
    if earlier and any(getattr(earlier, name) != getattr(asked, name) for name in ANSWERS):
        raise AlreadyAsked
    return earlier


def _left(payment: Payment) -> int:
    """Return what `refundable` does in minor units; below zero when more is promised and disputed than was paid."""
    disputed = payment.disputes.exclude(state=DisputeState.WON).aggregate(total=Sum("amount_minor", default=0))["total"]
    return int(payment.captured_minor - _promised(payment) - disputed)


def _promised(payment: Payment) -> int:
    """Return the sum of all refunds that were made or may still be made."""
    alive = payment.refunds.exclude(state__in=(RefundState.REFUSED, RefundState.FAILED))
    return int(alive.aggregate(total=Sum("amount_minor", default=0))["total"])


def _check_refundable(payment: Payment, amount: Money) -> Movement:
    """Refuse what cannot go back; return the movement by which the money came."""
    left = refundable(payment)
    if not left:
        raise NotRefundable
    if amount.currency != payment.currency or not 0 < amount.minor <= left.minor:
        raise RefundTooLarge(left=printed.show(left))
    return _check_fund(payment, amount)


def _check_still_there(payment: Payment, amount: Money) -> None:
    """Refuse what was promised and can no longer be kept: the bank took it meanwhile, or the fund spent it."""
    if _left(payment) < 0:
        raise NotRefundable
    _check_fund(payment, amount)


def _check_fund(payment: Payment, amount: Money) -> Movement:
    """Refuse what the fund no longer has; return the movement by which the money came."""
    charge: Movement = payment.movements.get(kind=MovementKind.CHARGE)
    if queries.available(payment.fund).minor < _part(charge.som_minor - charge.fee_som_minor, amount.minor, charge):
        raise FundHasSpentIt
    return charge


def _part(som: int, minor: int, charge: Movement) -> int:
    return som * minor // charge.gross_minor


def _approve(refund: Refund, *, by: User, at: datetime) -> None:
    """Make the refund due: a message sends it, and the resolver does if that is lost."""
    moving.move(refund, "approve", table=REFUNDS, by=by, at=at)
    sending.send("refund.due", {"refund": str(refund.pk)}, at=at)


def _decided_by_another(refund: Refund, *, by: User) -> Refund:
    row = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    if row.requested_by_id == by.pk:
        raise SamePerson
    return row


def _mark_sent(refund: Refund, *, at: datetime) -> bool:
    """Write down that we are about to ask, and tell whether nobody has asked before."""
    with transaction.atomic(durable=True):
        row = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
        is_new = row.state == RefundState.APPROVED
        if is_new:
            moving.move(row, "send", table=REFUNDS, by=None, at=at)
            row.sent_at = at
            row.save(update_fields=["sent_at"])
    refund.refresh_from_db()
    return is_new


def _is_known(refund: Refund, payment: Payment) -> bool:
    """Whether the provider has a refund with our mark; following the payment will tie it to the row."""
    return any(seen.refund_id == str(refund.pk) for seen in gateway.refunds_of(str(payment.intent_id)))


def _ask(refund: Refund, payment: Payment, *, at: datetime) -> None:
    crash.point("payments.before_refund")
    key = f"ashar:refund:{refund.pk}"
    try:
        gateway.refund(str(payment.intent_id), amount=refund.amount, refund_id=str(refund.pk), key=key)
    except gateway.ProviderRefused as refusal:
        _fail(refund, reason=str(refusal.facts["reason"]), at=at)
    crash.point("payments.after_refund")


def _fail(refund: Refund, *, reason: str, at: datetime) -> None:
    with transaction.atomic(durable=True):
        row = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
        row.failure = reason[:200]
        row.save(update_fields=["failure"])
        moving.move(row, "fail", table=REFUNDS, by=None, at=at)
