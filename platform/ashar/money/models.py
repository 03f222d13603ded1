"""Exchange rates and the rules that say when they are too old. Both are dated facts with a source: never changed, only added."""

from django.db import models
from django.db.models import Q


class ExchangeRate(models.Model):
    """On day `on`, `source` asked `value_e4` ten-thousandths of a som for `nominal` units of `currency`."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    nominal = models.PositiveIntegerField()
    value_e4 = models.BigIntegerField()
    source = models.CharField(max_length=40)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "on", "source"], name="one_rate_per_currency_day_and_source"),
            models.CheckConstraint(condition=Q(nominal__gt=0, value_e4__gt=0), name="rate_is_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.nominal} {self.currency} = {self.value_e4}e-4 KGS ({self.source}, {self.on})"


class FreshnessRule(models.Model):
    """From day `from_on`, a rate of `source` may serve for `days` days after the day it was published for.

    `reference` says where the rule comes from. The rule in force is the one with the latest `from_on` not in the future.
    """

    source = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    reference = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "from_on"], name="one_freshness_rule_per_source_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.days} days from {self.from_on}"
