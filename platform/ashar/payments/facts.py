"""What the provider says, in our words: frozen, typed, and free of the provider's SDK.

Money is already ours (`Money` in ISO minor units), moments are aware datetimes, identifiers are the provider's strings,
and `payment_id` / `refund_id` are our own identifiers as the provider hands them back in metadata ("" when absent).
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from ashar.money import Money


@dataclass(frozen=True, slots=True)
class Order:
    """What we ask the hosted page to take; equal orders make equal requests, so a replay is the same request."""

    payment_id: uuid.UUID
    amount: Money
    subject: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A hosted page: `open`, `complete` or `expired`."""

    id: str
    url: str
    status: str
    payment_id: str
    intent_id: str
    amount: Money
    livemode: bool


@dataclass(frozen=True, slots=True)
class Transaction:
    """One movement of the provider's balance. `gross` is what the giver sees, the rest is in the settlement currency.

    Sums are signed as the balance sees them: money coming to us is positive, `net = settled_gross - fee`.
    """

    id: str
    kind: str
    gross: Money
    settled_gross: Money
    fee: Money
    net: Money
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Refund:
    """Money sent back: `pending`, `requires_action`, `succeeded`, `failed` or `canceled`."""

    id: str
    refund_id: str
    amount: Money
    status: str
    failure: str
    transactions: tuple[Transaction, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim of the giver's bank, with none, one or more movements of our balance."""

    id: str
    amount: Money
    status: str
    transactions: tuple[Transaction, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """The paying itself with everything that ever happened to its money."""

    id: str
    payment_id: str
    amount: Money
    livemode: bool
    charge: Transaction | None
    refunds: tuple[Refund, ...]
    disputes: tuple[Dispute, ...]

    def transactions(self) -> list[Transaction]:
        """Return every movement in the provider's order: by the moment it was created, then by identifier."""
        found = [self.charge] if self.charge else []
        found += [moved for refund in self.refunds for moved in refund.transactions]
        found += [moved for dispute in self.disputes for moved in dispute.transactions]
        return sorted(found, key=_provider_order)


STEPS = {"charge": 0, "refund": 1, "dispute_withdrawn": 1, "refund_failed": 2, "dispute_reinstated": 2}


def _provider_order(transaction: Transaction) -> tuple[datetime, int, str]:
    """Sort by time; within one second of the provider's clock money comes before it goes back, and goes before it returns."""
    return (transaction.created_at, STEPS[transaction.kind], transaction.id)
