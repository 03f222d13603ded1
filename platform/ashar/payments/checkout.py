"""Sending a person to the provider's hosted page, with our row written first."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar import crash
from ashar.errors import Refused
from ashar.ledger.models import Fund
from ashar.money import Money, currencies
from ashar.payments import facts, gateway
from ashar.payments.models import Payment
from ashar.payments.states import PAYMENTS, PaymentState
from ashar.workflow import moving

SESSION_TIME = timedelta(hours=1)
# The provider takes no session that would end within 30 minutes, so this late a replay can still make one.
REPLAY_TIME = timedelta(minutes=25)


class AmountNotAccepted(Refused):
    """The card service does not take this sum or this currency."""

    code = "amount_not_accepted"
    message = _("This amount cannot be paid by card.")


class AlreadyPaid(Refused):
    """There is nothing more to pay."""

    code = "already_paid"
    message = _("This has already been paid. Nothing was charged again.")


class TimeRanOut(Refused):
    """The page for this payment is closed for good; a new payment is needed."""

    code = "time_ran_out"
    message = _("The time for this payment ran out and nothing was charged. Please start again.")


def create(
    fund: Fund,
    *,
    amount: Money,
    email: str,
    language: str,
    subject: str,
    paths: tuple[str, str],
    at: datetime,
    payment_id: uuid.UUID | None = None,
) -> Payment:
    """Write the row of a payment, inside the caller's transaction; the provider hears nothing yet.

    `paths` are those of our site to come back to, (paid, not paid); `subject` is what the page shows as bought. Raises
    `AmountNotAccepted`, and `Indivisible` for a fraction that the provider does not take.
    """
    _check(amount)
    success_path, cancel_path = paths
    return Payment.objects.create(
        id=payment_id or uuid.uuid4(),
        fund=fund,
        amount_minor=amount.minor,
        currency=amount.currency,
        livemode=settings.STRIPE_LIVEMODE,
        email=email,
        language=language,
        subject=subject[:250],
        success_path=success_path,
        cancel_path=cancel_path,
        created_at=at,
    )


def send_to_provider(payment: Payment, *, at: datetime) -> str:
    """Return the address of the hosted page, the same one however often it is asked.

    Network, so outside any transaction. One payment has one session: a lost answer is replayed under the same key while
    the provider still takes the same request, later it is looked up. Raises `ProviderUnreachable` (ask again for the
    same payment), `ProviderRefused`, `AlreadyPaid`, `TimeRanOut`.
    """
    payment.refresh_from_db()
    _refuse_finished(payment.state)
    session = gateway.session(payment.session_id) if payment.session_id else _ask(payment, at=at)
    if session.status == "complete":
        raise AlreadyPaid
    if session.status == "expired":
        raise TimeRanOut
    return _store(payment, session, at=at)


def withdraw(payment: Payment) -> None:
    """Make sure that nobody can pay any more, because the giver decided anew. Idempotent.

    Network, so outside any transaction. The row follows by the provider's news. Raises `AlreadyPaid`, and
    `ProviderUnreachable` when it is not known whether the page still stands.
    """
    payment.refresh_from_db()
    if payment.state == PaymentState.SETTLED:
        raise AlreadyPaid
    if payment.state == PaymentState.EXPIRED or payment.asked_at is None:
        return
    known = [payment.session_id] if payment.session_id else _made_for(payment)
    ended = [gateway.end_session(session_id) for session_id in known]
    if any(session.status == "complete" for session in ended):
        raise AlreadyPaid


def key(payment: Payment) -> str:
    """Return the idempotency key of the payment's current attempt to get a session."""
    return f"ashar:checkout:{payment.pk}" + (f":{payment.attempt}" if payment.attempt > 1 else "")


def _check(amount: Money) -> None:
    currency = currencies.get(amount.currency)
    if not currency.chargeable:
        raise AmountNotAccepted
    if not currency.minimum_charge_minor <= amount.minor <= currency.maximum_charge_minor:
        raise AmountNotAccepted
    currencies.to_provider(amount)


def _refuse_finished(state: str) -> None:
    if state == PaymentState.SETTLED:
        raise AlreadyPaid
    if state == PaymentState.EXPIRED:
        raise TimeRanOut


def _ask(payment: Payment, *, at: datetime) -> facts.Session:
    if payment.asked_at is None:
        _begin_attempt(payment, at=at)
    elif at - payment.asked_at > REPLAY_TIME:
        found = gateway.sessions_of(str(payment.pk), asked_at=payment.asked_at)
        if found:
            return found[0]
        _begin_attempt(payment, at=at)
    crash.point("payments.before_session")
    session = gateway.open_session(_order(payment), key=key(payment))
    crash.point("payments.after_session")
    return session


def _made_for(payment: Payment) -> list[str]:
    """Return the pages that were asked for and of which we never heard."""
    found = gateway.sessions_of(str(payment.pk), asked_at=payment.asked_at or payment.created_at)
    return [session.id for session in found]


def _begin_attempt(payment: Payment, *, at: datetime) -> None:
    """Fix what this attempt asks for before asking. Of two who begin at once, the second asks what the first asks."""
    seen = Payment.objects.filter(pk=payment.pk, asked_at=payment.asked_at, attempt=payment.attempt)
    seen.update(asked_at=at, attempt=payment.attempt + (payment.asked_at is not None))
    payment.refresh_from_db()


def _order(payment: Payment) -> facts.Order:
    asked_at = payment.asked_at or payment.created_at
    return facts.Order(
        payment_id=payment.pk,
        amount=payment.amount,
        subject=payment.subject,
        email=payment.email,
        language=payment.language,
        success_url=settings.SITE_URL + payment.success_path,
        cancel_url=settings.SITE_URL + payment.cancel_path,
        expires_at=asked_at + SESSION_TIME,
    )


def _store(payment: Payment, session: facts.Session, *, at: datetime) -> str:
    """Keep the session, unless another request was faster: whoever comes second goes to the first one's page."""
    with transaction.atomic(durable=True):
        row = Payment.objects.select_for_update(no_key=True).get(pk=payment.pk)
        if row.session_id is None:
            row.session_id, row.session_url = session.id, session.url
            row.save(update_fields=["session_id", "session_url"])
        if PAYMENTS.allows("open", row.state):
            moving.move(row, "open", table=PAYMENTS, by=None, at=at)
    payment.refresh_from_db()
    return payment.session_url
