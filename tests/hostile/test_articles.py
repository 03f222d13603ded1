"""An article whose every field an enemy wrote, sent through the editors' own form: all of it is shown, none of it acts."""

import html

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ashar.accounts import roles
from cms.models import ArticlePage, NewsIndexPage, PersonIndexPage, PersonPage, Topic
from tests.badinput import files, text
from tests.badinput.text import Text
from tests.factories import articles
from tests.hostile import reading
from tests.hostile.village import ANONYMOUS, Village

FILM = "https://example.org/film"
SCRIPT = "javascript:hostile()"
LINKS = (SCRIPT, "JaVaScRiPt:hostile()", " javascript:hostile()", "data:text/html,<script>hostile()</script>", "vbscript:hostile()",
         "java\tscript:hostile()", '"><img src=hostile onerror=hostile()>')  # fmt: skip
# What is not one line of printable text is refused by the fields themselves; a table's cells lose their tabs.
LINES = tuple(line for line in dict.fromkeys((*text.MARKUP, *text.SAMPLE)) if line.is_line)
AT_ONCE = 7  # lines in every block of one article: a form has at most 1000 fields


def words(line: Text) -> str:
    sent = line.value if isinstance(line.value, bytes) else line.value.encode("utf-8", "surrogatepass")
    return sent.decode("utf-8", "replace").replace("\t", " ").strip()[:100]


def blocks(said: str, image: int, document: int) -> list[articles.Block]:
    """One of each block, saying the same thing wherever it can say something."""
    row = articles.table([said, "1"])
    cells = f"{articles.table(['x', said])}\n{row}"
    shown = {"image": str(image), "alt_text": said, "decorative": ""}
    return [
        ("text", articles.rich(said)),
        ("callout", {"kind": "info", "title": said, "text": said}),
        ("quote", {"words": said, "who": said, "role": said}),
        ("steps", {"steps": articles.rows({"title": said, "text": said}, {"title": said, "text": said})}),
        ("timeline", {"rows": articles.rows(*[{"on": "2026-11-22", "title": said, "text": said}] * 2)}),
        ("picture", {"picture": shown, "caption": said, "credit": said}),
        ("gallery", {"title": said, "pictures": articles.rows(*[{"picture": shown, "caption": said, "credit": said}] * 2)}),
        ("video", {"title": said, "address": FILM, "minutes": ""}),
        ("document", {"document": str(document), "title": said}),
        ("figure_box", {"figure": said[:30], "what": said, "year": "2026", "source": said, "address": ""}),
        ("table", {"caption": said, "cells": cells, "source": said}),
        ("chart", {"title": said, "kind": "bar", "cells": cells, "source": said}),
        ("contacts", {"name": said, "hours": said, "phone": "", "email": "", "address": said}),
    ]  # fmt: skip


@pytest.fixture
def image(db) -> int:
    name = "<img src=hostile onerror=hostile()>.png"
    return get_image_model().objects.create(title=name, file=ContentFile(files.picture(), name=name)).pk


@pytest.fixture
def document(db) -> int:
    name = '"><img src=hostile onerror=hostile()>.pdf'
    return (
        get_document_model().objects.create(title=name, file=ContentFile(b"%PDF-1.4\n" + files.HOSTILE, name=name)).pk
    )


@pytest.fixture
def written(village: Village):
    """Return what becomes of an article that an editor writes and publishes at once."""

    def write(title: str, body: list[articles.Block], **more) -> ArticlePage:
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        add = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", index.pk])
        told = articles.form(title, body, **{"slug": "hostile", "action-publish": "action-publish", **more})
        response = village.enter(roles.EDITOR).post(add, told)
        assert response.status_code == 302, response.context
        return ArticlePage.objects.get(slug=told["slug"])

    return write


@pytest.mark.parametrize("start", range(0, len(LINES), AT_ONCE))
def test_whatever_an_article_says_is_words(village: Village, written, image, document, start):
    """Every line in every block, read by a stranger and by the editor who opens the article again."""
    said = [words(line) for line in LINES[start : start + AT_ONCE]]
    page = written("Крыша", [block for line in said for block in blocks(line, image, document)])

    public = reading.body(village.enter(ANONYMOUS).get("/ru/news/hostile/"))
    assert [fault for fault in reading.faults(public) if not fault.endswith(FILM)] == []
    shown = html.unescape(public)
    assert [line for line in said if line not in shown] == []
    again = reading.body(village.enter(roles.EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert reading.broke_out(again) == []


def test_titles_leads_topics_and_people_are_words_wherever_they_stand(village: Village):
    index, people = (kind.objects.get(locale__language_code="ru") for kind in (NewsIndexPage, PersonIndexPage))
    for number, line in enumerate(text.MARKUP):
        said = words(line)
        page = ArticlePage(title=said, slug=f"hostile-{number}", lead=said, body=[], search_description=said)
        index.add_child(instance=page)
        person = people.add_child(instance=PersonPage(title=said, slug=f"hostile-{number}", role=said))
        titles = dict.fromkeys(("title_ky", "title_ru", "title_en"), said[:60])
        page.topics.create(topic=Topic.objects.create(slug=f"hostile-{number}", **titles))
        page.people.create(person=person)
        page.save_revision().publish()
    stranger = village.enter(ANONYMOUS)
    own = [f"/ru/{part}/hostile-{number}/" for part in ("news", "people") for number in range(len(text.MARKUP))]
    places = ["/ru/", "/ru/news/", "/ru/news/?page=2", "/ky/news/", "/ru/people/", *own]

    assert [
        f"{place}: {fault}" for place in places for fault in reading.faults(reading.body(stranger.get(place)))
    ] == []
    for feed in ("/ru/news/feed.atom", "/ru/news/feed.rss"):
        assert "<hostile" not in reading.body(stranger.get(feed))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_in_a_text_leads_nowhere_that_acts(village: Village, written, link):
    written("Крыша", [("text", articles.rich("Нажмите", link))])
    page = reading.body(village.enter(ANONYMOUS).get("/ru/news/hostile/"))
    assert "Нажмите" in page
    assert reading.faults(page) == []


@pytest.mark.parametrize("field", ["video", "figure_box", "source"])
def test_an_address_that_acts_is_refused(village: Village, field):
    index = NewsIndexPage.objects.get(locale__language_code="ru")
    body = {
        "video": [("video", {"title": "x", "address": SCRIPT, "minutes": ""})],
        "figure_box": [("figure_box", {"figure": "1", "what": "x", "year": "2026", "source": "x", "address": SCRIPT})],
    }.get(field, [("text", articles.rich("x"))])
    sources = [{"title": "x", "address": SCRIPT}] if field == "source" else []
    add = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", index.pk])
    told = articles.form("Крыша", body, sources=sources, **{"action-publish": "action-publish"})
    assert village.enter(roles.EDITOR).post(add, told).status_code == 200
    assert ArticlePage.objects.count() == 0


def test_a_table_that_grew_wrong_after_it_was_kept_takes_no_page_with_it(village: Village):
    """An import or an older version could hold what the form refuses today."""
    index = NewsIndexPage.objects.get(locale__language_code="ru")
    cells = "only\tone row"
    body = [
        ("table", {"caption": "x", "cells": cells}),
        ("chart", {"title": "x", "kind": "bar", "cells": "a\tb\nc\tmany", "source": "x"}),
        ("text", "<p>Дальше</p>"),
    ]
    index.add_child(instance=ArticlePage(title="Крыша", slug="hostile", lead="x", body=body))
    response = village.enter(ANONYMOUS).get("/ru/news/hostile/")
    assert response.status_code == 200
    assert "Дальше" in reading.body(response)
