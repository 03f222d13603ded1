"""The parameters of every request the sandbox takes. What is not here is refused, at any depth."""

from dataclasses import dataclass

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.faults import InvalidParameter
from ashar.payments.sandbox.form import Raw
from ashar.payments.sandbox.schemas import Choice, Email, Flag, Hash, Kind, Metadata, Moments, Rows, Text, Url, Whole

LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th",
    "tr", "vi", "zh", "zh-HK", "zh-TW",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency of the allow-list, in either case; read as lower case."""

    def read(self, raw: Raw, name: str) -> str:
        """Return the code in lower case."""
        text = Text(40).read(raw, name).lower()
        if not tariff.known(text):
            listed = ", ".join(sorted(tariff.DOLLARS_E9))
            message = f"Invalid currency: {text}. Stripe currently supports these currencies: {listed}"
            raise InvalidParameter(message, param=name)
        return text


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What the card statement shows: up to 22 Latin characters, with a letter, without brackets, quotes or stars."""

    def read(self, raw: Raw, name: str) -> str:
        """Return the text."""
        text = Text(22).read(raw, name)
        if not text.isascii() or set(text) & set("<>\\'\"*") or not any(letter.isalpha() for letter in text):
            message = "The statement descriptor must contain Latin characters, at least one letter and none of <>\\'\"*"
            raise InvalidParameter(message, param=name)
        return text


EXPAND: dict[str, Kind] = {"expand": Rows(Text(), most=20)}
ONLY_EXPAND = Hash(EXPAND)
PAGE: dict[str, Kind] = EXPAND | {
    "limit": Whole(1, 100),
    "starting_after": Text(),
    "ending_before": Text(),
    "created": Moments(),
}
PRICE = Hash(
    {
        "currency": Currency(),
        "unit_amount": Whole(0, tariff.MOST_MINOR),
        "product_data": Hash(
            {"name": Text(250), "description": Text(500), "images": Rows(Url(), most=8), "metadata": Metadata()},
            required=("name",),
        ),
    },
    required=("currency", "unit_amount", "product_data"),
)
SESSION_CREATE = Hash(
    EXPAND
    | {
        "adaptive_pricing": Hash({"enabled": Flag()}),
        "billing_address_collection": Choice(("auto", "required")),
        "cancel_url": Url(),
        "client_reference_id": Text(200),
        "custom_text": Hash({"submit": Hash({"message": Text(1200)}, required=("message",))}),
        "customer": Text(),
        "customer_creation": Choice(("always", "if_required")),
        "customer_email": Email(),
        "expires_at": Whole(),
        "line_items": Rows(
            Hash({"price_data": PRICE, "quantity": Whole(1, 999_999)}, required=("price_data", "quantity")), fewest=1
        ),
        "locale": Choice(LOCALES),
        "metadata": Metadata(),
        "mode": Choice(("payment",), unsupported=("setup", "subscription")),
        "payment_intent_data": Hash(
            {
                "description": Text(1000),
                "metadata": Metadata(),
                "receipt_email": Email(),
                "statement_descriptor_suffix": Descriptor(),
            }
        ),
        "payment_method_types": Rows(Choice(("card",)), fewest=1),
        "submit_type": Choice(("auto", "book", "donate", "pay")),
        "success_url": Url(),
        "ui_mode": Choice(("hosted_page",), unsupported=("elements", "embedded_page")),
    },
    required=("mode", "line_items", "success_url"),
)
REFUND_CREATE = Hash(
    EXPAND
    | {
        "amount": Whole(1, tariff.MOST_MINOR),
        "charge": Text(),
        "metadata": Metadata(),
        "payment_intent": Text(),
        "reason": Choice(("duplicate", "fraudulent", "requested_by_customer")),
    }
)
CUSTOMER_CREATE = Hash(
    EXPAND
    | {
        "description": Text(),
        "email": Email(),
        "metadata": Metadata(),
        "name": Text(256),
        "phone": Text(20),
        "preferred_locales": Rows(Text(20)),
    }
)
DISPUTE_UPDATE = Hash(
    EXPAND
    | {
        "evidence": Hash({"product_description": Text(20_000), "uncategorized_text": Text(20_000)}),
        "metadata": Metadata(),
        "submit": Flag(),
    }
)
SESSION_LIST = Hash(
    PAGE | {"customer": Text(), "payment_intent": Text(), "status": Choice(("complete", "expired", "open"))}
)
INTENT_LIST = Hash(PAGE | {"customer": Text()})
CHARGE_LIST = Hash(PAGE | {"customer": Text(), "payment_intent": Text()})
REFUND_LIST = Hash(PAGE | {"charge": Text(), "payment_intent": Text()})
BALANCE_LIST = Hash(PAGE | {"currency": Currency(), "source": Text(), "type": Text()})
DISPUTE_LIST = Hash(PAGE | {"charge": Text(), "payment_intent": Text()})
CUSTOMER_LIST = Hash(PAGE | {"email": Text(512)})
EVENT_LIST = Hash(PAGE | {"type": Text(), "types": Rows(Text(), most=20)})
LINE_ITEM_LIST = Hash(EXPAND | {"limit": Whole(1, 100)})
