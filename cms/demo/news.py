"""Plants the demo's news: topics, people and articles in three languages, with pictures drawn here. Idempotent."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms.demo import content, pictures, portraits, writing
from cms.models import (
    ArticlePage,
    ArticlePerson,
    ArticleTopic,
    NewsIndexPage,
    PersonIndexPage,
    PersonPage,
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
        image=_portrait(entry),
        alt_text=entry["alt"][code],
        body=writing.body([{"type": "text", "value": entry["about"]}], code),
    )
    writing.add(index, page, entry["slug"], at=at)


def _article(index: NewsIndexPage, entry: Entry, *, at: datetime) -> None:
    if ArticlePage.objects.child_of(index).filter(slug=entry["slug"]).exists():
        return
    code = index.locale.language_code
    source = {"type": "source", "value": {"title": f"{INVENTED[code]} (demo)"}}
    page = ArticlePage(
        title=entry["title"][code],
        lead=entry["lead"][code],
        body=writing.body([_picture(entry), *map(_with_pictures, entry["blocks"])], code),
        sources=json.dumps([source]),
        pinned_until=(at + PINNED_FOR).date() if entry.get("pinned") else None,
    )
    page.topics = [ArticleTopic(topic=topic) for topic in Topic.objects.filter(slug__in=entry["topics"])]
    people = PersonPage.objects.filter(slug__in=entry["people"], locale=index.locale)
    page.people = [ArticlePerson(person=person) for person in people]
    writing.add(index, page, entry["slug"], at=at)


def _picture(entry: Entry) -> Entry:
    """Return the picture of an article as a block of its body, drawn where it is not there."""
    shown = {"image": drawing(entry).pk, "decorative": False, "alt_text": entry["alt"]}
    return {"type": "picture", "value": {"picture": shown, "caption": entry["caption"]}}


def _with_pictures(block: Entry) -> Entry:
    """Return a block; a gallery, which names other articles, with their pictures."""
    if block["type"] != "gallery":
        return block
    named = [entry for entry in content.articles() if entry["slug"] in block["value"]["pictures"]]
    return {**block, "value": {**block["value"], "pictures": [_picture(entry)["value"] for entry in named]}}


def drawing(entry: Entry) -> AbstractImage:
    """Return the picture of what is written of, drawn where it is not there."""
    return _kept(
        entry["title"]["en"],
        entry["slug"],
        lambda: pictures.finished(pictures.draw(entry["slug"], entry["kind"]), pictures.COVER),
    )


def _portrait(entry: Entry) -> AbstractImage:
    """Return the picture of a person, drawn where it is not there."""
    return _kept(f"Portrait: {entry['slug']}", entry["slug"], lambda: portraits.draw(entry["slug"], entry["wears"]))


def _kept(name: str, slug: str, draw: Callable[[], bytes]) -> AbstractImage:
    pictured, title = get_image_model().objects, f"{name} (demo)"
    found: AbstractImage | None = pictured.filter(title=title).first()
    return found or pictured.create(title=title, file=ContentFile(draw(), name=f"{slug}.jpg"))
