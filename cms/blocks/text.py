"""Running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "link", "ul", "ol", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs with headings, lists and links; nothing that could run or reach outside."""

    def __init__(self, **words: object) -> None:
        super().__init__(**{"features": FEATURES, **words})

    class Meta:
        template = "cms/blocks/text.html"
        icon = "pilcrow"
        label = _("Text")
