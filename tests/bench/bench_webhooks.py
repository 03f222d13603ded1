"""Taking in a webhook: the statements it costs, and its CPU beside the check of its signature alone, interleaved in one run.

The event is as large as the provider's usual ones (about 3 KB). Everything happens in one transaction that is rolled back.
"""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median
from time import process_time

import stripe
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ashar.payments import inbox
from ashar.payments.gateway import SignatureRefused
from tests.bench import Measurement

ROUNDS = 9
EVENTS = 60  # in each round
SIZE = 3084
AT = datetime(2026, 1, 1, tzinfo=UTC)
Webhook = tuple[bytes, str]


def measure() -> Iterator[Measurement]:
    """Measure statements and CPU of a valid, a duplicate and a forged webhook."""
    logging.disable(logging.INFO)
    with transaction.atomic():
        yield from _statements()
        rounds = [_round(number) for number in range(ROUNDS)]
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
    for name, budget in (("valid", 30), ("duplicate", 30), ("forged", 3), ("construct_event, for comparison", None)):
        ratios = [times[name] / times["signature"] for times in rounds]
        what = f"CPU of {name} to the signature check, median of {ROUNDS}"
        yield Measurement(what=what, value=median(ratios), unit="times", at_most=budget)
    micros = 1e6 * median(times["signature"] for times in rounds) / EVENTS
    yield Measurement(what="the signature check alone", value=micros, unit="CPU µs")


def _statements() -> Iterator[Measurement]:
    event, forged = _webhook("evt_statements"), _webhook("evt_forged", secret="whsec_forged")
    for name, webhook, budget in (("valid", event, 1), ("duplicate", event, 1), ("forged", forged, 0)):
        with CaptureQueriesContext(connection) as captured:
            _take(webhook)
        yield Measurement(what=f"SQL statements of a {name} webhook", value=len(captured), at_most=budget)


def _round(number: int) -> dict[str, float]:
    """Return the CPU seconds of each kind for the same number of webhooks, one kind after the other."""
    valid = [_webhook(f"evt_{number}_{place}") for place in range(EVENTS)]
    forged = [_webhook(f"evt_{number}_{place}", secret="whsec_forged") for place in range(EVENTS)]
    secret = settings.STRIPE_WEBHOOK_SECRETS[0]
    return {
        "signature": _cpu(lambda one: stripe.WebhookSignature.verify_header(one[0], one[1], secret), valid),
        "valid": _cpu(_take, valid),
        "duplicate": _cpu(_take, valid),
        "forged": _cpu(_take, forged),
        "construct_event, for comparison": _cpu(
            lambda one: stripe.Webhook.construct_event(one[0], one[1], secret, tolerance=0, api_key="sk_test_x"), valid
        ),
    }


def _take(webhook: Webhook) -> None:
    try:
        inbox.receive(*webhook, at=AT)
    except SignatureRefused:
        return


def _cpu(work: Callable[[Webhook], object], webhooks: list[Webhook]) -> float:
    started = process_time()
    for webhook in webhooks:
        work(webhook)
    return process_time() - started


def _webhook(name: str, *, secret: str = "") -> Webhook:
    """Return the body and the signature of an event of the usual size."""
    charge = {"id": "ch_1", "object": "charge", "amount": 5000, "metadata": {"payment": "x" * 36}, "outcome": {"a": 1}}
    event = {
        "id": name,
        "object": "event",
        "created": int(AT.timestamp()),
        "livemode": False,
        "type": "charge.updated",
        "data": {"object": charge | {f"field_{number}": f"value {number}" for number in range(80)}},
    }
    event["padding"] = "x" * max(0, SIZE - len(json.dumps(event)) - 15)
    body = json.dumps(event)
    known = secret or settings.STRIPE_WEBHOOK_SECRETS[0]
    signature = stripe.WebhookSignature.generate_signature_header(body, known, timestamp=int(AT.timestamp()))
    return body.encode(), signature
