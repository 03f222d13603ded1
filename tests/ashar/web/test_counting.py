"""Whole numbers with their thousands apart."""

import pytest
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
