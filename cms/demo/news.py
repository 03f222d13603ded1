"""Plants the demo's news: topics, people and articles in three languages, with pictures drawn here. Idempotent."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms.demo import content, pictures, signins
from cms.models import (
    ArticlePage,
    ArticlePerson,
    ArticleTopic,
    NewsIndexPage,
    PersonIndexPage,
    PersonPage,
    ProjectPage,
    Topic,
)

INVENTED = {"ky": "Демо үчүн ойлоп чыгарылган", "ru": "Придумано для демонстрации", "en": "Invented for the demo"}
PINNED_FOR = timedelta(days=30)
Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for entry in content.topics():
        Topic.objects.get_or_create(slug=entry["slug"], defaults=content.columns(entry, "title"))
    for entry in content.people():
        for index in PersonIndexPage.objects.select_related("locale"):
            _person(index, entry, at=at)
    for entry in content.articles():
        for index in NewsIndexPage.objects.select_related("locale"):
            _article(index, entry, at=at - timedelta(days=entry["days_ago"]))


def _person(index: PersonIndexPage, entry: Entry, *, at: datetime) -> None:
    code = index.locale.language_code
    page = PersonPage(
        title=entry["name"][code],
        role=entry["role"][code],
        body=_body([{"type": "text", "value": entry["about"]}], code),
    )
    _add(index, page, entry["slug"], at=at)


def _article(index: NewsIndexPage, entry: Entry, *, at: datetime) -> None:
    if ArticlePage.objects.child_of(index).filter(slug=entry["slug"]).exists():
        return
    code = index.locale.language_code
    source = {"type": "source", "value": {"title": f"{INVENTED[code]} (demo)"}}
    page = ArticlePage(
        title=entry["title"][code],
        lead=entry["lead"][code],
        body=_body([_picture(entry), *entry["blocks"]], code),
        sources=json.dumps([source]),
        pinned_until=(at + PINNED_FOR).date() if entry.get("pinned") else None,
    )
    page.topics = [ArticleTopic(topic=topic) for topic in Topic.objects.filter(slug__in=entry["topics"])]
    people = PersonPage.objects.filter(slug__in=entry["people"], locale=index.locale)
    page.people = [ArticlePerson(person=person) for person in people]
    _add(index, page, entry["slug"], at=at)


def _add(index: Page, page: Page, slug: str, *, at: datetime) -> None:
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


def _picture(entry: Entry) -> Entry:
    """Return the picture of an article as a block of its body, drawn where it is not there."""
    title = f"{entry['title']['en']} (demo)"
    image = get_image_model().objects.filter(title=title).first() or _drawn(title, entry)
    shown = {"image": image.pk, "decorative": False, "alt_text": entry["alt"]}
    return {"type": "picture", "value": {"picture": shown, "caption": entry["caption"]}}


def _drawn(title: str, entry: Entry) -> AbstractImage:
    cover, _card = pictures.draw(entry["slug"], entry["kind"])
    image: AbstractImage = get_image_model().objects.create(
        title=title, file=ContentFile(cover, name=f"{entry['slug']}.jpg")
    )
    return image


def _body(blocks: Iterable[Entry], code: str) -> str:
    """Return the blocks in one language, as a page keeps them; cards of projects that are not there are left out."""
    told = [
        {"type": block["type"], "value": _filled(block["type"], in_language(block["value"], code), code)}
        for block in blocks
    ]
    return json.dumps([block for block in told if block["value"]], ensure_ascii=False)


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
