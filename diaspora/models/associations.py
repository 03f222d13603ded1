"""Associations: people from one place who live in one city abroad."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar import language


class Association(models.Model):
    """People of one home place in one host city. Verified exactly when a `Verification` row stands beside it."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_ky = models.CharField(_("name in Kyrgyz"), max_length=160, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    about_ky = models.TextField(_("about, in Kyrgyz"), blank=True)
    about_ru = models.TextField(_("about, in Russian"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    host_city = models.ForeignKey(
        "places.HostCity", models.PROTECT, related_name="associations", verbose_name=_("host city")
    )
    home = models.ForeignKey("places.Region", models.PROTECT, related_name="associations", verbose_name=_("home place"))
    picture = models.CharField(
        _("picture"), max_length=200, blank=True, help_text=_("A path under static files or media.")
    )
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    registered_at = models.DateTimeField(_("registered"))

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_ky="", name_ru="", name_en=""), name="association_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return language.pick(self, "name")


class Verification(models.Model):
    """Staff has met the people of an association and vouches for it: who, when, how."""

    association = models.OneToOneField(Association, models.PROTECT, related_name="verification")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.association_id} {self.at:%Y-%m-%d}"


class Leadership(models.Model):
    """A person leads an association and may draft its projects; ended, not deleted."""

    association = models.ForeignKey(Association, models.PROTECT, related_name="leaderships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaderships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("leadership")
        verbose_name_plural = _("leaderships")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "person"],
                condition=models.Q(until__isnull=True),
                name="one_open_leadership_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.association_id}"
