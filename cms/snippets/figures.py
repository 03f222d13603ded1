"""Figures: a number with all that makes it one."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.snippets.snippet import Snippet
from cms.snippets.statistic import DIGITS, EARLIEST, LATEST, Statistic
from cms.typed_number import NumberField

PLAIN_DIGITS = RegexValidator(DIGITS, _("Write a number: 1063000 or 30.5."))


class Figure(Snippet):
    """One figure of one source; without year, definition and source it is a rumour."""

    measure = models.CharField(_("what is measured"), max_length=150)
    value = NumberField(_("value"), max_length=19, validators=[PLAIN_DIGITS])
    up_to = NumberField(_("up to, in a range"), max_length=19, blank=True, validators=[PLAIN_DIGITS])
    unit = models.CharField(_("unit"), max_length=60)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    )
    definition = models.TextField(_("what exactly is counted"), max_length=400)
    source = models.CharField(_("source"), max_length=200)
    source_link = models.URLField(_("address of the source"), blank=True)

    panels = [
        FieldPanel("measure"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("up_to")]),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("year")]),
        FieldPanel("definition"),
        FieldPanel("source"),
        FieldPanel("source_link"),
    ]
    template = "cms/known_figure.html"

    class Meta(Snippet.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.measure}: {self.told.shown} ({self.year})"

    @property
    def told(self) -> Statistic:
        """The same as the page of figures tells it."""
        return Statistic(
            measure=self.measure,
            value=self.value,
            up_to=self.up_to,
            unit=self.unit,
            year=self.year,
            definition=self.definition,
            source=self.source,
            address=self.source_link,
        )
