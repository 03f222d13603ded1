"""Refund: money on its way back to the card, and sometimes back again."""

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import Behaviour
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import balance, charges, events
from ashar.payments.sandbox.store import Json

NOUN = "refund"


def create(account: Account, params: Json) -> Json:
    """Give back all or a part of a charge; never more than is left of it."""
    charge = _refundable(account, _charge(account, params))
    left = charge["amount"] - charge["amount_refunded"]
    amount = params.get("amount", left)
    if amount > left:
        currency = charge["currency"]
        message = (
            f"Refund amount ({tariff.shown(amount, currency=currency)}) is greater than unrefunded amount on charge "
            f"({tariff.shown(left, currency=currency)})"
        )
        raise Fault(message, param="amount")
    behaviour = account.store.notes(charge["id"])["behaviour"]
    refund = _enter(account, charge, params, amount=amount, pending=behaviour == Behaviour.REFUND_WAITS)
    _count(account, charge, amount)
    events.emit(account, "refund.created", refund)
    _schedule(account, refund, behaviour)
    return refund


def finish(account: Account, name: str) -> None:
    """Let a pending refund arrive; does nothing to any other."""
    refund = account.store.any(name)
    if refund["status"] == "pending":
        arrived = account.store.save(refund | {"status": "succeeded"})
        events.emit(account, "refund.updated", arrived, before={"status": "pending"})


def fail(account: Account, name: str) -> None:
    """Let the bank send the money back: the refund fails and the balance gets it again. Once."""
    refund = account.store.any(name)
    if refund["status"] not in {"succeeded", "pending"}:
        return
    move = balance.Move("refund_failure", "refund_failure", "REFUND FAILURE")
    returned = balance.enter(account, refund, move, minor=refund["amount"])
    failed = account.store.save(
        refund
        | {
            "status": "failed",
            "failure_reason": "expired_or_canceled_card",
            "failure_balance_transaction": returned["id"],
        }
    )
    charge = account.store.any(refund["charge"])
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    left = charge["amount_refunded"] - refund["amount"]
    charge = account.store.save(charge | {"amount_refunded": left, "refunded": False})
    events.emit(account, "charge.updated", charge, before=before)
    events.emit(account, "refund.updated", failed, before={"status": refund["status"]})
    events.emit(account, "refund.failed", failed)


def find(account: Account, name: str) -> Json:
    """Return the refund; raises the 404."""
    refund = account.store.get(NOUN, name)
    if not refund:
        raise Fault.missing(NOUN, name, param="refund")
    return refund


def _charge(account: Account, params: Json) -> Json:
    """Return the charge that the request names, directly or by its intent."""
    named = {"charge", "payment_intent"} & set(params)
    if len(named) != 1:
        raise Fault("One of the following params should be provided for this request: payment_intent or charge.")
    noun = named.pop()
    found = account.store.get(noun, params[noun])
    if not found:
        raise Fault.missing(noun, params[noun], param=noun)
    if noun == "charge":
        return found
    if found["status"] != "succeeded":
        raise Fault(f"This PaymentIntent ({found['id']}) does not have a successful charge to refund.", param=noun)
    return account.store.any(found["latest_charge"])


def _refundable(account: Account, charge: Json) -> Json:
    if charge["status"] != "succeeded":
        raise Fault(f"Charge {charge['id']} is not refundable: it did not succeed.", param="charge")
    if charge["disputed"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise Fault(message, code="charge_disputed")
    if charge["refunded"]:
        message = f"Charge {charge['id']} has already been refunded."
        raise Fault(message, code="charge_already_refunded")
    charges.settle(account, charge["id"])
    return account.store.any(charge["id"])


def _enter(account: Account, charge: Json, params: Json, *, amount: int, pending: bool) -> Json:
    refund: Json = {
        "id": account.new_id("re_3"),
        "object": NOUN,
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": account.now(),
        "currency": charge["currency"],
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card",
        },
        "metadata": params.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if pending else "succeeded",
        "transfer_reversal": None,
    }
    account.store.add(refund)
    text = f"REFUND FOR CHARGE ({charge['description']})" if charge["description"] else "REFUND FOR CHARGE"
    moved = balance.enter(account, refund, balance.Move("refund", "refund", text), minor=-amount)
    return account.store.save(refund | {"balance_transaction": moved["id"]})


def _count(account: Account, charge: Json, amount: int) -> None:
    """Add the refund to its charge and tell so."""
    before = {"amount_refunded": charge["amount_refunded"], "refunded": charge["refunded"]}
    refunded = charge["amount_refunded"] + amount
    changed = account.store.save(charge | {"amount_refunded": refunded, "refunded": refunded == charge["amount"]})
    events.emit(account, "charge.refunded", changed, before=before)


def _schedule(account: Account, refund: Json, behaviour: str) -> None:
    if behaviour == Behaviour.REFUND_FAILS or account.switch("fail_refunds"):
        account.schedule("fail_refund", refund["id"])
    elif behaviour == Behaviour.REFUND_WAITS:
        account.schedule("finish_refund", refund["id"])
