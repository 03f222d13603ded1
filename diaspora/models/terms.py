"""What the card rail takes, dated, with its source: data, so that a changed price list is a new row, not a release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CardTerms(models.Model):
    """From `valid_from` on a card payment in `currency` costs `rate_bp` hundredths of a percent plus `fixed_minor`."""

    currency = models.CharField(_("currency"), max_length=3)
    valid_from = models.DateField(_("valid from"))
    rate_bp = models.PositiveSmallIntegerField(_("share, 1/100 percent"))
    fixed_minor = models.PositiveIntegerField(_("fixed part, minor units"))
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("card terms")
        verbose_name_plural = _("card terms")
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="one_card_terms_per_currency_and_day"),
            models.CheckConstraint(condition=Q(rate_bp__lt=10_000), name="card_rate_is_below_everything"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}"
