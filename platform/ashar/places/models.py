"""Regions of Kyrgyzstan by SOATE code, and the cities abroad where compatriots live."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from ashar.language import pick


class Level(models.TextChoices):
    """What kind of place a region is."""

    OBLAST = "oblast", _("oblast")
    CITY = "city", _("city")
    RAYON = "rayon", _("rayon")
    DISTRICT = "district", _("city district")
    AIMAK = "aimak", _("aiyl aimak")
    VILLAGE = "village", _("village")


class Region(models.Model):
    """A place with a SOATE code. What it lies in is read from the code (`queries.parent_of`), never stored."""

    code = models.CharField(max_length=14, unique=True, validators=[RegexValidator(r"^417\d{11}$")])
    level = models.CharField(max_length=8, choices=Level.choices)
    name_ky = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    former_names = models.CharField(max_length=200, blank=True)
    recognised = models.BooleanField(default=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(("code__startswith", "417"), Exact(Length("code"), 14)),
                name="region_code_is_a_soate_code",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="region_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | models.Q(valid_to__isnull=False),
                name="region_with_a_successor_has_ended",
            ),
        ]
        indexes = [models.Index(fields=["level"], name="region_level")]

    def __str__(self) -> str:
        return pick(self, "name")


class HostCity(models.Model):
    """A city abroad where compatriots live."""

    slug = models.SlugField(max_length=40, unique=True)
    country = models.CharField(max_length=2)
    name_ky = models.CharField(max_length=80)
    name_ru = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "name_en"], name="host_city_once_in_a_country"),
            models.CheckConstraint(condition=Exact(Length("country"), 2), name="host_city_country_is_iso_3166"),
        ]

    def __str__(self) -> str:
        return pick(self, "name")
