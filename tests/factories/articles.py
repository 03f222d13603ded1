"""Articles: in a tree as readers find them, and as an editor's form sends them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import ArticlePage, NewsIndexPage

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
Block = tuple[str, Any]


def published(slug: str, code: str = "ru", *, at: datetime | None = MONDAY, **facts: Any) -> ArticlePage:
    """Return an article of one language, in its tree since `at`."""
    facts = {"title": f"{slug} {code}", "lead": "До зимы.", "body": [("text", "<p>Сөз</p>")], **facts}
    page = ArticlePage(slug=slug, first_published_at=at, last_published_at=at, **facts)
    return NewsIndexPage.objects.get(locale__language_code=code).add_child(instance=page)


def translated(article: ArticlePage, code: str, **facts: Any) -> ArticlePage:
    """Return the same article in another language."""
    locale = Locale.objects.get(language_code=code)
    return published(article.slug, code, translation_key=article.translation_key, locale=locale, **facts)


def form(
    title: str, blocks: Iterable[Block], *, sources: Iterable[Mapping[str, str]] = (), **more: str
) -> dict[str, str]:
    """Return the fields of the form with `blocks` in the body; `more` are further fields, an action among them."""
    told = {
        "title": title,
        "slug": "",
        "lead": "Кыскача.",
        "body": streamfield(list(blocks)),
        "sources": streamfield([("source", {"on": "", **source}) for source in sources]),
        "topics": inline_formset([]),
        "people": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "pinned_until": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data({**told, **more})


def rich(text: str, link: str = "") -> str:
    """Return a paragraph as the editor's field sends it, all of it leading to `link` where there is one."""
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if link else []
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link}}} if link else {}
    block = {"key": "a1", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"blocks": [block], "entityMap": entities})


def rows(*values: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the rows of a block that repeats another."""
    return streamfield([("item", dict(value)) for value in values])


def table(*lines: Sequence[str]) -> str:
    """Return lines of cells as a spreadsheet puts them on the clipboard."""
    return "\n".join("\t".join(line) for line in lines)
