"""Addresses in Latin letters."""

import pytest

from ashar.web.slugs import letters, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ысык-Көл", "ysyk-kol"),
        ("Жалал-Абад", "jalal-abad"),
        ("Жети-Өгүз", "jeti-oguz"),
        ("Жеңиш айылы", "jengish-ayyly"),
        ("Чүй", "chuy"),
        ("Өзгөн", "ozgon"),
        ("Ноокат", "nookat"),
        ("Школа № 3 — окна", "shkola-no-3-okna"),
        ("School in Kara-Kulja", "school-in-kara-kulja"),
        ("Объезд, подъём", "obezd-podem"),
        ("  -- Ош!  ", "osh"),
        ("2026-жыл", "2026-jyl"),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_slug(name, expected):
    assert slug(name) == expected


def test_long_name_is_cut_between_words():
    assert slug("Кара-Кулжа районундагы мектептин терезелери", longest=30) == "kara-kulja-rayonundagy"


def test_one_long_word_is_cut_where_it_must():
    assert slug("а" * 100, longest=10) == "a" * 10


def test_name_that_just_fits_is_whole():
    assert slug("Ош шаары", longest=9) == "osh-shaary"[:9].rpartition("-")[0]
    assert slug("Ош шаары", longest=10) == "osh-shaary"


def test_slug_of_a_slug_is_itself():
    assert slug(slug("Жеңиш айылы")) == slug("Жеңиш айылы")


def test_every_letter_has_its_latin():
    latin = letters()

    assert len(latin) == 36
    assert (latin["ж"], latin["ң"], latin["ө"], latin["ү"], latin["щ"]) == ("j", "ng", "o", "u", "shch")
    assert {letter for letter, text in latin.items() if not text} == {"ъ", "ь"}
