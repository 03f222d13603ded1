"""Writes a page of the demo in one language of its text, as an editor would have left it. Idempotent."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from wagtail.models import Page

from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms.demo import content, signins
from cms.models import Contact, Figure, Partner, PersonPage, ProjectPage

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


def name_of(path: str) -> str:
    """Return the name of a row, the same in every language and at every load."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"ashar/{path}"))


def _filled(kind: str, value: Any, code: str) -> Any:  # noqa: ANN401 - what a block holds
    """Return the value of a block with rows of the database in the place of their names, or nothing."""
    fill = FILLED.get(kind)
    return fill(value, code) if fill else value


def _table(value: Any, _code: str) -> Any:  # noqa: ANN401 - likewise
    return value | {"cells": "\n".join("\t".join(row) for row in value["cells"])}


def _quote(value: Any, code: str) -> Any:  # noqa: ANN401 - likewise
    person = next(entry for entry in content.people() if entry["slug"] == value["person"])
    return {"words": value["words"], "who": person["name"][code], "role": person["role"][code]}


def _projects(value: Any, code: str) -> Any:  # noqa: ANN401 - likewise
    chosen = [page.pk for page in ProjectPage.objects.filter(slug__in=value["pages"], locale__language_code=code)]
    return value | {"pages": chosen} if chosen else None


def _snippets(name: str, kind: type[Any]) -> Callable[[Any, str], Any]:
    many = f"{name}s"
    return lambda value, code: value | {many: [_snippet(kind, f"{name}/{slug}", code) for slug in value[many]]}


def _answers(value: Any, code: str) -> Any:  # noqa: ANN401 - likewise
    answers = [
        answer
        | {
            "since": answer["since"] or None,
            "person": _page(PersonPage, answer["person"], code),
            "contact": _snippet(Contact, f"contact/{answer['contact']}", code),
        }
        for answer in value["answers"]
    ]
    return value | {"answers": answers}


def _map(value: Any, code: str) -> Any:  # noqa: ANN401 - likewise
    return value | {"marks": [{"address": "", **_way(mark, code)} for mark in value["marks"]]}


def _way(value: Any, code: str) -> Any:  # noqa: ANN401 - likewise
    return value | {"page": _page(Page, value["page"], code)}


def _page(kind: type[Page], slug: str, code: str) -> int | None:
    pages = kind.objects.filter(slug=slug, locale__language_code=code).values_list("pk", flat=True)
    found: int | None = pages.first()
    return found


def _snippet(kind: type[Any], path: str, code: str) -> int | None:
    rows = kind.objects.filter(translation_key=name_of(path), locale__language_code=code)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


FILLED: Mapping[str, Callable[[Any, str], Any]] = {
    "chart": _table,
    "table": _table,
    "quote": _quote,
    "projects": _projects,
    "known_contacts": _snippets("contact", Contact),
    "known_figures": _snippets("figure", Figure),
    "partners": _snippets("partner", Partner),
    "answers": _answers,
    "map": _map,
    "way": _way,
}
