"""Charge: one attempt to take the money from a card, and what became of it."""

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import Card, Decline
from ashar.payments.sandbox.objects import balance, events
from ashar.payments.sandbox.store import Json

# What is the same on every new charge.
NEW: Json = {
    "object": "charge",
    "amount_refunded": 0,
    "calculated_statement_descriptor": "ASHAR SANDBOX",
    "disputed": False,
    "fraud_details": {},
    "livemode": False,
    "radar_options": {},
    "refunded": False,
} | dict.fromkeys(
    (
        "application", "application_fee", "application_fee_amount", "balance_transaction", "failure_balance_transaction",
        "on_behalf_of", "receipt_number", "receipt_url", "review", "shipping", "source_transfer", "statement_descriptor",
        "transfer_data", "transfer_group",
    )
)  # fmt: skip


def attempt(account: Account, intent: Json, card: Card, *, billing: Json, authenticated: bool) -> Json:
    """Charge the card for the intent: keep the charge, succeeded or failed, and tell so."""
    charge = account.store.add(
        _new(account, intent, card, billing, authenticated=authenticated), behaviour=card.behaviour
    )
    if card.decline:
        events.emit(account, "charge.failed", charge)
        return charge
    events.emit(account, "charge.succeeded", charge)
    return charge


def settle(account: Account, name: str) -> None:
    """Attach the balance transaction, as Stripe does a moment after the charge. Does nothing the second time."""
    charge = account.store.any(name)
    if charge["balance_transaction"]:
        return
    settled = tariff.convert(charge["amount"], source=charge["currency"], target=account.settlement)
    fee = tariff.card_fee(settled, settlement=account.settlement)
    move = balance.Move("charge", "charge", charge["description"], fee, "Stripe processing fees")
    transaction = balance.enter(account, charge, move, minor=charge["amount"])
    changed = account.store.save(charge | {"balance_transaction": transaction["id"]})
    events.emit(account, "charge.updated", changed, before={"balance_transaction": None})


def _new(account: Account, intent: Json, card: Card, billing: Json, *, authenticated: bool) -> Json:
    declined = card.decline
    same = ("amount", "currency", "customer", "description", "metadata", "receipt_email", "statement_descriptor_suffix")
    return (
        NEW
        | {name: intent[name] for name in same}
        | {
            "id": account.new_id("ch_3"),
            "amount_captured": 0 if declined else intent["amount"],
            "billing_details": billing,
            "captured": not declined,
            "created": account.now(),
            "failure_code": declined.code if declined else None,
            "failure_message": declined.message if declined else None,
            "outcome": _outcome(declined),
            "paid": not declined,
            "payment_intent": intent["id"],
            "payment_method": intent["payment_method"],
            "payment_method_details": {"card": _card_details(card, authenticated=authenticated), "type": "card"},
            "status": "failed" if declined else "succeeded",
        }
    )


def _outcome(declined: Decline | None) -> Json:
    return {
        "advice_code": "try_again_later" if declined else None,
        "network_advice_code": None,
        "network_decline_code": "01" if declined else None,
        "network_status": "declined_by_network" if declined else "approved_by_network",
        "reason": declined.reason if declined else None,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": "The bank did not return any further details with this decline."
        if declined
        else "Payment complete.",
        "type": "issuer_declined" if declined else "authorized",
    }


def _card_details(card: Card, *, authenticated: bool) -> Json:
    checked = {"authentication_flow": "challenge", "electronic_commerce_indicator": "05", "result": "authenticated"}
    return {
        "amount_authorized": None,
        "authorization_code": None,
        "brand": card.brand,
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": card.month,
        "exp_year": card.year,
        "fingerprint": f"sandbox{card.number[-8:]}",
        "funding": "credit",
        "installments": None,
        "last4": card.number[-4:],
        "mandate": None,
        "network": card.brand,
        "network_token": {"used": False},
        "network_transaction_id": None,
        "regulated_status": "unregulated",
        "three_d_secure": checked | {"result_reason": None, "version": "2.2.0"} if authenticated else None,
        "wallet": None,
    }
