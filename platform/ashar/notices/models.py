"""Notices, their dispatches, the inbox and the demo's mailbox."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class Notice(models.Model):
    """One text told to somebody on one occasion. Its words do not change after it is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(language__in=("ky", "ru", "en")), name="notice_language_is_ours")
        ]

    def __str__(self) -> str:
        return self.key


class Dispatch(models.Model):
    """One notice on its way through one channel."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", pgettext_lazy("delivery", "Waiting")
        SENT = "sent", pgettext_lazy("delivery", "Sent")
        DEAD = "dead", pgettext_lazy("delivery", "Undeliverable")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notice_goes_once_through_a_channel"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="notice_sent_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.channel}: {self.state}"


class InboxItem(models.Model):
    """A notice in a person's inbox."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="inbox_item")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox_items")
    arrived_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-arrived_at"], name="notice_inbox_of_a_person")]

    def __str__(self) -> str:
        return f"{self.notice_id} in the inbox of {self.person_id}"


class MailboxMessage(models.Model):
    """A mail that the demo kept instead of sending it."""

    message_id = models.CharField(max_length=254, unique=True)
    sender = models.CharField(max_length=254)
    to = models.TextField()
    reply_to = models.TextField(blank=True)
    subject = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    received_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
