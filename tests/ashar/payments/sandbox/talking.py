"""Talking to the sandbox: the SDK's client with a listener on its line, and the plain requests the SDK would not send."""

import http.client
import json
import urllib.parse
from dataclasses import dataclass
from typing import Any

import stripe

RESULT_SIZE = 300
SESSION = {
    "mode": "payment",
    "submit_type": "donate",
    "locale": "ru",
    "client_reference_id": "7f1c0a52-5b5c-4f7e-9f0d-3f6a1a2b3c4d",
    "customer_email": "giver@example.org",
    "metadata": {"payment": "7f1c0a52", "language": "ru"},
    "payment_intent_data": {"metadata": {"payment": "7f1c0a52"}, "description": "Мектептин чатыры"},
    "payment_method_types": ["card"],
    "adaptive_pricing": {"enabled": False},
    "line_items": [
        {
            "quantity": 1,
            "price_data": {"currency": "usd", "unit_amount": 5000, "product_data": {"name": "Мектептин чатыры"}},
        }
    ],
    "success_url": "http://localhost:8000/ru/gifts/7f1c0a52/?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "http://localhost:8000/ru/projects/school/give/",
}


@dataclass(frozen=True)
class Sent:
    """One request the sandbox took."""

    method: str
    path: str
    body: str


@dataclass(frozen=True)
class Got:
    """A plain answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def error(self) -> dict[str, Any]:
        return self.json["error"]


class Listening(stripe.RequestsClient):
    """The SDK's own transport, writing down what was answered with 200."""

    def __init__(self, taken):
        super().__init__(timeout=(3.05, 10))
        self.taken = taken

    def request(self, method, url, headers, post_data=None):
        answer = super().request(method, url, headers, post_data)
        if answer[1] == 200:
            parts = urllib.parse.urlsplit(url)
            self.taken.append(
                Sent(method.upper(), url.removeprefix(f"{parts.scheme}://{parts.netloc}"), post_data or "")
            )
        return answer


def client(base_url: str, key: str, version: str, taken: list[Sent], *, retries: int = 0) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": base_url},
        max_network_retries=retries,
        http_client=Listening(taken),
    )


def priced(minor: int, currency: str, **changes: Any) -> dict[str, Any]:
    """Return the parameters of a session over that sum."""
    price = {"currency": currency, "unit_amount": minor, "product_data": {"name": "Мектептин чатыры"}}
    return SESSION | {"line_items": [{"quantity": 1, "price_data": price}]} | changes


def refusals(taken: list[Sent], address: str) -> list[str]:
    """Send the requests to stripe-mock and return what it says against them."""
    said = []
    for sent in taken:
        got = plain(address, sent.method, sent.path, body=sent.body.encode())
        if got.status != 200:
            said.append(f"{sent.method} {sent.path}: {got.text[:RESULT_SIZE]}")
    return said


def plain(address: str, method: str, path: str, *, body: bytes = b"", **headers: str) -> Got:
    """Send one request as it is; keyword arguments are headers (`stripe_version=…`), None leaves a usual one out."""
    usual = {"authorization": "Bearer sk_test_sandbox", "content_type": "application/x-www-form-urlencoded"}
    parts = urllib.parse.urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in (usual | headers).items() if value is not None}
        line.request(method, path, body=body or None, headers=named)
        answer = line.getresponse()
        return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode())
    finally:
        line.close()


def form(**fields: str) -> bytes:
    return urllib.parse.urlencode(fields).encode()
