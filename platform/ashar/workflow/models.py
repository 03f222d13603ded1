"""The history of moves."""

from django.conf import settings
from django.db import models


class Transition(models.Model):
    """One move of one row. Never changed and never deleted: triggers forbid it on both databases."""

    entity = models.CharField(max_length=60)
    entity_id = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "entity_id", "at"], name="workflow_history_of_a_row")]

    def __str__(self) -> str:
        return f"{self.entity} {self.entity_id}: {self.verb} ({self.from_state} → {self.to_state})"
