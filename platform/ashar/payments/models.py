"""The rows of payments. Sums are integers in minor units with their currency beside them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ashar.ledger.models import Fund, Journal
from ashar.money import Money, printed
from ashar.money.models import ExchangeRate
from ashar.payments.states import DisputeState, EventState, PaymentState, RefundState

LONGEST_REASON = 500


class Payment(models.Model):
    """One sum that one person means to pay into one fund. Its sum, currency, fund and mode never change (a trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="payments")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.CREATED)
    livemode = models.BooleanField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    success_path = models.CharField(max_length=500)
    cancel_path = models.CharField(max_length=500)
    session_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - unknown is not "": unique
    session_url = models.TextField(blank=True)
    intent_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - unknown is not "": unique
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(null=True)
    captured_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_sum_is_positive"),
            models.CheckConstraint(
                condition=Q(captured_minor=0) | Q(captured_minor=F("amount_minor")),
                name="payment_captured_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, refunded_minor__lte=F("captured_minor")),
                name="payment_refunded_within_captured",
            ),
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_state_is_known"),
        ]
        indexes = [models.Index(fields=["state", "looked_at"], name="payments_to_look_at")]

    def __str__(self) -> str:
        return f"{printed.plain(self.amount)} {self.currency} {self.state} ({self.pk})"

    @property
    def amount(self) -> Money:
        """What the person means to pay."""
        return Money(self.amount_minor, self.currency)


class Refund(models.Model):
    """Money going back to the giver. `requested_by` is empty when it was made at the provider, past this program."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=LONGEST_REASON)
    state = models.CharField(max_length=10, choices=RefundState, default=RefundState.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=255, unique=True, null=True)  # noqa: DJ001 - unknown is not "": unique
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_sum_is_positive"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="refund_needs_two_people",
            ),
            models.CheckConstraint(condition=Q(state__in=RefundState.values), name="refund_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{printed.plain(self.amount)} {self.currency} {self.state} ({self.pk})"

    @property
    def amount(self) -> Money:
        """What goes back, in the giver's currency."""
        return Money(self.amount_minor, self.currency)


class Refusal(models.Model):
    """That the second person turned a refund down, when and why; those from before reasons were asked for have none."""

    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, related_name="refusal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.refund_id} refused by {self.by_id}"


class Dispute(models.Model):
    """A claim of the giver's bank on a payment."""

    provider_id = models.CharField(max_length=255, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=DisputeState, default=DisputeState.OPEN)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="dispute_sum_is_positive"),
            models.CheckConstraint(condition=Q(state__in=DisputeState.values), name="dispute_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.state}"

    @property
    def amount(self) -> Money:
        """What the bank claims, in the giver's currency."""
        return Money(self.amount_minor, self.currency)


class MovementKind(models.TextChoices):
    """Why the provider's balance moved; also the kinds of our journals."""

    CHARGE = "charge", pgettext_lazy("movement", "payment")
    REFUND = "refund", pgettext_lazy("movement", "refund")
    REFUND_FAILED = "refund_failed", pgettext_lazy("movement", "refund sent back")
    DISPUTE_WITHDRAWN = "dispute_withdrawn", pgettext_lazy("movement", "dispute: money taken back")
    DISPUTE_REINSTATED = "dispute_reinstated", pgettext_lazy("movement", "dispute: money returned")


class Movement(models.Model):
    """One balance transaction of the provider and the journal it became. Never changed, never removed (triggers).

    `gross` is what the giver sees and `settled_*` what the provider's balance saw, both signed (+ towards us).
    In tyiyn, at the rates frozen here: `som` the fund's gift (signed likewise), `fee_som` the change of the fund's card
    fees, `cost_som` a fee of this movement itself that operations bear, `covered_som` what operations put in because
    the fund had already spent its money. The fund is richer by `som - fee_som + covered_som`.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="movements")
    sequence = models.PositiveSmallIntegerField()
    balance_transaction_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=20, choices=MovementKind)
    gross_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    settled_gross_minor = models.BigIntegerField()
    settled_fee_minor = models.BigIntegerField()
    settled_net_minor = models.BigIntegerField()
    settled_currency = models.CharField(max_length=3)
    som_minor = models.BigIntegerField()
    fee_som_minor = models.BigIntegerField()
    cost_som_minor = models.BigIntegerField(default=0)
    covered_som_minor = models.BigIntegerField(default=0)
    rate = models.ForeignKey(ExchangeRate, on_delete=models.PROTECT, null=True, related_name="+")
    rate_value_e4 = models.BigIntegerField(null=True)
    rate_nominal = models.PositiveIntegerField(null=True)
    fee_rate = models.ForeignKey(ExchangeRate, on_delete=models.PROTECT, null=True, related_name="+")
    fee_rate_value_e4 = models.BigIntegerField(null=True)
    fee_rate_nominal = models.PositiveIntegerField(null=True)
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="movement")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "sequence"], name="movement_sequence_is_gapless"),
            models.CheckConstraint(
                condition=Q(settled_net_minor=F("settled_gross_minor") - F("settled_fee_minor")),
                name="movement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["charge", "refund_failed", "dispute_reinstated"], gross_minor__gt=0, som_minor__gte=0
                )
                | Q(kind__in=["refund", "dispute_withdrawn"], gross_minor__lt=0, som_minor__lte=0),
                name="movement_sign_follows_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {printed.plain(self.gross)} {self.currency} ({self.balance_transaction_id})"

    @property
    def gross(self) -> Money:
        """What the giver sees, + towards us."""
        return Money(self.gross_minor, self.currency)


class RefundMovement(models.Model):
    """Which refund a movement belongs to: kept beside the movement, which never changes, since it may be learnt later."""

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, primary_key=True, related_name="of_refund")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="refund_movements")

    def __str__(self) -> str:
        return f"{self.movement_id} of {self.refund_id}"


class WebhookEvent(models.Model):
    """What the provider told us, without the person it told it about: `payload` is what `hints.kept` leaves. Never changed."""

    event_id = models.CharField(max_length=255, unique=True)
    type = models.CharField(max_length=100)
    api_version = models.CharField(max_length=60, blank=True)
    livemode = models.BooleanField()
    object_id = models.CharField(max_length=255, blank=True)
    payload = models.TextField()
    created_at = models.DateTimeField()
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=EventState, default=EventState.RECEIVED)
    reason = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("event of the card service")
        verbose_name_plural = _("events of the card service")
        constraints = [models.CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_is_known")]
        indexes = [models.Index(fields=["state", "due_at"], name="payments_inbox_due")]

    def __str__(self) -> str:
        return f"{self.type} {self.state} ({self.event_id})"
