"""A text in three columns: the reader's language first, else the nearest, and which one it is."""

import pytest
from django.utils import translation

from ashar import language
from ashar.places.models import Region


def region(**names: str) -> Region:
    return Region(**({"name_ky": "", "name_ru": "", "name_en": ""} | names))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"name_ky": "Ош", "name_ru": "Ош (ru)", "name_en": "Osh"}, ("Ош (ru)", "ru")),
        ({"name_ky": "Ош", "name_en": "Osh"}, ("Ош", "ky")),
        ({"name_en": "Osh"}, ("Osh", "en")),
        ({}, ("", "ru")),
    ],
)
def test_a_text_comes_with_the_language_it_is_in(names, told):
    assert language.spoken(region(**names), "name", "ru") == told
    assert language.pick(region(**names), "name", "ru") == told[0]


def test_the_active_language_is_the_default():
    place = region(name_ky="Ош", name_en="Osh")
    with translation.override("en"):
        assert language.spoken(place, "name") == ("Osh", "en")
    with translation.override("ky"):
        assert language.spoken(place, "name") == ("Ош", "ky")
