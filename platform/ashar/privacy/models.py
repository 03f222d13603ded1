"""Rows of privacy: how long things are kept, and who wishes to be forgotten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.language import pick


class RetentionRule(models.Model):
    """How long a kind of data is kept, as the law stands. `days` empty: as long as the account lives."""

    key = models.SlugField(max_length=40, unique=True)
    days = models.PositiveIntegerField(null=True, blank=True)
    text_ky = models.TextField()
    text_ru = models.TextField()
    text_en = models.TextField()
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return pick(self, "text")


class ErasureRequest(models.Model):
    """A person's wish to be forgotten. Open until it is withdrawn or carried out; one open wish per person."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="erasure_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_out_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("erasure request")
        verbose_name_plural = _("erasure requests")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(withdrawn_at=None, carried_out_at=None),
                name="one_open_erasure_request_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(carried_out_at=None),
                name="erasure_is_withdrawn_or_carried_out",
            ),
            models.CheckConstraint(
                condition=models.Q(carried_out_at=None, carried_out_by=None)
                | models.Q(carried_out_at__isnull=False, carried_out_by__isnull=False),
                name="erasure_has_an_author_and_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"
