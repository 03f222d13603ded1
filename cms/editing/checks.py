"""What an editor is told of a page while writing it. Nothing here keeps anybody from saving or publishing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms import as_typed
from cms.blocks.chart import ChartBlock
from cms.blocks.figure_box import FigureBoxBlock
from cms.blocks.statistics import StatisticBlock
from cms.blocks.table import TableBlock
from cms.editing import claims, som
from cms.links import asking, contents, finding
from cms.links.contents import Part
from cms.pages.described import Described
from cms.pages.written import Written

CLAIMING = (FigureBoxBlock, ChartBlock, StatisticBlock, TableBlock)
# How phones, cameras, messengers and programs name what they save, with nothing after the number but hours and copies.
NAMED_BY = (
    r"img|image|dsc[fn]?|pxl|mvimg|dji|gopr|photo|picture|pic|scan|screen ?shot|whatsapp (?:image|video)|telegram|viber(?: image)?"
    r"|untitled|unnamed|снимок(?: экрана)?|скриншот|фото|изображение|рисунок|скан|без имени|без названия|сүрөт|аталышсыз|аты жок"
)
FILE_NAME = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|heic)$|_|^[0-9a-f-]{16,}$"
    rf"|^(?=.*\d|{NAMED_BY})(?:{NAMED_BY})?(?:[\s\d.,:;()–-]|\b(?:at|в|[ap]m|copy|копия)\b|wa(?=\d))*$",
    re.IGNORECASE,
)
SAYING_NOTHING = {
    "here", "click here", "this link", "link", "more", "read more",
    "тут", "здесь", "сюда", "по ссылке", "ссылка", "подробнее", "читать далее", "нажмите здесь",
    "бул жерде", "бул жерден", "ушул жерде", "ушул жерден", "мында", "шилтеме", "кененирээк", "бул жерди басыңыз",
}  # fmt: skip
# Words a minute, reading silently: Trauzettel-Klosinski and Dietz, 2012. Kyrgyz was not measured; Turkish, built alike, was.
PACE = {"ky": 166, "ru": 184, "en": 228}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again: a stable code, a sentence, and where it is."""

    code: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a page is for its readers."""

    words: int
    minutes: int


def findings(page: Page) -> list[Finding]:
    """Return what is to be looked at again in `page` as it stands in memory, in the reader's language.

    Three queries at most, and what the pages cost that addresses of ours written by hand lead to.
    """
    parts = list(contents.parts(page))
    told = [finding for part in parts for finding in _of_part(part, page.locale.language_code)]
    return [*_head(page), *told, *_of_links(page), *_without_sources(page, parts), *_without_kyrgyz(page)]


def length(page: Page) -> Length:
    """Return how many words `page` has, and in how many minutes they are read. No query."""
    words = sum(len(part.words.split()) for part in contents.parts(page))
    return Length(words, ceil(words / PACE.get(page.locale.language_code, PACE["ky"])))


def _of_part(part: Part, code: str) -> Iterator[Finding]:
    where = _place(part.where)
    if typed := as_typed.slip(part.stored):
        text = _(
            "“%(typed)s” is not what this field takes. Readers do not meet it, and the form is not published with it."
        )
        yield Finding("as_typed", text % {"typed": typed}, where)
    if isinstance(part.holder, ImageBlock):
        yield from _picture(part.stored or {}, where)
    if isinstance(part.holder, CLAIMING) and part.stored and not str(part.stored.get("source") or "").strip():
        yield Finding("no_source", _("A figure without a source is a rumour: say where it comes from."), where)
    for anchor in finding.anchors(part):
        words = finding.words_of(anchor)
        if words.casefold().strip(" .…!»›>→") in SAYING_NOTHING:
            yield Finding(
                "link_says_nothing", _("The link “%(words)s” does not say where it leads.") % {"words": words}, where
            )
    for misprint in som.misprints(part.words, code):
        text = _("“%(written)s” is written “%(right)s” here.") % misprint._asdict()
        yield Finding("som", text, where)


def _place(where: Iterable[str]) -> str:
    return " › ".join(dict.fromkeys(where))


def _head(page: Page) -> Iterator[Finding]:
    """Yield what is missing where the picture at the head of a page is told in words."""
    if isinstance(page, Described):
        where = str(page._meta.get_field("image").verbose_name)  # noqa: SLF001 - Django's documented `_meta`
        yield from _picture({"image": page.image_id, "alt_text": page.alt_text}, where)


def _picture(stored: dict[str, object], where: str) -> Iterator[Finding]:
    """Yield what is missing where a picture is told in words."""
    if not stored.get("image") or stored.get("decorative"):
        return
    words = str(stored.get("alt_text") or "").strip()
    if not words:
        yield Finding("no_alt", _("The picture has no words for those who cannot see it."), where)
    elif FILE_NAME.search(words):
        text = _("The words for the picture look like the name of a file: “%(words)s”.") % {"words": words}
        yield Finding("alt_is_a_file", text, where)


def _of_links(page: Page) -> Iterator[Finding]:
    links = finding.of(page)
    for link, reason in (finding.astray(links) | asking.nowhere(links)).items():
        named = _("“%(title)s”") % {"title": link.words} if link.words else ""
        yield Finding("astray", f"{reason.label}. {named}".strip(), _place(link.where))


def _without_sources(page: Page, parts: Iterable[Part]) -> Iterator[Finding]:
    """Yield the one finding of a page that tells figures in its text, could name sources, and names none."""
    texts = (part.words for part in parts if isinstance(part.holder, blocks.RichTextBlock | blocks.TextBlock))
    if hasattr(page, "sources") and not page.sources and any(map(claims.tells, texts)):
        yield Finding("no_sources", _("The text tells figures, and the page names no source."))


def _without_kyrgyz(page: Page) -> Iterator[Finding]:
    kyrgyz = Page.objects.live().filter(translation_key=page.translation_key, locale__language_code="ky")
    if isinstance(page, Written) and page.locale.language_code != "ky" and not kyrgyz.exists():
        yield Finding("no_kyrgyz", _("Readers of Kyrgyz have no version of their own yet."))
