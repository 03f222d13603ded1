"""The only door to the provider's SDK. Everything comes out as `facts`, every failure as one of the two errors below.

No call here touches the database, and every call that changes something carries an idempotency key made by the caller.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money import Money, currencies
from ashar.payments import facts

# Seconds to connect, seconds between bytes; the SDK's own default is 80. With the retries, a giver before a service that is
# there and says nothing waits for a quarter of a minute.
TIMEOUT = (3.05, 5)
NETWORK_RETRIES = 2
SKEW = 300  # seconds a signature may be old, or its maker's clock ahead
LOCALES = {"ru": "ru", "en": "en"}  # the hosted page does not speak Kyrgyz: it then follows the browser
SIGNATURE = re.compile(r"t=([0-9]{1,12})(?:,v[0-9]=[0-9a-f]{1,128})+")
LOOK_UP_WINDOW = timedelta(hours=2)  # how long after asking a session can have been made


class ProviderUnreachable(Refused):
    """No answer, or none that settles whether the request took effect: ask again later with the same key."""

    code = "provider_unreachable"
    message = _(
        "The card service does not answer right now. Please try again in a few minutes: you will not be charged twice."
    )


class ProviderRefused(Refused):
    """The provider understood and said no; repeating the same request will not help. `facts["reason"]` is its code."""

    code = "provider_refused"
    message = _("The card service refused this request (%(reason)s).")

    @property
    def is_missing(self) -> bool:
        """Whether the provider does not know the object we named."""
        return bool(self.facts["status"] == 404)  # noqa: PLR2004 - HTTP's own number


class SignatureRefused(Refused):
    """The body was not signed with a secret of ours within five minutes of now."""

    code = "signature_refused"
    message = _("The signature is not valid.")


def open_session(order: facts.Order, *, key: str) -> facts.Session:
    """Ask for a hosted page. Idempotent by `key`: the same order under the same key is the same page."""
    marks = {"payment": str(order.payment_id), "language": order.language}
    params: dict[str, Any] = {
        "mode": "payment",
        "submit_type": "donate",
        "payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},  # the giver pays the sum of our row, in its currency
        "locale": LOCALES.get(order.language, "auto"),
        "client_reference_id": str(order.payment_id),
        "metadata": marks,
        "payment_intent_data": {"metadata": marks, "description": order.subject},
        "line_items": [{"quantity": 1, "price_data": _price(order)}],
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
    }
    if order.email:
        params["customer_email"] = order.email
    with _translated():
        made = _client().v1.checkout.sessions.create(cast("Any", params), {"idempotency_key": key})
        return _session(made.to_dict())


def session(session_id: str) -> facts.Session:
    """Fetch one hosted page."""
    with _translated():
        return _session(_client().v1.checkout.sessions.retrieve(session_id).to_dict())


def end_session(session_id: str) -> facts.Session:
    """End a hosted page, so that nobody can pay there any more; return it as it is then: expired, or complete before."""
    try:
        with _translated():
            return _session(_client().v1.checkout.sessions.expire(session_id).to_dict())
    except ProviderRefused:  # it was no longer open
        return session(session_id)


def sessions_of(payment_id: str, *, asked_at: datetime) -> list[facts.Session]:
    """Find the hosted pages made for a payment of ours around the time we asked, newest first."""
    window = {"gte": int(asked_at.timestamp()) - SKEW, "lte": int((asked_at + LOOK_UP_WINDOW).timestamp())}
    with _translated():
        pages = _client().v1.checkout.sessions.list(cast("Any", {"created": window, "limit": 100}))
        rows = [page.to_dict() for page in pages.auto_paging_iter()]
    return [_session(row) for row in rows if row["client_reference_id"] == payment_id]


def intent(intent_id: str) -> facts.Intent:
    """Fetch a paying with its charge, refunds and disputes and the movement of our balance behind each."""
    api = _client().v1
    with _translated():
        core = api.payment_intents.retrieve(intent_id, {"expand": ["latest_charge.balance_transaction"]}).to_dict()
        return facts.Intent(
            id=core["id"],
            payment_id=core["metadata"].get("payment", ""),
            amount=currencies.from_provider(core["amount"], core["currency"]),
            livemode=core["livemode"],
            charge=_charge(core["latest_charge"]),
            refunds=tuple(refunds_of(intent_id)) if core["latest_charge"] else (),
            disputes=tuple(_disputes_of(intent_id)) if core["latest_charge"] else (),
        )


def refund(intent_id: str, *, amount: Money, refund_id: str, key: str) -> facts.Refund:
    """Send money back. Idempotent by `key`, which belongs to our refund row, so two equal refunds stay two."""
    params = {"payment_intent": intent_id, "amount": currencies.to_provider(amount), "metadata": {"refund": refund_id}}
    with _translated():
        made = _client().v1.refunds.create(cast("Any", params | EXPAND_REFUND), {"idempotency_key": key})
        return _refund(made.to_dict())


def refunds_of(intent_id: str) -> list[facts.Refund]:
    """Fetch every refund of a paying, whoever made it."""
    params = {"payment_intent": intent_id, "limit": 100, "expand": [f"data.{name}" for name in EXPAND_REFUND["expand"]]}
    with _translated():
        return [_refund(row.to_dict()) for row in _client().v1.refunds.list(cast("Any", params)).auto_paging_iter()]


def events_since(moment: datetime) -> Iterator[str]:
    """Yield the events the provider remembers since `moment` (it keeps thirty days) as the JSON a webhook would carry."""
    params = {"created": {"gte": int(moment.timestamp())}, "limit": 100}
    with _translated():
        for event in _client().v1.events.list(cast("Any", params)).auto_paging_iter():
            yield json.dumps(event.to_dict(for_json=True))


def check_signature(body: str, signature: str, *, at: datetime) -> None:
    """Pass when one of our secrets signed `body` within five minutes of `at`, either way; else `SignatureRefused`.

    The SDK checks the past only, so that a far-future timestamp would pass for ever: the clock is ours.
    """
    header = SIGNATURE.fullmatch(signature)
    if header is None or abs(at.timestamp() - int(header[1])) > SKEW:
        raise SignatureRefused
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret)
        except stripe.SignatureVerificationError:
            continue
        return
    raise SignatureRefused


def close() -> None:
    """Forget the client and close this thread's connections; the next call opens anew (tests, a change of settings)."""
    _connected.cache_clear()


