"""BalanceTransaction: how one thing moved the balance, in the settlement currency, with its fee."""

from dataclasses import dataclass

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.store import Json

DAYS_UNTIL_AVAILABLE = 2
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Move:
    """What a movement is called in the balance, and what it costs in the settlement currency."""

    kind: str
    category: str
    text: str | None = None
    fee: int = 0
    fee_text: str = ""


def enter(account: Account, source: Json, move: Move, *, minor: int) -> Json:
    """Keep the movement of `minor` (signed, in the currency of `source`) and return it."""
    currency, settlement, now = source["currency"], account.settlement, account.now()
    settled = tariff.convert(minor, source=currency, target=settlement)
    return account.store.add(
        {
            "id": account.new_id("txn_3"),
            "object": "balance_transaction",
            "amount": settled,
            "available_on": (now // DAY + DAYS_UNTIL_AVAILABLE) * DAY,
            "balance_type": "payments",
            "created": now,
            "currency": settlement,
            "description": move.text,
            "exchange_rate": tariff.exchange_rate(source=currency, target=settlement),
            "fee": move.fee,
            "fee_details": _fees(move, settlement),
            "net": settled - move.fee,
            "reporting_category": move.category,
            "source": source["id"],
            "status": "pending",
            "type": move.kind,
        }
    )


def shown(account: Account, transaction: Json) -> Json:
    """Return the transaction as it stands now: pending until its day has come."""
    return transaction | {"status": "available" if transaction["available_on"] <= account.now() else "pending"}


def _fees(move: Move, currency: str) -> list[Json]:
    fee = {
        "amount": move.fee,
        "application": None,
        "currency": currency,
        "description": move.fee_text,
        "type": "stripe_fee",
    }
    return [fee] if move.fee else []
