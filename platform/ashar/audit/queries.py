"""Reading the audit log."""

from django.db import models
from django.db.models import QuerySet

from ashar.audit.models import Entry


def entries_about(subject: models.Model) -> "QuerySet[Entry]":
    """Return what was done to `subject`, oldest first."""
    kind = subject._meta.label_lower  # noqa: SLF001 - Django's public name for it
    entries = Entry.objects.filter(subject_kind=kind, subject_id=str(subject.pk))
    return entries.select_related("by").order_by("sequence")
