"""How payments, refunds, disputes and webhook events may change their state, as literal tables.

States only move forward: whatever order the provider's news arrive in, the furthest state wins.
"""

from django.db import models
from django.utils.translation import pgettext_lazy

from ashar.workflow import Table


class PaymentState(models.TextChoices):
    """What staff read about a payment."""

    CREATED = "created", pgettext_lazy("payment", "created")
    OPEN = "open", pgettext_lazy("payment", "open at the card service")
    SETTLED = "settled", pgettext_lazy("payment", "settled")
    EXPIRED = "expired", pgettext_lazy("payment", "expired unpaid")


class RefundState(models.TextChoices):
    """What staff read about a refund."""

    REQUESTED = "requested", pgettext_lazy("refund", "waits for a second person")
    APPROVED = "approved", pgettext_lazy("refund", "approved")
    REFUSED = "refused", pgettext_lazy("refund", "refused by the second person")
    SENT = "sent", pgettext_lazy("refund", "sent to the card service")
    SUCCEEDED = "succeeded", pgettext_lazy("refund", "succeeded")
    FAILED = "failed", pgettext_lazy("refund", "failed")


class DisputeState(models.TextChoices):
    """What staff read about a dispute."""

    OPEN = "open", pgettext_lazy("dispute", "open")
    WON = "won", pgettext_lazy("dispute", "won")
    LOST = "lost", pgettext_lazy("dispute", "lost")


class EventState(models.TextChoices):
    """What staff read about an event of the inbox."""

    RECEIVED = "received", pgettext_lazy("webhook event", "waiting")
    DONE = "done", pgettext_lazy("webhook event", "done")
    IGNORED = "ignored", pgettext_lazy("webhook event", "ignored")
    QUARANTINED = "quarantined", pgettext_lazy("webhook event", "in quarantine")
    DEAD = "dead", pgettext_lazy("webhook event", "given up")


PAYMENTS = Table(
    "payment",
    {
        "open": (("created",), "open"),
        "settle": (("created", "open", "expired"), "settled"),  # money that came is never turned away
        "expire": (("created", "open"), "expired"),
    },
    states=PaymentState,
    public={
        "created": pgettext_lazy("payment", "not paid yet"),
        "open": pgettext_lazy("payment", "waiting for the payment"),
        "settled": pgettext_lazy("payment", "paid"),
        "expired": pgettext_lazy("payment", "not paid: the time ran out"),
    },
)

REFUNDS = Table(
    "refund",
    {
        "approve": (("requested",), "approved"),
        "refuse": (("requested",), "refused"),
        "send": (("approved",), "sent"),
        "succeed": (("sent",), "succeeded"),
        "fail": (("sent", "succeeded"), "failed"),  # a bank may send a refund back days after it "succeeded"
    },
    states=RefundState,
    public={
        "requested": pgettext_lazy("refund", "being checked"),
        "approved": pgettext_lazy("refund", "on its way"),
        "refused": pgettext_lazy("refund", "not refunded"),
        "sent": pgettext_lazy("refund", "on its way"),
        "succeeded": pgettext_lazy("refund", "refunded"),
        "failed": pgettext_lazy("refund", "could not be refunded"),
    },
)

DISPUTES = Table(
    "dispute",
    {
        "lose": (("open",), "lost"),
        "win": (("open", "lost"), "won"),  # a bank may give in after its verdict
    },
    states=DisputeState,
)

EVENTS = Table(
    "webhook event",
    {
        "finish": (("received",), "done"),
        "ignore": (("received", "quarantined", "dead"), "ignored"),
        "quarantine": (("received",), "quarantined"),
        "give_up": (("received",), "dead"),
        "retry": (("quarantined", "dead"), "received"),
    },
    states=EventState,
)
