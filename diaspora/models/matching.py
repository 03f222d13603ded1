"""Pools that match gifts, and what they put in."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ashar import language


class MatchPool(models.Model):
    """Money of a partner that matches gifts: `ratio` som for every `per` som given, under its caps, in its period.

    `reserved_minor` and `funded_minor` are guards, not figures: they make "never more than there is" a constraint of
    the database. Figures shown to people are asked of the ledger, and a test compares the two.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=160, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    fund = models.OneToOneField("ledger.Fund", models.PROTECT, related_name="match_pool", verbose_name=_("fund"))
    ratio = models.PositiveSmallIntegerField(
        _("som from the pool"), default=1, validators=[MinValueValidator(1)], help_text=_("… for every `per` som given")
    )
    per = models.PositiveSmallIntegerField(_("for every … som given"), default=1, validators=[MinValueValidator(1)])
    cap_minor = models.BigIntegerField(_("cap in all, tyiyn"))
    cap_per_project_minor = models.BigIntegerField(_("cap per project, tyiyn"))
    funded_minor = models.BigIntegerField(_("paid in, tyiyn"), default=0, editable=False)
    reserved_minor = models.BigIntegerField(_("matched, tyiyn"), default=0, editable=False)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    for_every_project = models.BooleanField(_("for every project"), default=False)
    projects = models.ManyToManyField("diaspora.Project", through="Allotment", related_name="match_pools")

    class Meta:
        verbose_name = _("match pool")
        verbose_name_plural = _("match pools")
        constraints = [
            models.CheckConstraint(condition=Q(ratio__gte=1, per__gte=1), name="pool_ratio_is_positive"),
            models.CheckConstraint(
                condition=Q(cap_minor__gt=0, cap_per_project_minor__gt=0), name="pool_caps_are_positive"
            ),
            models.CheckConstraint(condition=Q(reserved_minor__gte=0), name="pool_reserved_is_not_negative"),
            models.CheckConstraint(condition=Q(reserved_minor__lte=F("cap_minor")), name="pool_stays_under_its_cap"),
            models.CheckConstraint(
                condition=Q(reserved_minor__lte=F("funded_minor")), name="pool_gives_only_what_was_paid_in"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="pool_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return language.pick(self, "title") or self.slug


class Allotment(models.Model):
    """What a pool may put into one project, and what it has put there."""

    pool = models.ForeignKey(MatchPool, models.PROTECT, related_name="allotments")
    project = models.ForeignKey("diaspora.Project", models.PROTECT, related_name="allotments")
    cap_minor = models.BigIntegerField(_("cap, tyiyn"))
    reserved_minor = models.BigIntegerField(_("matched, tyiyn"), default=0, editable=False)

    class Meta:
        verbose_name = _("allotment")
        verbose_name_plural = _("allotments")
        constraints = [
            models.UniqueConstraint(fields=["pool", "project"], name="one_allotment_per_pool_and_project"),
            models.CheckConstraint(
                condition=Q(reserved_minor__gte=0, reserved_minor__lte=F("cap_minor")),
                name="allotment_stays_under_its_cap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} → {self.project_id}"


class MatchStep(models.Model):
    """What matching did after one movement of a gift's payment. One per movement, even when it moved nothing."""

    gift = models.ForeignKey("diaspora.Gift", models.PROTECT, related_name="match_steps")
    movement = models.OneToOneField("payments.Movement", models.PROTECT, related_name="match_step")
    journal = models.OneToOneField("ledger.Journal", models.PROTECT, null=True, related_name="match_step")
    amount_minor = models.BigIntegerField(help_text=_("Signed, tyiyn: + put in, − taken back."))
    covered_minor = models.BigIntegerField(
        default=0, help_text=_("Signed, tyiyn: what operations gave back to pools because the project had spent it.")
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("match step")
        verbose_name_plural = _("match steps")
        constraints = [
            models.CheckConstraint(
                condition=Q(journal__isnull=False) | Q(amount_minor=0), name="match_step_with_money_has_a_journal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.movement_id}: {self.amount_minor}"


class Match(models.Model):
    """What one pool put in, or took back, in one step."""

    step = models.ForeignKey(MatchStep, models.PROTECT, related_name="matches")
    gift = models.ForeignKey("diaspora.Gift", models.PROTECT, related_name="matches")
    pool = models.ForeignKey(MatchPool, models.PROTECT, related_name="matches")
    amount_minor = models.BigIntegerField(help_text=_("Signed, tyiyn: + put in, − taken back."))

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["step", "pool"], name="one_match_per_step_and_pool"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="match_is_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} ← {self.pool_id}: {self.amount_minor}"
