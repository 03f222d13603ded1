"""Gifts and their receipts."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.money import Money, printed
from diaspora.states import GiftState, ShownAs


class Gift(models.Model):
    """What one giver gives to one project in one payment.

    `som_minor`, the rate and the fee are frozen when the charge settles and never change, even when money goes back;
    what is left of the gift is a question to the ledger.
    """

    State = GiftState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.UUIDField(_("token of the form"), unique=True, editable=False)
    project = models.ForeignKey("diaspora.Project", models.PROTECT, related_name="gifts", verbose_name=_("project"))
    payment = models.OneToOneField(
        "payments.Payment", models.PROTECT, related_name="gift", verbose_name=_("payment"), editable=False
    )
    donor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gifts",
        verbose_name=_("donor"),
    )
    amount_minor = models.BigIntegerField(_("amount, minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    som_minor = models.BigIntegerField(_("som value, tyiyn"), null=True, blank=True)
    fee_som_minor = models.BigIntegerField(_("fee, tyiyn"), null=True, blank=True)
    rate_facts = models.JSONField(_("rate"), default=dict, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    shown_as = models.CharField(_("shown as"), max_length=10, choices=ShownAs, default=ShownAs.ANONYMOUS)
    message = models.CharField(_("message"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=10, choices=GiftState, default=GiftState.STARTED)
    started_at = models.DateTimeField(_("started"))
    received_at = models.DateTimeField(_("received"), null=True, blank=True)

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_minor__gt=0), name="gift_amount_is_positive"),
            models.CheckConstraint(
                condition=models.Q(state__in=["started", "received", "returned", "abandoned"]),
                name="gift_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_as__in=["anonymous", "initials", "named"]), name="gift_shown_as_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["started", "abandoned"])
                | models.Q(som_minor__isnull=False, received_at__isnull=False),
                name="received_gift_has_its_som_value",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state", "-received_at"], name="gift_of_project"),
            models.Index(fields=["email"], name="gift_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {printed.plain(self.amount)} {self.currency}"

    @property
    def amount(self) -> Money:
        """What the giver gave, in the giver's currency."""
        return Money(self.amount_minor, self.currency)

    @property
    def som(self) -> Money | None:
        """What it was worth in som when it settled, before the fee; nothing until then."""
        return None if self.som_minor is None else Money(self.som_minor, "KGS")


class Receipt(models.Model):
    """The numbered paper for a gift that arrived. Numbers of a year have no gaps and are never used again."""

    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=16, unique=True)
    gift = models.OneToOneField(Gift, models.PROTECT, related_name="receipt")
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_receipt_per_serial_and_year"),
            models.CheckConstraint(condition=models.Q(serial__gte=1), name="receipt_serial_starts_at_one"),
        ]

    def __str__(self) -> str:
        return self.number


class ReceiptYear(models.Model):
    """The last serial given out in a year. The row is what keeps numbers gapless: one giver at a time holds it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("year of receipts")
        verbose_name_plural = _("years of receipts")

    def __str__(self) -> str:
        return f"{self.year}: {self.last_serial}"
