"""Following a payment: ask the provider what became of it, and bring the books and the row to the same point.

The provider is asked outside any transaction; what it says is recorded in one. Every balance transaction becomes exactly
one movement and one journal, so following any number of times, in any order, by any number of workers, is the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar import crash
from ashar.errors import Refused
from ashar.money.rates import StaleRate
from ashar.outbox import sending
from ashar.payments import booking, facts, gateway, patience, returns
from ashar.payments.models import Movement, Payment
from ashar.payments.states import PAYMENTS
from ashar.workflow import moving

UNASKED_TIME = timedelta(hours=24)  # how long a payment without a session may still get one
REFUND_KINDS = {"refund", "refund_failed"}


class Mismatch(Refused):
    """What the provider holds is not what our row says. Nothing is posted; people have to look."""

    code = "payment_mismatch"
    message = _("The card service's record of this payment differs from ours.")


class OtherPayment(Mismatch):
    """The provider's object belongs to another payment, or to a second session of this one."""

    code = "other_payment"


class OtherMode(Mismatch):
    """Test money where real money is expected, or the other way round."""

    code = "other_mode"


class OtherAmount(Mismatch):
    """Another sum."""

    code = "other_amount"


class OtherCurrency(Mismatch):
    """Another currency."""

    code = "other_currency"


class TooMuchRefunded(Mismatch):
    """More was refunded than was paid."""

    code = "too_much_refunded"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the provider brought."""

    session: facts.Session | None
    intent: facts.Intent | None


def follow(payment: Payment, *, at: datetime) -> list[Movement]:
    """Bring `payment` to where the provider is and return the movements that were new.

    Posts the missing journals in the provider's order, moves the states of the payment, its refunds and disputes, and
    announces `payment.moved` or `payment.expired`. Idempotent, also for two at once. Raises `Mismatch`, `StaleRate` and
    `ProviderRefused` (nothing is posted, the reason stays on the payment), `ProviderUnreachable` (nothing is known).
    """
    try:
        seen = _look(payment)
        crash.point("payments.before_posting")
        moved = patience.persist(partial(_record, payment, seen, at=at))
    except (Mismatch, StaleRate, gateway.ProviderRefused) as reason:
        Payment.objects.filter(pk=payment.pk).update(trouble=reason.code, looked_at=at)
        raise
    crash.point("payments.after_posting")
    return moved


def _look(payment: Payment) -> Seen:
    session = None if payment.captured_minor else _session_of(payment)
    intent_id = payment.intent_id or (session.intent_id if session else "")
    return Seen(session, gateway.intent(intent_id) if intent_id else None)


def _session_of(payment: Payment) -> facts.Session | None:
    """Fetch the payment's session; one that was made but never stored is found by the mark it carries."""
    if payment.session_id:
        return gateway.session(payment.session_id)
    if payment.asked_at is None:
        return None
    found = gateway.sessions_of(str(payment.pk), asked_at=payment.asked_at)
    return min(found, key=lambda session: ("complete", "open", "expired").index(session.status), default=None)


def _record(payment: Payment, seen: Seen, *, at: datetime) -> list[Movement]:
    with transaction.atomic(durable=True):
        row = Payment.objects.select_for_update(of=("self",), no_key=True).select_related("fund").get(pk=payment.pk)
        _check(row, seen)
        _adopt(row, seen)
        moved = _post_missing(row, seen.intent, at=at) if seen.intent else []
        before = row.state
        _advance(row, seen, at=at)
        row.looked_at, row.trouble = at, ""
        row.save(update_fields=[*ADOPTED, "captured_minor", "refunded_minor", "looked_at", "trouble"])
        if moved:
            sending.send("payment.moved", {"payment": str(row.pk)}, at=at)
        if row.state == "expired" != before:
            sending.send("payment.expired", {"payment": str(row.pk)}, at=at)
    for name in (*ADOPTED, "state", "captured_minor", "refunded_minor", "looked_at", "trouble"):
        setattr(payment, name, getattr(row, name))
    return moved


ADOPTED = ("session_id", "session_url", "intent_id")


def _check(row: Payment, seen: Seen) -> None:
    """Compare everything the provider hands back with our row, before anything is believed."""
    if seen.session:
        _compare(row, seen.session)
    if seen.intent:
        _compare(row, seen.intent)
        if row.intent_id not in {None, seen.intent.id}:
            raise OtherPayment
        if any(part.gross.currency != row.currency for part in seen.intent.transactions()):
            raise OtherCurrency


def _compare(row: Payment, found: facts.Session | facts.Intent) -> None:
    if found.payment_id != str(row.pk):
        raise OtherPayment
    if found.livemode != row.livemode:
        raise OtherMode
    if found.amount.currency != row.currency:
        raise OtherCurrency
    if found.amount != row.amount:
        raise OtherAmount


def _adopt(row: Payment, seen: Seen) -> None:
    if seen.session and row.session_id is None:
        row.session_id, row.session_url = seen.session.id, seen.session.url
    if seen.intent and row.intent_id is None:
        row.intent_id = seen.intent.id


def _post_missing(row: Payment, intent: facts.Intent, *, at: datetime) -> list[Movement]:
    past = list(row.movements.order_by("sequence"))
    if not past and intent.charge is None:
        return []  # the money is still under way: nothing can have returned before it came
    known = {movement.balance_transaction_id for movement in past}
    moved: list[Movement] = []
    for seen in intent.transactions():
        if seen.id not in known:
            _count(row, seen)
            moved.append(booking.book(row, seen, past=[*past, *moved], at=at))
    returns.recognise_refunds(row, intent.refunds, at=at)
    returns.recognise_disputes(row, intent.disputes, at=at)
    return moved


def _count(row: Payment, seen: facts.Transaction) -> None:
    """Keep the row's own guards, which the database checks: captured whole or not at all, refunded within it."""
    if seen.kind == "charge":
        if seen.gross != row.amount:
            raise OtherAmount
        row.captured_minor = seen.gross.minor
    if seen.kind in REFUND_KINDS:
        row.refunded_minor -= seen.gross.minor
        if not 0 <= row.refunded_minor <= row.captured_minor:
            raise TooMuchRefunded


def _advance(row: Payment, seen: Seen, *, at: datetime) -> None:
    """Move the state forward, as far as what was seen allows; a later state is never left for an earlier one."""
    verb = ""
    if row.captured_minor:
        verb = "settle"
    elif _is_over(row, seen, at=at):
        verb = "expire"
    elif row.session_id:
        verb = "open"
    if verb and PAYMENTS.allows(verb, row.state):
        moving.move(row, verb, table=PAYMENTS, by=None, at=at)


def _is_over(row: Payment, seen: Seen, *, at: datetime) -> bool:
    """Tell whether nobody can pay any more: the session says so, or a day after we last asked there is still none."""
    if seen.session:
        return seen.session.status == "expired"
    return row.session_id is None and at >= (row.asked_at or row.created_at) + UNASKED_TIME
