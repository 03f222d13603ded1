"""PaymentIntent: the wish to be paid one sum, through as many attempts as it takes."""

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import UNAUTHENTICATED, Card, Decline
from ashar.payments.sandbox.objects import charges, events, payment_methods
from ashar.payments.sandbox.store import Json

BROWSER_WAITS = 3600


# What is the same on every new intent.
NEW: Json = {
    "object": "payment_intent",
    "amount_capturable": 0,
    "amount_details": {"tip": {}},
    "amount_received": 0,
    "capture_method": "automatic_async",
    "confirmation_method": "automatic",
    "livemode": False,
    "payment_method_options": {
        "card": {"installments": None, "mandate_options": None, "network": None, "request_three_d_secure": "automatic"}
    },
    "payment_method_types": ["card"],
    "status": "requires_payment_method",
} | dict.fromkeys(
    (
        "application", "application_fee_amount", "automatic_payment_methods", "canceled_at", "cancellation_reason",
        "customer_account", "excluded_payment_method_types", "last_payment_error", "latest_charge", "next_action",
        "on_behalf_of", "payment_method", "payment_method_configuration_details", "processing", "review",
        "setup_future_usage", "shipping", "statement_descriptor", "transfer_data", "transfer_group",
    )
)  # fmt: skip


def begin(account: Account, session: Json, data: Json) -> Json:
    """Keep the intent of a session; `data` is its `payment_intent_data`."""
    intent_id = account.new_id("pi_3")
    intent = account.store.add(
        NEW
        | {
            "id": intent_id,
            "amount": session["amount_total"],
            "client_secret": account.new_id(f"{intent_id}_secret_", tail=20),
            "created": account.now(),
            "currency": session["currency"],
            "customer": session["customer"],
            "description": data.get("description"),
            "metadata": data.get("metadata", {}),
            "receipt_email": data.get("receipt_email"),
            "statement_descriptor_suffix": data.get("statement_descriptor_suffix"),
        }
    )
    events.emit(account, "payment_intent.created", intent)
    return intent


def confirm(account: Account, intent: Json, card: Card, *, billing: Json, authenticated: bool) -> Json:
    """Charge the card and return the intent, succeeded or waiting for another card, with its events."""
    method = payment_methods.add(account, card, billing=billing, customer=intent["customer"])
    intent = intent | {"payment_method": method["id"], "next_action": None, "last_payment_error": None}
    charge = charges.attempt(account, intent, card, billing=billing, authenticated=authenticated)
    intent["latest_charge"] = charge["id"]
    if card.decline:
        return fail(account, intent, card.decline, method=method)
    intent = account.store.save(intent | {"status": "succeeded", "amount_received": intent["amount"]})
    events.emit(account, "payment_intent.succeeded", intent)
    return intent


def ask(account: Account, intent: Json, *, url: str, return_url: str) -> Json:
    """Let the bank ask its customer: the intent waits for an action at `url`."""
    action = {"redirect_to_url": {"return_url": return_url, "url": url}, "type": "redirect_to_url"}
    waiting = {"status": "requires_action", "next_action": action, "last_payment_error": None}
    intent = account.store.save(intent | waiting)
    events.emit(account, "payment_intent.requires_action", intent)
    return intent


def refuse(account: Account, intent: Json) -> Json:
    """Go back to choosing a card, without a charge: the customer did not approve at the bank."""
    return fail(account, intent, UNAUTHENTICATED)


def fail(account: Account, intent: Json, decline: Decline, *, method: Json | None = None) -> Json:
    """Keep the failure on the intent and tell so."""
    error: Json = {"code": decline.code, "message": decline.message, "type": "card_error"}
    if method:
        error |= {"charge": intent["latest_charge"], "decline_code": decline.reason, "payment_method": method}
    else:
        error["type"] = "invalid_request_error"
    failed = {"status": "requires_payment_method", "last_payment_error": error, "payment_method": None}
    intent = account.store.save(intent | failed | {"next_action": None})
    events.emit(account, "payment_intent.payment_failed", intent)
    return intent


def cancel(account: Account, name: str) -> None:
    """Close the intent of an expired session, which was tried in vain: one that succeeds completes its session."""
    gone = {
        "status": "canceled",
        "canceled_at": account.now(),
        "cancellation_reason": "expired",
        "next_action": None,
    }
    events.emit(account, "payment_intent.canceled", account.store.save(account.store.any(name) | gone))
