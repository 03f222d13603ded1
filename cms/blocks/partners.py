"""Who works with us."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, SpokenListBlock


class PartnersBlock(SpokenListBlock):
    """Some of our partners."""

    chosen = "partners"

    partners = blocks.ListBlock(
        SpokenChooserBlock("cms.Partner", label=_("Partner")), label=_("Partners"), min_num=1, max_num=20
    )

    class Meta:
        template = "cms/blocks/partners.html"
        icon = "group"
        label = _("Partners")
