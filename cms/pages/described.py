"""A page with a picture at its head, told in words for those who cannot see it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class DescribedForm(WagtailAdminPageForm):
    """The editors' form."""

    def clean(self) -> dict[str, Any]:
        """Refuse a picture without words for those who cannot see it, but in a draft."""
        cleaned: dict[str, Any] = super().clean()
        if not self.is_deferred_validation and cleaned.get("image") and not cleaned.get("alt_text"):
            self.add_error("alt_text", _("Say what the picture shows."))
        return cleaned


class Described(models.Model):
    """Mix in before `Page`, and let `base_form_class` be the form above."""

    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    alt_text = models.CharField(
        _("words for the picture"),
        max_length=200,
        blank=True,
        help_text=_("What it shows, for those who cannot see it."),
    )

    class Meta:
        abstract = True


def panel() -> MultiFieldPanel:
    """Return the picture with its words, as the form shows them."""
    return MultiFieldPanel([FieldPanel("image"), FieldPanel("alt_text")], heading=_("Picture"))
