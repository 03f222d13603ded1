"""What the card service holds, looked up past the site, over its own API and its controls."""

from typing import Any

import requests

from tests.town import Town

KEY = "sk_test_sandbox"


def marked(town: Town, noun: str, payment: str) -> list[dict[str, Any]]:
    """Return all objects of a kind (`checkout/sessions`, `payment_intents`) that carry the mark of a payment of ours."""
    return [found for found in _all(town, noun) if found["metadata"].get("payment") == payment]


def charges(town: Town, payment: str) -> list[dict[str, Any]]:
    """Return the charges that took money for a payment of ours."""
    intents = {intent["id"] for intent in marked(town, "payment_intents", payment)}
    return [charge for charge in _all(town, "charges") if charge["payment_intent"] in intents and charge["paid"]]


def refunds(town: Town, payment: str) -> list[dict[str, Any]]:
    """Return what went back of a payment of ours."""
    intents = {intent["id"] for intent in marked(town, "payment_intents", payment)}
    return [refund for refund in _all(town, "refunds") if refund["payment_intent"] in intents]


def switch(town: Town, **positions: Any) -> None:
    """Move switches of the sandbox."""
    answer = requests.post(f"{town.sandbox}/_sandbox/switches", json=positions, timeout=10)
    answer.raise_for_status()


def deliveries(town: Town) -> list[dict[str, Any]]:
    """Return the latest deliveries of events, newest first."""
    return list(requests.get(f"{town.sandbox}/_sandbox/deliveries", timeout=10).json())


def _all(town: Town, noun: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    more = True
    while more:
        after = {"starting_after": found[-1]["id"]} if found else {}
        answer = requests.get(f"{town.sandbox}/v1/{noun}", params={"limit": "100"} | after, auth=(KEY, ""), timeout=30)
        answer.raise_for_status()
        page = answer.json()
        found += page["data"]
        more = page["has_more"]
    return found
