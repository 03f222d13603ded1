"""Partners: who works with us."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.snippets.snippet import Snippet


class Partner(Snippet):
    """Somebody who works with us, and what they do in it."""

    name = models.CharField(_("name of the partner"), max_length=120)
    work = models.TextField(_("what they do"), max_length=300)
    link = models.URLField(_("link"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )

    panels = [FieldPanel("name"), FieldPanel("work"), FieldPanel("link"), FieldPanel("logo")]
    template = "cms/partner.html"
    shown_with = ("logo",)

    class Meta(Snippet.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name
