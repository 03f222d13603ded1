"""The rows of the audit log."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One act that was done. Never changed and never deleted: triggers forbid it on both databases."""

    sequence = models.PositiveBigIntegerField(unique=True)
    verb = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "sequence"], name="audit_entries_of_a_subject"),
            models.Index(fields=["by", "sequence"], name="audit_entries_by_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.verb} {self.subject_kind} {self.subject_id}"


class Head(models.Model):
    """The end of the chain. Its one row is what writers queue for, so that entries follow each other on PostgreSQL too."""

    THE_ONE = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
