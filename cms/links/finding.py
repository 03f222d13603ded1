"""The links of a page and its pictures, found in what is stored, and which of them lead nowhere on our own site. Nobody else is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from cms import as_typed
from cms.links import contents

LONGEST = 800  # letters of an address that we look after; no honest one is longer


class Kind(models.TextChoices):
    """What a link names."""

    PAGE = "page"
    DOCUMENT = "document"
    PICTURE = "picture"
    PATH = "path"  # of our own site, written by hand
    OUTSIDE = "outside"


class Reason(models.TextChoices):
    """What is wrong with a link."""

    PAGE_GONE = "page_gone", _("The page does not exist any more")
    WITHDRAWN = "withdrawn", _("The page is not published")
    DOCUMENT_GONE = "document_gone", _("The document does not exist any more")
    PICTURE_GONE = "picture_gone", _("The picture does not exist any more")
    NO_SUCH_PATH = "no_such_path", _("There is nothing at this address of ours")
    NOT_THERE = "not_there", _("The other site has nothing at this address")
    FAILS = "fails", _("The other site reports a fault")
    SILENT = "silent", _("The other site does not answer")
    NOT_PUBLIC = "not_public", _("The address is not on the public network")
    PORT = "port", _("The address names a port that sites of the web do not use")


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what it names, its number or address, the words a reader sees, and the labels that lead to it."""

    kind: Kind
    target: str
    words: str
    where: tuple[str, ...]


def of(page: Page) -> list[Link]:
    """Return the links of `page` in the order in which they stand. No query."""
    return [link for part in contents.parts(page) for link in _of_part(part)]


def astray(links: Iterable[Link]) -> dict[Link, Reason]:
    """Return those of `links` that name a page, a document or a picture which readers cannot have, and why. A query for each kind."""
    wanted = list(links)
    pages = {
        str(pk): live for pk, live in Page.objects.filter(pk__in=_keys(wanted, Kind.PAGE)).values_list("pk", "live")
    }
    files = {kind: _there(model, _keys(wanted, kind)) for kind, (model, _gone) in _files().items()}
    found = {}
    for link in wanted:
        if link.kind == Kind.PAGE and not pages.get(link.target):
            found[link] = Reason.WITHDRAWN if link.target in pages else Reason.PAGE_GONE
        elif link.kind in files and link.target not in files[link.kind]:
            found[link] = _files()[link.kind][1]
    return found


def anchors(part: contents.Part) -> list[Any]:
    """Return the anchors of running text, in their order."""
    is_rich = isinstance(part.holder, blocks.RichTextBlock) and part.stored
    return list(BeautifulSoup(str(part.stored), "html.parser").find_all("a")) if is_rich else []


def words_of(anchor: Any) -> str:  # noqa: ANN401 - a tag of Beautiful Soup
    """Return the words that a reader of an anchor sees."""
    return " ".join(anchor.get_text(" ").split())


def _files() -> dict[Kind, tuple[Any, Reason]]:
    """Return the kinds of links that name files, each with its model and what is wrong where one is gone."""
    return {
        Kind.DOCUMENT: (get_document_model(), Reason.DOCUMENT_GONE),
        Kind.PICTURE: (get_image_model(), Reason.PICTURE_GONE),
    }


def _there(model: Any, keys: Iterable[int]) -> set[str]:  # noqa: ANN401 - of Wagtail
    """Return those of `keys` of which there is a row. One query, none for no keys."""
    return {str(pk) for pk in model.objects.filter(pk__in=keys).values_list("pk", flat=True)}


def _keys(links: Iterable[Link], kind: Kind) -> set[int]:
    return {int(link.target) for link in links if link.kind == kind and link.target.isdecimal()}


def _of_part(part: contents.Part) -> Iterator[Link]:
    """Yield the links that one value holds; none where it keeps what no field takes."""
    if as_typed.slip(part.stored):
        return
    for anchor in anchors(part):
        words = words_of(anchor)
        named = {"page": Kind.PAGE, "document": Kind.DOCUMENT}.get(anchor.get("linktype", ""))
        if named:
            yield Link(named, str(anchor.get("id", "")), words, part.where)
        else:
            yield from _written(str(anchor.get("href", "")), words, part.where)
    if isinstance(part.holder, blocks.PageChooserBlock) and part.stored:
        yield Link(Kind.PAGE, str(part.stored), "", part.where)
    elif isinstance(part.holder, DocumentChooserBlock) and part.stored:
        yield Link(Kind.DOCUMENT, str(part.stored), "", part.where)
    elif isinstance(part.holder, ImageBlock) and part.stored and part.stored.get("image"):
        yield Link(Kind.PICTURE, str(part.stored["image"]), str(part.stored.get("alt_text") or ""), part.where)
    elif isinstance(part.holder, blocks.URLBlock | models.URLField) and part.stored:
        yield from _written(str(part.stored), "", part.where)


def _written(address: str, words: str, where: tuple[str, ...]) -> Iterator[Link]:
    """Yield the link to an address written by hand; none for a mailbox, a telephone, a place in the page or what is no address."""
    try:
        parts = urlsplit(address.strip())
        is_ours = _door(parts) == _door(urlsplit(settings.SITE_URL)) or not (parts.scheme or parts.netloc)
    except ValueError:
        return
    if len(address) > LONGEST or parts.scheme not in {"", "http", "https"} or not (parts.netloc or parts.path):
        return
    if is_ours:
        yield Link(Kind.PATH, f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", words, where)
    elif parts.scheme:
        yield Link(Kind.OUTSIDE, parts._replace(fragment="").geturl(), words, where)


def _door(parts: SplitResult) -> tuple[str, int | None]:
    """Return the host and the port of an address, by which one site is told from another, however it is written."""
    return parts.hostname or "", None if parts.port in {80, 443} else parts.port
