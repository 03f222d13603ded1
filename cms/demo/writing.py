"""Writes a page of the demo in one language of its text, as an editor would have left it. Idempotent."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wagtail.models import Page

from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms.demo import content, signins
from cms.models import ProjectPage

Entry = Mapping[str, Any]


def add(index: Page, page: Page, slug: str, *, at: datetime) -> None:
    """Publish `page` under `index` as the translation of its twin, owned by the demo's author, as if `at` that moment."""
    if Page.objects.child_of(index).filter(slug=slug).exists():
        return
    twin = type(page).objects.filter(slug=slug).first()
    if twin:
        page.translation_key = twin.translation_key
    page.slug, page.locale = slug, index.locale
    page.owner = User.objects.get(email=signins.AUTHOR)
    page.first_published_at = page.last_published_at = at
    index.add_child(instance=page)


def body(blocks: Iterable[Entry], code: str) -> str:
    """Return the blocks in one language, as a page keeps them; cards of projects that are not there are left out."""
    told = [
        {"type": block["type"], "value": _filled(block["type"], in_language(block["value"], code), code)}
        for block in blocks
    ]
    return json.dumps([block for block in told if block["value"]], ensure_ascii=False)


def sources(entries: Iterable[Entry], code: str) -> str:
    """Return sources in one language, as a page keeps them."""
    return body(({"type": "source", "value": entry} for entry in entries), code)


def in_language(value: Any, code: str) -> Any:  # noqa: ANN401 - any value of TOML
    """Return `value` with each text that is written in three languages replaced by the one of `code`."""
    if isinstance(value, list):
        return [in_language(each, code) for each in value]
    if isinstance(value, dict):
        return (
            value[code]
            if set(value) == set(LANGUAGES)
            else {name: in_language(each, code) for name, each in value.items()}
        )
    return value


def _filled(kind: str, value: Any, code: str) -> Any:  # noqa: ANN401 - what a block holds
    """Return the value of a block with rows of the database in the place of their names, or nothing."""
    if kind in {"chart", "table"}:
        return value | {"cells": "\n".join("\t".join(row) for row in value["cells"])}
    if kind == "quote":
        person = next(entry for entry in content.people() if entry["slug"] == value["person"])
        return {"words": value["words"], "who": person["name"][code], "role": person["role"][code]}
    if kind == "projects":
        pages = ProjectPage.objects.filter(slug__in=value["pages"], locale__language_code=code)
        chosen = [page.pk for page in pages]
        return value | {"pages": chosen} if chosen else None
    return value
