"""Customer: somebody who pays more than once."""

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.store import Json

NOUN = "customer"


def create(account: Account, params: Json) -> Json:
    """Keep a customer and return it."""
    return account.store.add(
        {
            "id": account.new_id("cus_", tail=9),
            "object": NOUN,
            "address": None,
            "balance": 0,
            "created": account.now(),
            "currency": None,
            "customer_account": None,
            "default_source": None,
            "delinquent": False,
            "description": params.get("description"),
            "discount": None,
            "email": params.get("email"),
            "invoice_prefix": account.new_id("S", tail=2).upper(),
            "invoice_settings": {
                "custom_fields": None,
                "default_payment_method": None,
                "footer": None,
                "rendering_options": None,
            },
            "livemode": False,
            "metadata": params.get("metadata", {}),
            "name": params.get("name"),
            "next_invoice_sequence": 1,
            "phone": params.get("phone"),
            "preferred_locales": params.get("preferred_locales", []),
            "shipping": None,
            "tax_exempt": "none",
            "test_clock": None,
        }
    )


def find(account: Account, name: str, *, param: str = "customer", status: int = 404) -> Json:
    """Return the customer; raises Stripe's "No such customer" with that status."""
    customer = account.store.get(NOUN, name)
    if not customer:
        raise Fault.missing(NOUN, name, param=param, status=status)
    return customer
