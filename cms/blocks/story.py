"""The body of a page: which blocks an editor may put under each other."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import picture
from cms.blocks.answers import AnswersBlock
from cms.blocks.callout import CalloutBlock
from cms.blocks.cards import AssociationCardsBlock, CallCardsBlock, ProjectCardsBlock
from cms.blocks.chart import ChartBlock
from cms.blocks.contacts import ContactsBlock
from cms.blocks.document import DocumentBlock
from cms.blocks.figure_box import FigureBoxBlock
from cms.blocks.gallery import GalleryBlock
from cms.blocks.known_contacts import KnownContactsBlock
from cms.blocks.known_figures import KnownFiguresBlock
from cms.blocks.map import MapBlock
from cms.blocks.partners import PartnersBlock
from cms.blocks.picture import PictureBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.steps import StepsBlock
from cms.blocks.table import TableBlock
from cms.blocks.text import TextBlock
from cms.blocks.timeline import TimelineBlock
from cms.blocks.video import VideoBlock

PICTURED = frozenset({"picture", "gallery"})


class StoryBlock(blocks.StreamBlock):
    """Everything a page can say, in any order."""

    text = TextBlock(group=_("Words"))
    callout = CalloutBlock(group=_("Words"))
    quote = QuoteBlock(group=_("Words"))
    steps = StepsBlock(group=_("Words"))
    timeline = TimelineBlock(group=_("Words"))
    picture = PictureBlock(group=_("Pictures and files"))
    gallery = GalleryBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    document = DocumentBlock(group=_("Pictures and files"))
    figure_box = FigureBoxBlock(group=_("Figures"))
    table = TableBlock(group=_("Figures"))
    chart = ChartBlock(group=_("Figures"))
    map = MapBlock(group=_("Figures"))
    known_figures = KnownFiguresBlock(group=_("Figures"))
    projects = ProjectCardsBlock(group=_("From this site"))
    associations = AssociationCardsBlock(group=_("From this site"))
    calls = CallCardsBlock(group=_("From this site"))
    contacts = ContactsBlock(group=_("From this site"))
    known_contacts = KnownContactsBlock(group=_("From this site"))
    answers = AnswersBlock(group=_("From this site"))
    partners = PartnersBlock(group=_("From this site"))

    class Meta:
        template = "cms/blocks/story.html"
        label = _("Body")

    def get_context(self, value: blocks.StreamValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Load all pictures of the page at once, in its galleries and beside them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        keys = {key for each in value.raw_data if each["type"] in PICTURED for key in _pictures_in(each["value"])}
        with picture.loaded(keys):
            list(value)  # its blocks are read when they are first looked at
        return context


def _pictures_in(raw: Any) -> Iterator[int]:  # noqa: ANN401 - what the database keeps of a block
    """Yield the keys of the pictures in a block: an image stands beside its words wherever it is."""
    if isinstance(raw, dict) and "alt_text" in raw:
        yield from [raw["image"]] if raw.get("image") else []
    elif isinstance(raw, dict | list):
        for inner in raw.values() if isinstance(raw, dict) else raw:
            yield from _pictures_in(inner)
