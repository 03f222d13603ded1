"""Messages and their deliveries."""

import uuid

from django.db import models
from django.utils.translation import pgettext_lazy


class Message(models.Model):
    """Something that happened and must be followed. Written once, with the change that it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(max_length=60)
    payload = models.JSONField()
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"


class Deliveries(models.QuerySet["Delivery"]):
    """Deliveries, to be narrowed down."""

    def open(self) -> "Deliveries":
        """Return those that somebody still has to finish."""
        return self.filter(state__in=Delivery.OPEN)


class Delivery(models.Model):
    """One message on its way to one consumer."""

    class State(models.TextChoices):
        """How far the delivery is."""

        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        TAKEN = "taken", pgettext_lazy("delivery", "Taken")
        DONE = "done", pgettext_lazy("delivery", "Done")
        DEAD = "dead", pgettext_lazy("delivery", "Dead")

    OPEN = (State.WAITING, State.TAKEN)

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    consumer = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # From `due_at` anyone may take it: after a pause between attempts, or when the lease of a lost worker is over.
    due_at = models.DateTimeField()
    # From `resend_at` the relay sends it to the workers again.
    resend_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = Deliveries.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["message", "consumer"], name="outbox_delivers_once_to_a_consumer"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="outbox_done_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["resend_at"], condition=models.Q(state__in=("waiting", "taken")), name="outbox_open_deliveries"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.consumer}: {self.state}"


class Heartbeat(models.Model):
    """When a worker last proved that it does what it is sent: not that it lives, but that it works."""

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="outbox_has_one_heartbeat")]

    def __str__(self) -> str:
        return self.at.isoformat()
