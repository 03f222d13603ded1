"""PaymentMethod: the card as the intent remembers it."""

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import Card
from ashar.payments.sandbox.store import Json


def add(account: Account, card: Card, *, billing: Json, customer: str | None) -> Json:
    """Keep the card (its last four digits) and return the object."""
    return account.store.add(
        {
            "id": account.new_id("pm_1"),
            "object": "payment_method",
            "allow_redisplay": "limited",
            "billing_details": billing,
            "card": {
                "brand": card.brand,
                "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
                "country": "US",
                "display_brand": card.brand,
                "exp_month": card.month,
                "exp_year": card.year,
                "fingerprint": f"sandbox{card.number[-8:]}",
                "funding": "credit",
                "generated_from": None,
                "last4": card.number[-4:],
                "networks": {"available": [card.brand], "preferred": None},
                "regulated_status": "unregulated",
                "three_d_secure_usage": {"supported": True},
                "wallet": None,
            },
            "created": account.now(),
            "customer": customer,
            "customer_account": None,
            "livemode": False,
            "metadata": {},
            "type": "card",
        }
    )
