"""Cards and rows as a browser lays them out: one long name or label moves nothing else."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ashar.money import Money
from diaspora import covers
from diaspora.queries import Giver
from tests.journeys.test_narrow import styled

pytestmark = pytest.mark.browser
BOX = "part => { const box = part.getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom] }"
LABELS = {
    "ky": ("Карта менен төлөө комиссиялары", "Төлөндү", "Азыр фонддо"),
    "ru": ("Комиссии за оплату картой", "Выплачено", "Сейчас в фонде"),
}


def giver(name: str) -> str:
    told = Giver(name, Money(50_00, "USD"), Money(4_372_50, "KGS"), "Окугула!", datetime(2026, 11, 26, tzinfo=UTC))
    with translation.override("ru"):
        return (
            f'<ul class="givers"><li class="giver">{render_to_string("diaspora/giver.html", {"giver": told})}</li></ul>'
        )


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_name_without_an_end_takes_two_lines_and_is_read_whole(chromium, width):
    name = "Кыргызстан" * 15
    heights = {}
    for written in ("Асан", name):
        with styled(chromium, giver(written), width=width) as page:
            part = page.locator(".giver-name")
            _left, right, top, bottom = part.evaluate(BOX)
            heights[written] = bottom - top
            assert right <= page.locator(".giver").evaluate(BOX)[1]
            assert page.locator(".giver-sum").is_visible()
            assert part.inner_text() == written
            assert written in page.locator(".giver").aria_snapshot()

    assert heights[name] <= 2 * heights["Асан"] + 1


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("width", [272, 320, 400])  # of the panel of a project: beside its story, and on a phone
def test_sums_of_a_project_stand_under_each_other_whatever_is_beside_them(chromium, language, width):
    rows = "".join(f"<div><dt>{label}</dt><dd>1 234 567,50 сом</dd></div>" for label in LABELS[language])
    with styled(chromium, f'<dl class="project-books">{rows}</dl>', width=width) as page:
        labels, sums = (page.locator(f".project-books {tag}").all() for tag in ("dt", "dd"))
        beside = [[each.evaluate(BOX) for each in row] for row in zip(labels, sums, strict=True)]

    assert [label[1] <= figure[0] and abs(label[2] - figure[2]) < 2 for label, figure in beside] == [True] * 3
    assert len({round(figure[1]) for _label, figure in beside}) == 1
    assert len({round(figure[3] - figure[2]) for _label, figure in beside}) == 1


@pytest.mark.parametrize(("frame", "large", "ratio"), [("card project-card", False, 16 / 9), ("stack", True, 16 / 9)])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_cover_fills_its_frame_and_keeps_its_place_before_it_has_come(chromium, width, frame, large, ratio):
    told = {"cover": covers.shown("media:covers/roof.jpg"), "large": large, "sizes": "100vw"}
    html = f'<div class="{frame}" style="inline-size: 300px">{render_to_string("diaspora/cover.html", told)}</div>'
    with styled(chromium, html, width=width) as page:
        left, right, top, bottom = page.locator("img").evaluate(BOX)

    assert abs(right - left - 300) <= 2  # the card has a border
    assert abs((right - left) / (bottom - top) - ratio) < 0.01
