"""The guides for editors call buttons, fields and rooms what the screen calls them in that language."""

import re
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.utils import translation

from ashar.web import catalogues, ours
from cms.editing import review
from cms.models import ArticlePage
from tests.cms.test_wagtail_overlay import OVERLAY

GUIDES = {"ru": "editor.md", "en": "editor.en.md"}
QUOTED = {"ru": re.compile("«([^»]+)»"), "en": re.compile("“([^”]+)”")}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
BLOCKS = re.compile(r"^\| (?:блок|block) \|.*\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)
# What stands in quotes or bold and is no label.
NO_LABELS = {
    "ru": {
        "так": "shows how the guide quotes",
        "1 234,50 сом": "a sum as it should be written",
        "KGS 1,234.50": "a sum as it should be written",
        "здесь": "words of a bad link",
        "…": "the sign on the menu, which has no words",
    },
    "en": {
        "like this": "shows how the guide quotes",
        "KGS 1,234.50": "a sum as it should be written",
        "here": "words of a bad link",
        "…": "the sign on the menu, which has no words",
    },
}


def guide(code: str) -> str:
    return (Path(settings.ROOT) / "docs" / "how-to" / GUIDES[code]).read_text(encoding="utf-8")


def plain(label: str) -> str:
    """Return a label without its first letter's size and what trails: a colon, a stop, dots for what follows."""
    return " ".join(label.split()).rstrip(" .…:").casefold()


def labels(code: str) -> list[str]:
    """Return what a guide says stands on the screen: what it quotes, what is bold, and the blocks of its table."""
    text = guide(code)
    rows = BLOCKS.search(text)[1].splitlines()
    blocks = [name for row in rows for name in row.split("|")[1].strip().split(", ")]
    return [*QUOTED[code].findall(text), *BOLD.findall(text), *blocks]


def said(code: str, domain: str) -> dict[str, tuple[str, ...]]:
    """Return what is said in the rooms, by its English: ours stands before Wagtail's, and the overlay before both."""
    of_wagtail = [
        path
        for package in (wagtail, wagtail_localize)
        for path in Path(package.__file__).parent.rglob(f"locale/{code}/LC_MESSAGES/{domain}.po")
    ]
    own = [catalogues.path_of(folder, code) for folder in ours.folders()] if domain == "django" else []
    found = {}
    for path in (*of_wagtail, *own, OVERLAY / code / "LC_MESSAGES" / f"{domain}.po"):
        for message in catalogues.read(path, code):
            found[f"{message.context or ''}|{catalogues._english(message)}"] = tuple(catalogues._texts(message))
    return found


def english() -> set[str]:
    """Return the English of everything that is said in the rooms."""
    both = ("django", "djangojs")
    return {key.partition("|")[2] for domain in both for key in said("ru", domain)}


def strings(code: str) -> set[str]:
    """Return every string of the interface in one language, as `plain` leaves it; the author's button is put together."""
    if code == "en":
        texts, submit = english(), "Submit to %(workflow_name)s"
    else:
        both = ("django", "djangojs")
        texts = {text for domain in both for forms in said(code, domain).values() for text in forms}
        [submit] = said(code, "django")["|Submit to %(workflow_name)s"]
    return {plain(text) for text in (*texts, submit % {"workflow_name": review.NAMES[code].way})}


@pytest.mark.parametrize("code", GUIDES)
def test_every_label_is_a_string_of_the_interface(code):
    known = strings(code) | {plain(label) for label in NO_LABELS[code]} | {""}

    assert [label for label in labels(code) if plain(label) not in known] == []


@pytest.mark.parametrize("code", GUIDES)
def test_what_is_no_label_is_needed_and_none(code):
    assert set(NO_LABELS[code]) <= set(labels(code))
    assert {label for label in NO_LABELS[code] if label != "…" and plain(label) in strings(code)} == set()


@pytest.mark.parametrize(("code", "some"), [("ru", 55), ("en", 55)])
def test_a_guide_names_many(code, some):
    assert len(labels(code)) > some


@pytest.mark.parametrize("code", GUIDES)
def test_every_block_is_one_of_an_article(code):
    with translation.override(code):
        blocks = ArticlePage._meta.get_field("body").stream_block.child_blocks.values()
        names = {str(block.label) for block in blocks}
    rows = BLOCKS.search(guide(code))[1].splitlines()
    assert {name for row in rows for name in row.split("|")[1].strip().split(", ")} - names == set()


def test_a_word_that_the_screen_does_not_say_is_found():
    known = strings("ru")

    assert [
        word for word in ("Сниппеты", "Задать расписание", "Путеводители", "Тело", "Лид") if plain(word) in known
    ] == []


def test_overlay_stands_before_wagtails_own_words():
    assert said("ru", "django")["|Unpublish"] == ("Снять с публикации",)
