"""Whole numbers with their thousands apart."""

import pytest
from django.template import Context, Template
from django.utils import translation

from ashar.web import counting


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ky", "1\u00a0234\u00a0567"), ("ru", "1\u00a0234\u00a0567"), ("en", "1,234,567")],
)
def test_thousands_stand_apart(language, expected):
    assert counting.written(1_234_567, language=language) == expected


def test_active_language_is_used_when_none_is_named():
    with translation.override("en"):
        assert counting.written(40_000) == "40,000"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_small_numbers_stay_as_they_are(language):
    assert [counting.written(number, language=language) for number in (0, 7, 999)] == ["0", "7", "999"]


@pytest.mark.parametrize(
    ("language", "whole", "small"),
    [("ky", "60%", "0,9%"), ("ru", "60\N{NO-BREAK SPACE}%", "0,9\N{NO-BREAK SPACE}%"), ("en", "60%", "0.9%")],
)
def test_a_share_has_its_sign_where_the_language_puts_it(language, whole, small):
    assert counting.per_cent(60, language=language) == whole
    assert counting.per_cent(0, tenths=9, language=language) == small


@pytest.mark.parametrize(
    ("whole", "tenths", "expected"),
    [(0, 0, "0%"), (100, 0, "100%"), (140, 0, "140%"), (5, 5, "5.5%"), (1234, 0, "1,234%")],
)
def test_a_share_is_exact(whole, tenths, expected):
    assert counting.per_cent(whole, tenths=tenths, language="en") == expected


def test_the_filter_writes_whole_per_cent_in_the_active_language():
    page = Template("{% load web %}{{ share|per_cent }}")
    with translation.override("ru"):
        assert page.render(Context({"share": 70})) == "70\N{NO-BREAK SPACE}%"
