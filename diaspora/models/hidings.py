"""A giver's name and message that staff took from the public pages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diaspora.models.giving import Gift

LONGEST_REASON = 500


class WordsHiding(models.Model):
    """That name and message of a gift were hidden: by whom, when and why; and by whom and when they were shown again."""

    gift = models.ForeignKey(Gift, models.PROTECT, related_name="hidings", verbose_name=_("gift"))
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField()
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("hidden words")
        verbose_name_plural = _("hidden words")
        constraints = [
            models.UniqueConstraint(
                fields=["gift"], condition=Q(shown_at__isnull=True), name="words_are_hidden_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hiding_has_a_reason"),
            models.CheckConstraint(
                condition=Q(shown_by__isnull=True, shown_at__isnull=True)
                | Q(shown_by__isnull=False, shown_at__isnull=False),
                name="hiding_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} hidden by {self.hidden_by_id}"
