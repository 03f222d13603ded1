"""The rows of the books. Only `posting` writes them, and triggers on both databases keep them as they were written."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ashar.money import Money
from ashar.money.typed import LARGEST_MINOR


class FundKind(models.TextChoices):
    """What a fund is a pot for. The money of projects, match pools and calls is restricted: it never goes below zero."""

    PROJECT = "project", _("project")
    MATCH_POOL = "match_pool", _("match pool")
    CALL = "call", _("budget of a call")
    OPERATIONS = "operations", _("operations")
    UNIDENTIFIED = "unidentified", _("unidentified money")


RESTRICTED = (FundKind.PROJECT, FundKind.MATCH_POOL, FundKind.CALL)


class Role(models.TextChoices):
    """What an account of a fund is for."""

    GIVEN = "given", _("given")
    MATCHED = "matched", _("matched")
    FEES = "fees", _("fees")
    CLEARING = "clearing", _("at the card service")
    BANK = "bank", _("at the bank")
    CONVERSION = "conversion", _("currency conversion")
    PAID_OUT = "paid_out", _("paid out")


class Fund(models.Model):
    """A pot of money with one purpose. Its key and kind never change; its title may."""

    key = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=FundKind)
    title = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="fund_has_a_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        """Whether its money serves one purpose only and may not go below zero."""
        return self.kind in RESTRICTED


class Account(models.Model):
    """Where legs are written: one fund, one role, one currency. Never changes."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="accounts")
    role = models.CharField(max_length=20, choices=Role)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "role", "currency"], name="one_account_per_fund_role_and_currency")
        ]

    def __str__(self) -> str:
        return f"{self.fund} · {self.get_role_display()} · {self.currency}"


class Journal(models.Model):
    """One event of money. `id` is its place in the chain: 1, 2, 3 and so on without gaps.

    `posted_at` is when we wrote it, `effective_on` the day it counts for, `facts` what the event was (no floats),
    `hash` the SHA-256 of `previous_hash` and the canonical text of the journal (`chain.py`).
    """

    id = models.BigIntegerField(primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    posted_at = models.DateTimeField()
    effective_on = models.DateField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="journal_has_a_key_and_a_kind"),
            models.CheckConstraint(condition=Q(id__gt=0), name="journal_numbers_start_at_1"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.key}"


class Leg(models.Model):
    """One line of a journal: `amount_minor` minor units of the account's currency, debit positive, credit negative."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, models.PROTECT, related_name="legs", db_index=False)
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="leg_is_not_zero"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=-LARGEST_MINOR, amount_minor__lte=LARGEST_MINOR), name="leg_can_be_summed"
            ),
        ]
        indexes = [models.Index(fields=["account", "amount_minor"], name="sums_of_an_account")]

    def __str__(self) -> str:
        return f"{self.account}: {self.amount_minor}"

    @property
    def amount(self) -> Money:
        """The amount as `Money`, debit positive. Reads the account: fetch legs with `select_related("account")`."""
        return Money(self.amount_minor, self.account.currency)


class Head(models.Model):
    """The end of the chain, one row: number and hash of the last journal. A trigger moves it; posting locks it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="the_chain_has_one_end")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class Closing(models.Model):
    """The books closed through a day: who did it and when, and where the chain ended then.

    No journal after number `sequence` counts for `through` or an earlier day (a trigger). Closings go forward, and each
    stays as it was written.
    """

    through = models.DateField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("closing of the books")
        verbose_name_plural = _("closings of the books")

    def __str__(self) -> str:
        return self.through.isoformat()


class Proof(models.Model):
    """The outcome of the last check of the books, one row: when it ran, when it last found no fault, and the faults."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    checked_at = models.DateTimeField()
    ok_at = models.DateTimeField(null=True)
    faults = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_last_proof")]

    def __str__(self) -> str:
        return f"{self.checked_at}: {len(self.faults)} faults"
