"""Whom to ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.snippets.contacts import PHONE, WRITE_PHONE


class ContactsBlock(blocks.StructBlock):
    """A person or an office one can turn to."""

    name = blocks.CharBlock(label=_("Person or office"), max_length=120)
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=120)
    phone = blocks.RegexBlock(
        regex=PHONE,
        label=_("Phone"),
        required=False,
        error_messages={"invalid": WRITE_PHONE},
    )
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    address = blocks.TextBlock(label=_("Address"), required=False, max_length=300)

    class Meta:
        template = "cms/blocks/contacts.html"
        icon = "group"
        label = _("Contacts")
