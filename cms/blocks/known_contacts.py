"""Contacts that are written once for many pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.spoken import SpokenChooserBlock, SpokenListBlock


class KnownContactsBlock(SpokenListBlock):
    """Some of the contacts that we keep."""

    chosen = "contacts"

    contacts = blocks.ListBlock(
        SpokenChooserBlock("cms.Contact", label=_("Contact")), label=_("Contacts"), min_num=1, max_num=20
    )

    class Meta:
        template = "cms/blocks/known_contacts.html"
        icon = "mail"
        label = _("Contacts that we keep")