EXPAND_REFUND = {"expand": ["balance_transaction", "failure_balance_transaction"]}


def _client() -> stripe.StripeClient:
    return _connected(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_API_VERSION)


@lru_cache(maxsize=4)
def _connected(key: str, base: str, version: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": base} if base else {},
        max_network_retries=NETWORK_RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what the SDK raises into our two errors. Unknown outcomes (conflicts, limits, 5xx) count as unreachable."""
    try:
        yield
    except (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError) as error:
        raise ProviderUnreachable(reason=type(error).__name__) from error
    except stripe.StripeError as error:
        raise ProviderRefused(reason=error.code or type(error).__name__, status=error.http_status) from error


def _price(order: facts.Order) -> dict[str, Any]:
    return {
        "currency": order.amount.currency.lower(),
        "unit_amount": currencies.to_provider(order.amount),
        "product_data": {"name": order.subject},
    }


def _session(row: Mapping[str, Any]) -> facts.Session:
    return facts.Session(
        id=row["id"],
        url=row["url"] or "",
        status=row["status"],
        payment_id=row["client_reference_id"] or "",
        intent_id=_id(row["payment_intent"]),
        amount=currencies.from_provider(row["amount_total"], row["currency"]),
        livemode=row["livemode"],
    )


def _charge(row: Mapping[str, Any] | None) -> facts.Transaction | None:
    """Return the movement of a charge: a declined one has none, a fresh one none yet."""
    if row is None or row["balance_transaction"] is None:
        return None
    return _transaction(row["balance_transaction"], kind="charge", gross=_amount(row))


def _refund(row: Mapping[str, Any]) -> facts.Refund:
    amount = _amount(row)
    moved, failed = row["balance_transaction"], row.get("failure_balance_transaction")
    transactions = [_transaction(moved, kind="refund", gross=-amount)] if moved else []
    if failed:
        transactions.append(_transaction(failed, kind="refund_failed", gross=amount))
    return facts.Refund(
        id=row["id"],
        refund_id=(row["metadata"] or {}).get("refund", ""),
        amount=amount,
        status=row["status"],
        failure=row.get("failure_reason") or "",
        transactions=tuple(transactions),
    )


def _disputes_of(intent_id: str) -> Iterator[facts.Dispute]:
    listed = _client().v1.disputes.list({"payment_intent": intent_id, "limit": 100})
    for row in (dispute.to_dict() for dispute in listed.auto_paging_iter()):
        amount = _amount(row)
        moved = tuple(_disputed(part, amount) for part in row["balance_transactions"])
        yield facts.Dispute(id=row["id"], amount=amount, status=row["status"], transactions=moved)


def _disputed(row: Mapping[str, Any], amount: Money) -> facts.Transaction:
    if row["amount"] < 0:
        return _transaction(row, kind="dispute_withdrawn", gross=-amount)
    return _transaction(row, kind="dispute_reinstated", gross=amount)


def _transaction(row: Mapping[str, Any], *, kind: str, gross: Money) -> facts.Transaction:
    return facts.Transaction(
        id=row["id"],
        kind=kind,
        gross=gross,
        settled_gross=_amount(row),
        fee=currencies.from_provider(row["fee"], row["currency"]),
        net=currencies.from_provider(row["net"], row["currency"]),
        created_at=datetime.fromtimestamp(row["created"], tz=UTC),
    )


def _amount(row: Mapping[str, Any]) -> Money:
    return currencies.from_provider(row["amount"], row["currency"])


def _id(value: str | Mapping[str, Any] | None) -> str:
    """Read an expandable field: an identifier, an object, or nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value["id"])
