"""A page that stands once below each home page, where `cms.trees` plants it: a list, or all there is on one thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.found.pages import Found
from cms.pages.kept import Kept
from cms.pages.pillars import Pillar


class Branch(Pillar, Found, Kept, Page):
    """What all of them have: a lead under the title. Editors write it; they neither add, withdraw, move nor delete one."""

    lead = models.CharField(_("lead"), max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        abstract = True
