"""Dispute: the card holder's bank takes the money back, and gives it again if we win."""

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import balance, charges, events
from ashar.payments.sandbox.store import Json

NOUN = "dispute"
WEEK = 7 * 86_400
EVIDENCE = (
    "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
    "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
    "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation",
    "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
    "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address", "shipping_carrier",
    "shipping_date", "shipping_documentation", "shipping_tracking_number", "uncategorized_file", "uncategorized_text",
)  # fmt: skip
WINNING, LOSING = "winning_evidence", "losing_evidence"


def open_for(account: Account, name: str, *, amount: int | None = None) -> Json:
    """Dispute what is left of a charge, or `amount` of it: the sum and 15 dollars leave the balance at once."""
    charge = account.store.get("charge", name)
    if not charge:
        raise Fault.missing("charge", name, param="charge")
    left = charge["amount"] - charge["amount_refunded"]
    disputed = left if amount is None else amount
    if charge["status"] != "succeeded" or charge["disputed"] or not 0 < disputed <= left:
        raise Fault(f"Charge {name} cannot be disputed for that sum.", param="charge")
    charges.settle(account, name)
    account.store.save(account.store.any(name) | {"disputed": True})
    dispute = account.store.add(_new(account, charge, disputed))
    events.emit(account, "charge.dispute.created", dispute)
    dispute = _move(account, dispute, minor=-disputed, fee=tariff.dispute_fee(settlement=account.settlement))
    events.emit(account, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close(account: Account, name: str, *, won: bool) -> Json:
    """Decide an open dispute: won brings the sum back (the fee stays), lost leaves it. Any other is refused."""
    dispute = find(account, name)
    if dispute["status"] not in {"needs_response", "under_review"}:
        raise Fault("This dispute is already closed", code="dispute_already_closed", param="dispute")
    dispute = account.store.save(dispute | {"status": "won" if won else "lost"})
    if won:
        dispute = _move(account, dispute, minor=dispute["amount"], fee=0)
        events.emit(account, "charge.dispute.funds_reinstated", dispute)
    events.emit(account, "charge.dispute.closed", dispute)
    return dispute


def accept(account: Account, _params: Json, name: str) -> Json:
    """Give in: the API's own way to close a dispute."""
    return close(account, name, won=False)


def update(account: Account, params: Json, name: str) -> Json:
    """Keep evidence and send it unless `submit` is false; Stripe's two magic texts decide the dispute at once."""
    dispute = find(account, name)
    details, text = dispute["evidence_details"], params.get("evidence", {}).get("uncategorized_text")
    changed: Json = {
        "metadata": dispute["metadata"] | params.get("metadata", {}),
        "evidence": dispute["evidence"] | params.get("evidence", {}),
        "evidence_details": details | {"has_evidence": details["has_evidence"] or bool(text)},
    }
    if text and params.get("submit", True):
        changed["evidence_details"]["submission_count"] = details["submission_count"] + 1
        changed["status"] = "under_review"
    dispute = account.store.save(dispute | changed)
    events.emit(account, "charge.dispute.updated", dispute)
    if dispute["status"] == "under_review" and text in {WINNING, LOSING}:
        return close(account, name, won=text == WINNING)
    return dispute


def find(account: Account, name: str) -> Json:
    """Return the dispute; raises the 404."""
    dispute = account.store.get(NOUN, name)
    if not dispute:
        raise Fault.missing(NOUN, name, param="dispute")
    return dispute


def _move(account: Account, dispute: Json, *, minor: int, fee: int) -> Json:
    """Enter the withdrawal or its return in the balance and on the dispute."""
    back = minor > 0
    text = f"Chargeback {'reversal' if back else 'withdrawal'} for {dispute['charge']}"
    move = balance.Move("adjustment", "dispute_reversal" if back else "dispute", text, fee, "Dispute fee")
    entered = balance.enter(account, dispute, move, minor=minor)
    return account.store.save(dispute | {"balance_transactions": [*dispute["balance_transactions"], entered]})


def _new(account: Account, charge: Json, amount: int) -> Json:
    now = account.now()
    return {
        "id": account.new_id("du_1"),
        "object": NOUN,
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(EVIDENCE) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + WEEK,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": charge["payment_method_details"]["card"]["brand"],
                "case_type": "chargeback",
                "network": charge["payment_method_details"]["card"]["brand"],
                "network_reason_code": "10.4",
            },
            "type": "card",
        },
        "reason": "fraudulent",
        "status": "needs_response",
    }
