"""Sums in som in the words of editors: what is written as the site writes it is left alone, the rest is told how."""

import pytest

from cms.editing import som
from tests.cms.conftest import LANGUAGES

SPACE = "\u00a0"


def told(text: str, code: str = "ru") -> list[tuple[str, str]]:
    return [tuple(misprint) for misprint in som.misprints(text, code)]


@pytest.mark.parametrize(
    "text",
    [
        "1 234,50 сом",
        f"1{SPACE}234,50{SPACE}сом",
        "12 000 сомов собрали",
        "500 сомго",
        "1 000 000 сом",
        "0,50 сом",
        "в селе 2026 года, с. Кочкор",
        "12 с. Кочкор",
        "от 5 до 7 сел",
        "2 млн сом",
        "50 $",
        "сом",
        "",
    ],
)
@pytest.mark.parametrize("code", ["ky", "ru"])
def test_what_is_right_is_left_alone(text, code):
    assert told(text, code) == []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1000 сом", "1 000 сом"),
        ("1,000 сом", "1 000 сом"),
        ("1.000.000 сом", "1 000 000 сом"),
        ("1234.5 сом", "1 234,50 сом"),
        ("KGS 1,000", "1 000 сом"),
        ("1 000 KGS", "1 000 сом"),
        ("1 000 som", "1 000 сом"),
        ("250 с.", "250 сом"),
        ("10000сомов", "10 000 сом"),
        ("1 23 сом", "123 сом"),
    ],
)
@pytest.mark.parametrize("code", ["ky", "ru"])
def test_what_is_wrong_is_told_how(code, written, right):
    assert told(f"Собрали {written}", code) == [(written, right)]


@pytest.mark.parametrize("text", ["KGS 1,234.50", "KGS 500", "12,000 som", "1 soms"])
def test_english_has_its_own_way(text):
    assert told(text, "en") == []


@pytest.mark.parametrize(
    ("written", "right"),
    [("KGS 1000", "KGS 1,000"), ("1 000 сом", "KGS 1,000"), ("1,000 KGS", "KGS 1,000"), ("12000 som", "KGS 12,000")],
)
def test_and_its_own_mistakes(written, right):
    assert told(written, "en") == [(written, right)]


def test_several_in_one_text_are_told_in_their_order():
    assert told("Из 5000 сом пришло 4 000 сом, осталось 1000 сом") == [
        ("5000 сом", "5 000 сом"),
        ("1000 сом", "1 000 сом"),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_digits_without_an_end_stop_nothing(code):
    assert len(told("9" * 400 + " сом", code)) == 1
