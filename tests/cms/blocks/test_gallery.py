"""Several pictures side by side: each with words of its own, all for one query."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.models import Rendition

from cms import renditions
from cms.blocks.gallery import GalleryBlock
from cms.editing import checks
from cms.models import ArticlePage, NewsIndexPage
from tests.badinput import files

pytestmark = pytest.mark.django_db


def picture(number: int, alt: str = "Чатыр") -> dict[str, object]:
    """What an editor fills in for one picture, whose sizes the worker has made."""
    file = ContentFile(files.picture(size=(40, 20 + number)), name=f"roof-{number}.png")
    image = get_image_model().objects.create(title=f"Roof {number}", file=file)
    renditions.make(image)
    return {
        "picture": {"image": image.pk, "alt_text": alt, "decorative": False},
        "caption": f"Чатыр {number}",
        "credit": "Айжан",
    }


def gallery(count: int) -> object:
    block = GalleryBlock()
    return block.to_python({"title": "Чатыр кантип бүттү", "pictures": [picture(number) for number in range(count)]})


def test_shows_each_picture_with_its_words():
    html = GalleryBlock().render(gallery(2))
    assert '<ul class="gallery" aria-label="Чатыр кантип бүттү">' in html
    assert html.count("<li><figure") == html.count("<picture>") == html.count('alt="Чатыр"') == 2
    assert html.count('type="image/avif"') == 2
    assert ["Чатыр 0" in html, "Чатыр 1" in html, html.count("© Айжан")] == [True, True, 2]


@pytest.mark.parametrize("count", [2, 6])
def test_any_number_of_pictures_is_one_query(count):
    shown = gallery(count)
    with CaptureQueriesContext(connection) as told:
        html = GalleryBlock().render(shown)
    assert (len(told), html.count("<picture>")) == (1, count)


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize(("waiting", "queries"), [(False, 1), (True, 2)])
def test_any_number_of_galleries_and_pictures_on_a_page_is_one_query_more_only_while_one_is_not_made(
    count, waiting, queries
):
    rows = [picture(number) for number in range(count)]
    if waiting:
        Rendition.objects.filter(image=rows[0]["picture"]["image"]).delete()
    Rendition.cache_backend.clear()
    album = {"type": "gallery", "value": {"title": "", "pictures": rows}}
    block = ArticlePage.body.field.stream_block
    with CaptureQueriesContext(connection) as told:
        html = block.render(block.to_python([{"type": "picture", "value": rows[-1]}, album, album]))
    assert (len(told), html.count("<picture>")) == (queries, 1 + 2 * (count - waiting))


def test_one_picture_twice_is_told_in_its_own_words_each_time():
    row = picture(1)
    other = {**row, "picture": {**row["picture"], "alt_text": "Дубал"}}
    block = ArticlePage.body.field.stream_block
    html = block.render(block.to_python([{"type": "gallery", "value": {"title": "", "pictures": [row, other]}}]))
    assert re.findall(r'alt="([^"]*)"', html) == ["Чатыр", "Дубал"]


@pytest.mark.parametrize("count", [0, 1, 13])
def test_needs_two_to_twelve_pictures(count):
    block = GalleryBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "", "pictures": [picture(1)] * count}))


def test_a_picture_without_words_is_found():
    index = NewsIndexPage.objects.get(locale__language_code="ky")
    page = ArticlePage(title="Чатыр", slug="roof", lead="Бүттү.", locale=index.locale)
    rows = [
        {"type": "item", "value": picture(number, alt), "id": str(number)} for number, alt in enumerate(("Чатыр", ""))
    ]
    told = [{"type": "gallery", "value": {"title": "", "pictures": rows}}]
    page.body = ArticlePage.body.field.stream_block.to_python(told)
    index.add_child(instance=page)
    assert [finding.code for finding in checks.findings(page)] == ["no_alt"]
