"""The same page in another language, as a plain link that keeps the query string."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

PREFIX = re.compile(r"^/(ky|ru|en)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Link:
    """One language of the switch. `same` is False when the page itself does not exist in it and we lead home instead."""

    code: str
    autonym: str
    href: str
    path: str
    current: bool
    same: bool


def links(path: str, query: str, translations: Mapping[str, str] | None) -> Sequence[Link]:
    """Return a link per language for the page at `path`.

    `translations` (language code → path) says where each translation lives when the addresses differ; without it the
    same path under another prefix is meant. A path without a language prefix leads to the home page of the language.
    """
    return [_link(code, autonym, path, query, translations) for code, autonym in settings.LANGUAGES]


def _link(code: str, autonym: str, path: str, query: str, translations: Mapping[str, str] | None) -> Link:
    target = translations.get(code) if translations is not None else _under(path, code)
    here = target or f"/{code}/"
    href = f"{here}?{query}" if query and target else here
    return Link(code, autonym, href, here, current=code == get_language(), same=bool(target))


def _under(path: str, code: str) -> str | None:
    return PREFIX.sub(f"/{code}", path, count=1) if PREFIX.match(path) else None
