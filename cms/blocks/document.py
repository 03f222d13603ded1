"""A file to take away."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentBlock(blocks.StructBlock):
    """A document, with its kind and size told before it is fetched over a dear connection."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)

    class Meta:
        template = "cms/blocks/document.html"
        icon = "doc-full"
        label = _("Document")
