"""The schematic map has nine pieces, each with its figure."""

import re

import pytest
from django.utils import translation

from ashar.places.codes import REPUBLICAN_CITIES
from ashar.web import maps

FIGURES = {code: maps.Figure(at, f"/en/{code}/") for at, code in enumerate(maps.PATCHES)}


def test_seven_oblasts_and_two_cities():
    cities = {code for code in maps.PATCHES if code[3:5] in REPUBLICAN_CITIES}

    assert (len(maps.PATCHES), len(cities)) == (9, 2)
    assert {code[5:] for code in maps.PATCHES} == {"0" * 9}


def test_every_piece_has_its_figure():
    shown = maps.areas(FIGURES)

    assert [(area.number, area.href) for area in shown] == [(each.number, each.href) for each in FIGURES.values()]
    assert [area.shade for area in shown] == [0, 1, 1, 2, 2, 2, 3, 3, 3]


def test_nothing_anywhere_has_no_shade_and_one_is_seen_beside_many():
    few = dict.fromkeys(maps.PATCHES, maps.Figure(None, ""))
    assert {area.shade for area in maps.areas(few)} == {0}

    one, many = list(maps.PATCHES)[:2]
    shown = maps.areas({**few, one: maps.Figure(1, ""), many: maps.Figure(5000, "")})
    assert [area.shade for area in shown][:3] == [1, 3, 0]


def test_missing_oblast_is_refused():
    with pytest.raises(KeyError, match="41707000000000"):
        maps.areas({code: figure for code, figure in FIGURES.items() if code != "41707000000000"})


def test_another_country_is_refused():
    with pytest.raises(KeyError, match="39800000000000"):
        maps.areas({**FIGURES, "39800000000000": maps.Figure(1, "#")})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "Талас Чүй Ысык-Көл Жалал-Абад Нарын Баткен Ош Бишкек Ош шаары"),
        ("ru", "Талас Чуй Иссык-Куль Джалал-Абад Нарын Баткен Ош Бишкек г. Ош"),
        ("en", "Talas Chuy Issyk-Kul Jalal-Abad Naryn Batken Osh Bishkek Osh city"),
    ],
)
def test_names_are_those_of_the_reader(language, expected):
    with translation.override(language):
        assert " ".join(str(patch.name) for patch in maps.PATCHES.values()) == expected


@pytest.mark.parametrize("patch", maps.PATCHES.values(), ids=lambda patch: patch.d[:8])
def test_words_stand_on_the_map(patch):
    assert 0 < patch.x < maps.WIDTH
    assert 0 < patch.y < maps.HEIGHT - 17
    assert re.fullmatch(r"M[\dLhvz -]+", patch.d)
