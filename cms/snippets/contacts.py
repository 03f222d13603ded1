"""Contacts: whom one can turn to."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from cms.snippets.snippet import Snippet

PHONE = r"^\+?[0-9 ()-]{5,24}$"
WRITE_PHONE = _("Write the phone in digits, with the country: +996 312 000 000.")


class Contact(Snippet):
    """An office, a consulate or a person, with where and when they can be reached."""

    name = models.CharField(_("person or office"), max_length=120)
    purpose = models.CharField(_("for what"), max_length=200, blank=True, help_text=_("What one turns to them for."))
    hours = models.CharField(_("hours"), max_length=120, blank=True, help_text=_("With the city whose clock it is."))
    phone = models.CharField(_("phone"), max_length=25, blank=True, validators=[RegexValidator(PHONE, WRITE_PHONE)])
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    map_link = models.URLField(
        _("link to a map"), blank=True, help_text=_("A link and no more: nothing is asked of the map's site before.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("purpose"),
        FieldPanel("hours"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("address"),
        FieldPanel("map_link"),
    ]
    template = "cms/contact.html"

    class Meta(Snippet.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name
