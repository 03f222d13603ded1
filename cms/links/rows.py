"""What is known of links: which of them are broken since when, and what other sites answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.links.finding import LONGEST, Kind, Reason


class BrokenLink(models.Model):
    """A link of a public page that leads nowhere. The row goes when the link is mended."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+", verbose_name=_("Page"))
    kind = models.CharField(max_length=8, choices=Kind.choices)
    target = models.CharField(_("Leads to"), max_length=LONGEST)
    words = models.CharField(_("Words of the link"), max_length=200, blank=True)
    reason = models.CharField(_("What is wrong"), max_length=13, choices=Reason.choices)
    since = models.DateTimeField(_("Since"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        constraints = [models.UniqueConstraint(fields=["page", "kind", "target"], name="link_of_a_page_is_broken_once")]

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        """Where the link leads: its address, or the number that the page or the document has or had."""
        return self.target if self.kind in {Kind.PATH, Kind.OUTSIDE} else f"№ {self.target}"


class LastLook(models.Model):
    """When the links of all public pages were checked last. One row at most."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.at.isoformat()


class AskedAddress(models.Model):
    """An address of another site, when it was asked last, and what was wrong then."""

    address = models.CharField(max_length=LONGEST, unique=True)
    reason = models.CharField(max_length=13, choices=Reason.choices, blank=True)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.address
