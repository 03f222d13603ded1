"""A map: numbers where there are marks, links where they lead somewhere, and the same numbers in a list behind it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from ashar.web import maps
from cms.blocks.map import MapBlock, oblasts
from cms.models import ProjectIndexPage

NARYN, OSH, TALAS = "41704000000000", "41706000000000", "41707000000000"


def mark(oblast: str = NARYN, number: int = 5, **facts: object) -> dict[str, object]:
    return {"oblast": oblast, "number": number, "page": None, "address": "", **facts}


def shown(*marks: dict[str, object], code: str = "ru") -> str:
    block = MapBlock()
    with translation.override(code):
        return block.render(block.to_python({"title": "Школы", "marks": list(marks), "source": "Министерство, 2025"}))


def listed(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", line) for line in re.findall(r"<li>(.*?)</li>", html)]


def test_an_editor_chooses_among_all_pieces_of_the_map():
    assert [code for code, _name in oblasts()] == list(maps.PATCHES)


def test_each_mark_stands_on_the_map_and_in_the_list_and_nothing_else_does():
    html = shown(mark(), mark(OSH, 12_000))
    assert listed(html) == ["Нарын 5", "Ош 12\u00a0000"]
    assert html.count('class="oblast-map-number"') == 2
    assert html.count("<path") == len(maps.PATCHES)
    assert "Источник: Министерство, 2025" in html


def test_nothing_is_a_number_where_it_is_said():
    assert listed(shown(mark(number=0))) == ["Нарын 0"]


def test_a_mark_leads_to_a_page_in_the_readers_language(planted):
    page = ProjectIndexPage.objects.get(locale__language_code="ru")
    html = {code: shown(mark(page=page.pk), code=code) for code in ("ky", "ru")}
    assert [html[code].count(f'href="/{code}/projects/"') for code in ("ky", "ru")] == [2, 2]


@pytest.mark.parametrize("facts", [{}, {"page": 999_999}])
def test_a_mark_without_a_way_is_no_link(planted, facts):
    assert "<a " not in shown(mark(**facts))


def test_a_mark_does_not_lead_to_a_draft(planted):
    page = ProjectIndexPage.objects.get(locale__language_code="ru")
    page.unpublish()
    assert "<a " not in shown(mark(page=page.pk))


def test_a_mark_may_lead_elsewhere():
    assert shown(mark(address="https://example.org/")).count('href="https://example.org/"') == 2


def test_what_is_no_piece_of_the_map_any_more_is_left_out():
    assert listed(shown(mark("41799000000000"), mark(TALAS, 3))) == ["Талас 3"]


@pytest.mark.parametrize(
    "marks",
    [
        [mark(), mark()],
        [],
        [mark("nowhere")],
        [mark(number=-1)],
        [mark(number=10**12)],
        [mark(address="javascript:alert(1)")],
    ],
)
def test_two_marks_on_one_piece_and_what_is_none_are_refused(marks):
    block = MapBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "Школы", "marks": marks, "source": ""}))


def test_a_map_that_is_one_passes():
    block = MapBlock()
    assert (
        block.clean(block.to_python({"title": "Школы", "marks": [mark(), mark(OSH)], "source": ""}))["title"] == "Школы"
    )
