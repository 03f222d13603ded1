"""Checkout Session: one visit to the pay page."""

from typing import Any

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import customers, events, intents
from ashar.payments.sandbox.store import Json

NOUN = "checkout.session"
SHORTEST, LONGEST = 30 * 60, 24 * 3600


AS_ASKED = (
    "billing_address_collection", "cancel_url", "client_reference_id", "customer", "customer_email", "locale",
    "submit_type", "success_url",
)  # fmt: skip
# What is the same on every new session.
NEW: Json = {
    "object": NOUN,
    "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
    "custom_fields": [],
    "invoice_creation": {
        "enabled": False,
        "invoice_data": {
            "account_tax_ids": None,
            "custom_fields": None,
            "description": None,
            "footer": None,
            "issuer": None,
            "metadata": {},
            "rendering_options": None,
        },
    },
    "livemode": False,
    "mode": "payment",
    "payment_method_collection": "if_required",
    "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
    "payment_status": "unpaid",
    "phone_number_collection": {"enabled": False},
    "shipping_options": [],
    "status": "open",
    "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
    "ui_mode": "hosted_page",
} | dict.fromkeys(
    (
        "after_expiration", "allow_promotion_codes", "client_secret", "collected_information", "consent",
        "consent_collection", "currency_conversion", "customer_account", "customer_details", "discounts",
        "integration_identifier", "invoice", "origin_context", "payment_intent", "payment_link",
        "payment_method_configuration_details", "permissions", "recovered_from", "saved_payment_method_options",
        "setup_intent", "shipping_address_collection", "shipping_cost", "subscription", "wallet_options",
    )
)  # fmt: skip


def create(account: Account, params: Json) -> Json:
    """Keep an open session with its pay page address; it expires by itself."""
    _agree(account, params)
    currency, total = _total(params["line_items"])
    now = account.now()
    expires_at = params.get("expires_at", now + LONGEST)
    session_id = account.new_id("cs_test_a1", tail=53)
    session = _new(account, params, session_id) | {
        "amount_subtotal": total,
        "amount_total": total,
        "created": now,
        "currency": currency,
        "expires_at": expires_at,
    }
    account.store.add(
        session,
        payment_intent_data=params.get("payment_intent_data", {}),
        line_items=[_line(account, item) for item in params["line_items"]],
        submit_text=params.get("custom_text", {}).get("submit", {}).get("message", ""),
    )
    account.schedule("expire_session", session_id, after=expires_at - now)
    return session


def expire(account: Account, _params: Json, name: str) -> Json:
    """Close an open session; any other state is refused."""
    session = find(account, name)
    if session["status"] != "open":
        message = (
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
        raise Fault(message, param="session")
    return _close(account, session)


def expire_when_open(account: Account, name: str) -> None:
    """Close the session whose time has come, unless it was paid or closed before."""
    session = find(account, name)
    if session["status"] == "open":
        _close(account, session)


def complete(account: Account, session: Json, intent: Json, *, name: str, email: str) -> Json:
    """Mark the session paid by `intent` and tell so."""
    details: dict[str, Any] = {
        "address": {"city": None, "country": "US", "line1": None, "line2": None, "postal_code": None, "state": None},
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
    paid = {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"], "customer_details": details}
    session = account.store.save(session | paid | {"customer": intent["customer"], "url": None})
    events.emit(account, "checkout.session.completed", session)
    return session


def find(account: Account, name: str) -> Json:
    """Return the session; raises the 404."""
    session = account.store.get(NOUN, name)
    if not session:
        raise Fault.missing(NOUN, name, param="session")
    return session


def _close(account: Account, session: Json) -> Json:
    session = account.store.save(session | {"status": "expired", "url": None})
    if session["payment_intent"]:
        intents.cancel(account, session["payment_intent"])
    events.emit(account, "checkout.session.expired", session)
    return session


def _agree(account: Account, params: Json) -> None:
    """Refuse parameters that are each right and do not go together."""
    if "customer" in params:
        customers.find(account, params["customer"], param="customer", status=400)
        if "customer_email" in params:
            message = "You may only specify one of these parameters: customer, customer_email."
            raise Fault(message, param="customer_email")
        if "customer_creation" in params:
            raise Fault("`customer_creation` can not be used together with `customer`.", param="customer_creation")
    ahead = params.get("expires_at", account.now() + LONGEST) - account.now()
    if ahead < SHORTEST:
        raise Fault(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at"
        )
    if ahead > LONGEST:
        raise Fault(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at"
        )


def _total(items: list[Json]) -> tuple[str, int]:
    """Return currency and sum of the items; refuses mixed currencies and sums Stripe does not charge."""
    currencies = {item["price_data"]["currency"] for item in items}
    if len(currencies) > 1:
        raise Fault("All line items must be priced in the same currency.", param="line_items")
    currency = currencies.pop()
    total = sum(item["price_data"]["unit_amount"] * item["quantity"] for item in items)
    if tariff.too_small(total, currency=currency):
        message = (
            "The Checkout Session's total amount must convert to at least 50 cents. "
            f"{tariff.shown(total, currency=currency)} converts to approximately "
            f"{tariff.shown(tariff.convert(total, source=currency, target='usd'), currency='usd')}."
        )
        raise Fault(message, code="amount_too_small")
    if total > tariff.MOST_MINOR:
        most = tariff.shown(tariff.MOST_MINOR, currency=currency)
        message = f"The Checkout Session's total amount due must be no more than {most}."
        raise Fault(message, code="amount_too_large")
    return currency, total


def _line(account: Account, item: Json) -> Json:
    total = item["price_data"]["unit_amount"] * item["quantity"]
    return {
        "id": account.new_id("li_1"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": item["price_data"]["currency"],
        "description": item["price_data"]["product_data"]["name"],
        "metadata": {},
        "price": _price(account, item["price_data"]),
        "quantity": item["quantity"],
    }


def _price(account: Account, price: Json) -> Json:
    return {
        "id": account.new_id("price_1"),
        "object": "price",
        "active": False,
        "billing_scheme": "per_unit",
        "created": account.now(),
        "currency": price["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": account.new_id("prod_", tail=9),
        "recurring": None,
        "tax_behavior": "unspecified",
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "one_time",
        "unit_amount": price["unit_amount"],
        "unit_amount_decimal": str(price["unit_amount"]),
    }


def _new(account: Account, params: Json, session_id: str) -> Json:
    asked = {name: params.get(name) for name in AS_ASKED}
    return (
        NEW
        | asked
        | {
            "id": session_id,
            "adaptive_pricing": {"enabled": params.get("adaptive_pricing", {}).get("enabled", False)},
            "custom_text": {
                "after_submit": None,
                "shipping_address": None,
                "submit": params.get("custom_text", {}).get("submit"),
                "terms_of_service_acceptance": None,
            },
            "customer_creation": None if "customer" in params else params.get("customer_creation", "if_required"),
            "metadata": params.get("metadata", {}),
            "payment_method_types": params.get("payment_method_types", ["card"]),
            "url": f"{account.base_url}/pay/{session_id}",
        }
    )
