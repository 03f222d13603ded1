"""Calls: a programme invites people to apply for grants."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ashar import language
from ashar.money import Money
from grants.states import CallState

WORDS = ("title", "summary", "terms", "applying")  # each in three languages
LONGEST = 5000  # characters of a long text
TEXTS = tuple(f"{word}_{code}" for word in WORDS for code in language.LANGUAGES)


class Call(models.Model):
    """One invitation to apply. Its money is one fund of the ledger; no sum that was paid is kept here.

    `ratio` som of grant go to every `per` som of the applicant's own; `limit_minor` is the largest grant, in tyiyn.
    Applications count from `opens_at` until just before `closes_at`, by the clock of this machine.
    """

    State = CallState

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=160, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=160, blank=True)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    summary_ky = models.CharField(_("summary in Kyrgyz"), max_length=400, blank=True)
    summary_ru = models.CharField(_("summary in Russian"), max_length=400, blank=True)
    summary_en = models.CharField(_("summary in English"), max_length=400, blank=True)
    terms_ky = models.TextField(_("who may apply and what is paid for, in Kyrgyz"), max_length=LONGEST, blank=True)
    terms_ru = models.TextField(_("who may apply and what is paid for, in Russian"), max_length=LONGEST, blank=True)
    terms_en = models.TextField(_("who may apply and what is paid for, in English"), max_length=LONGEST, blank=True)
    applying_ky = models.TextField(_("how to apply, in Kyrgyz"), max_length=LONGEST, blank=True)
    applying_ru = models.TextField(_("how to apply, in Russian"), max_length=LONGEST, blank=True)
    applying_en = models.TextField(_("how to apply, in English"), max_length=LONGEST, blank=True)
    fund = models.OneToOneField("ledger.Fund", models.PROTECT, related_name="call", verbose_name=_("fund"))
    limit_minor = models.BigIntegerField(_("largest grant, tyiyn"))
    ratio = models.PositiveSmallIntegerField(_("som of grant"), default=1)
    per = models.PositiveSmallIntegerField(_("for every … som of the applicant's own"), default=1)
    opens_at = models.DateTimeField(_("applications open"))
    closes_at = models.DateTimeField(_("deadline"))
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.DRAFT)
    drafted_at = models.DateTimeField(_("drafted"))
    published_at = models.DateTimeField(_("announced"), null=True, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(condition=Q(limit_minor__gt=0), name="call_limit_is_positive"),
            models.CheckConstraint(condition=Q(ratio__gte=1, per__gte=1), name="call_ratio_is_positive"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_is_known"),
            models.CheckConstraint(condition=~Q(title_ky="", title_ru="", title_en=""), name="call_has_a_title"),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="call_by_state")]

    def __str__(self) -> str:
        return language.pick(self, "title")

    @property
    def limit(self) -> Money:
        """The largest grant, in som."""
        return Money(self.limit_minor, "KGS")


def names_of_texts() -> dict[str, str]:
    """Return what the columns of `TEXTS` are called, in the active language."""
    return {field.name: str(field.verbose_name) for field in Call._meta.fields if field.name in TEXTS}  # noqa: SLF001 - Django's documented `_meta`
