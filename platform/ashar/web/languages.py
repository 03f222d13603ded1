"""The same page in another language, as a plain link that keeps the query string.

Where the query says which page of ours comes next, that page is meant in the other language too.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.utils.translation import get_language

PREFIX = re.compile(r"^/(ky|ru|en)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Link:
    """One language of the switch. `same` is False when the page itself does not exist in it.

    Then we lead to where it is lent in another language, or else home.
    """

    code: str
    autonym: str
    href: str
    path: str
    current: bool
    same: bool


def links(
    path: str, query: str, translations: Mapping[str, str] | None, lent: Mapping[str, str] | None = None
) -> Sequence[Link]:
    """Return a link per language for the page at `path`.

    `translations` (language code → path) says where each translation lives when the addresses differ; without it the
    same path under another prefix is meant. A path without a language prefix leads to the home page of the language.
    `lent` says likewise where the page is read in a language that has no translation of its own.
    """
    own = translations if translations is not None else _everywhere(path)
    return [
        _link(code, autonym, query, own.get(code, ""), (lent or {}).get(code, ""))
        for code, autonym in settings.LANGUAGES
    ]


def _link(code: str, autonym: str, query: str, own: str, lent: str) -> Link:
    target = own or lent
    here = target or f"/{code}/"
    href = f"{here}?{_asking(query, code)}" if query and target else here
    return Link(code, autonym, href, here, current=code == get_language(), same=bool(own))


def _everywhere(path: str) -> Mapping[str, str]:
    return {code: under for code, _autonym in settings.LANGUAGES if (under := _under(path, code))}


def _under(path: str, code: str) -> str | None:
    return PREFIX.sub(f"/{code}", path, count=1) if PREFIX.match(path) else None


def _asking(query: str, code: str) -> str:
    return "&".join(_leading_on(part, code) for part in query.split("&"))


def _leading_on(part: str, code: str) -> str:
    """Return one part of a query with the page that comes next, and the one after it, in the language `code`."""
    name, _equals, address = part.partition("=")
    path, mark, query = unquote_plus(address).partition("?")
    under = _under(path, code)
    if name != REDIRECT_FIELD_NAME or under is None:  # not a page of ours that stands in a language: left as it is
        return part
    return f"{name}={quote(under + mark + _asking(query, code))}"
