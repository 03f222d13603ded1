"""Whom to ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContactsBlock(blocks.StructBlock):
    """A person or an office one can turn to."""

    name = blocks.CharBlock(label=_("Person or office"), max_length=120)
    hours = blocks.CharBlock(label=_("Hours"), required=False, max_length=120)
    phone = blocks.RegexBlock(
        regex=r"^\+?[0-9 ()-]{5,24}$",
        label=_("Phone"),
        required=False,
        error_messages={"invalid": _("Write the phone in digits, with the country: +996 312 000 000.")},
    )
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    address = blocks.TextBlock(label=_("Address"), required=False, max_length=300)

    class Meta:
        template = "cms/blocks/contacts.html"
        icon = "group"
        label = _("Contacts")
