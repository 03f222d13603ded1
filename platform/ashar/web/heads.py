"""What the head of a public page tells networks, feed readers and search engines, prepared for `found.html`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from ashar import language

Thing = Mapping[str, Any]  # one thing in the words of schema.org
LOCALES = {"ky": "ky_KG", "ru": "ru_RU", "en": "en_GB"}
VOCABULARY = "https://schema.org"
# What could end a script element or a line of a script; in JSON the escapes mean the same letters.
ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Feed:
    """The news of something, in both formats that readers know."""

    title: str
    atom: str
    rss: str


@dataclass(frozen=True, slots=True)
class Head:
    """One page: `picture` is the whole address of a card, `things` are what the page is about, `kind` is OpenGraph's word."""

    title: str
    description: str
    picture: str
    things: Sequence[Thing] = ()
    feeds: Sequence[Feed] = ()
    kind: str = "website"
    published_at: datetime | None = None

    @property
    def locale(self) -> str:
        """The active language, as OpenGraph writes it."""
        return LOCALES[language.current()]


def absolute(address: str) -> str:
    """Return the whole address of a path of ours; one that is whole already, as of an object store, stays as it is."""
    return settings.SITE_URL + address if address.startswith("/") else address


def script(things: Sequence[Thing]) -> SafeString:
    """Return `things` as a block of data that no browser runs and that no text in it can end. Nothing for nothing."""
    if not things:
        return SafeString("")
    whole = {"@context": VOCABULARY, **(things[0] if len(things) == 1 else {"@graph": [*things]})}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')
