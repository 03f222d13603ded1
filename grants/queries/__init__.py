"""Reads: everything a page needs, prepared and frozen. Sums are asked of the ledger and of nothing else."""

from grants.queries.calls import (
    CallCard,
    CallPage,
    Listing,
    address,
    call_page,
    cards_of,
    due,
    last_moves,
    listing,
    open_now,
    standing,
)

__all__ = [
    "CallCard",
    "CallPage",
    "Listing",
    "address",
    "call_page",
    "cards_of",
    "due",
    "last_moves",
    "listing",
    "open_now",
    "standing",
]
