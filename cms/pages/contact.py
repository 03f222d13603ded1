"""Where we can be reached: no form, and nothing asked of who reads."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ashar.web.heads import Thing
from cms.blocks.story import StoryBlock
from cms.found import writings
from cms.pages.single import Single


class ContactPage(Single):
    """Addresses, hours, consulates, and who answers for what."""

    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    told = "body"
    content_panels = [*Single.content_panels, FieldPanel("body")]
    template = "cms/contact_page.html"

    class Meta:
        verbose_name = _("page of contacts")
        verbose_name_plural = _("pages of contacts")

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the page."""
        return writings.page(context["spoken"], path=context["spoken"].address(), kind="ContactPage")
