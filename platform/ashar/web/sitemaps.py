"""The list of public pages for search engines: every address with its translations and its last change.

Alternates are what `base.html` announces in the head of the same page: a search engine trusts them only when both agree.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.xmlutils import SimplerXMLGenerator

PER_FILE = 5_000  # the protocol allows 50 000 addresses and 50 MB; a phone line in the mountains allows less
SITEMAP, XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Address:
    """One public page in one language; `translations` (language code → path) holds the page itself too."""

    path: str
    translations: Mapping[str, str]
    changed_at: datetime | None


def files(addresses: Sequence[Address]) -> list[Sequence[Address]]:
    """Return `addresses` in as many pieces as files are needed; one piece, perhaps empty, at least."""
    return [addresses[start : start + PER_FILE] for start in range(0, max(len(addresses), 1), PER_FILE)]


def draw(addresses: Iterable[Address]) -> bytes:
    """Return the sitemap of `addresses`."""
    out, xml = _begun()
    _open(xml, "urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for address in addresses:
        _open(xml, "url", {})
        _place(xml, address.path, address.changed_at)
        for code, path in alternates(address.translations):
            _open(xml, "xhtml:link", {"rel": "alternate", "hreflang": code, "href": settings.SITE_URL + path})
            xml.endElement("xhtml:link")
        xml.endElement("url")
    xml.endElement("urlset")
    return out.getvalue()


def draw_index(parts: Mapping[str, Sequence[Address]]) -> bytes:
    """Return the index of several sitemaps: path of each file → what stands in it."""
    out, xml = _begun()
    _open(xml, "sitemapindex", {"xmlns": SITEMAP})
    for path, addresses in parts.items():
        _open(xml, "sitemap", {})
        _place(xml, path, max((each.changed_at for each in addresses if each.changed_at), default=None))
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")
    return out.getvalue()


def alternates(translations: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (hreflang, path) of each language in the site's order; `x-default` is the site's own language, if it is there."""
    names = {code: [code] for code, _ in settings.LANGUAGES} | {
        settings.LANGUAGE_CODE: [settings.LANGUAGE_CODE, "x-default"]
    }
    return [(name, translations[code]) for code in names if code in translations for name in names[code]]


def _begun() -> tuple[io.BytesIO, SimplerXMLGenerator]:
    out = io.BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    return out, xml


def _open(xml: SimplerXMLGenerator, name: str, attributes: Mapping[str, str]) -> None:
    xml.startElement(name, AttributesImpl(attributes))


def _place(xml: SimplerXMLGenerator, path: str, changed_at: datetime | None) -> None:
    xml.addQuickElement("loc", settings.SITE_URL + path)
    if changed_at:
        xml.addQuickElement("lastmod", changed_at.isoformat(timespec="seconds"))
