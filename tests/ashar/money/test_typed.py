"""What people type: the whole catalogue, each refusal by its code and with a sentence in three languages."""

import pytest
from django.utils import translation

from ashar.money import Money, typed
from ashar.money.currencies import CURRENCIES, UnknownCurrency
from tests.badinput.money import NOT_CURRENCIES, NOT_TEXT, READABLE, UNREADABLE


@pytest.mark.parametrize("case", READABLE, ids=repr)
def test_what_can_be_meant_in_one_way_is_read(case):
    assert typed.parse(case.typed, case.currency) == Money(case.minor, case.currency)


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: f"{case.typed[:30]!a} {case.currency}")
def test_everything_else_is_refused_by_a_stable_code(case):
    with pytest.raises(typed.Unreadable) as refusal:
        typed.parse(case.typed, case.currency)
    assert refusal.value.code == case.code


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: f"{case.typed[:30]!a} {case.currency}")
def test_every_refusal_is_a_sentence_that_repeats_nothing_strange(case):
    with pytest.raises(typed.Unreadable) as refusal:
        typed.parse(case.typed, case.currency)
    sentences = set()
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            sentences.add(str(refusal.value))
    assert len(sentences) == 3
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in sentences)
    assert not any("\0" in sentence or "\ud800" in sentence for sentence in sentences)


@pytest.mark.parametrize("value", NOT_TEXT, ids=repr)
def test_an_amount_arrives_as_text(value):
    with pytest.raises(typed.NotText) as refusal:
        typed.parse(value, "KGS")
    assert refusal.value.code == "not_text"


@pytest.mark.parametrize("code", NOT_CURRENCIES, ids=repr)
def test_the_currency_is_one_of_ours(code):
    with pytest.raises(UnknownCurrency):
        typed.parse("5", code)


def test_every_refusal_has_a_code_of_its_own():
    codes = [refusal.code for refusal in typed.Unreadable.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert {case.code for case in UNREADABLE} | {"not_text", "too_fine"} == set(codes)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("0", "0"), ("1063000", "1063000"), ("1 063 000", "1063000"), ("1\u00a0063\u202f000", "1063000"), ("5,5", "5.5"),
     ("30.50", "30.5"), ("1 234,50", "1234.5"), ("1,234.50", "1234.5"), ("1,2340", "1.234"), ("0,125", "0.125"),
     ("12,0", "12"), ("9" * 15, "9" * 15)],
)  # fmt: skip
def test_a_number_of_no_currency_is_read_likewise(text, digits):
    assert typed.plain(text) == digits


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("1,234", "ambiguous"), ("12.345", "ambiguous"), ("-1", "signed"), ("1e3", "letters"), ("1.", "malformed"),
     ("12 34", "malformed"), ("007", "malformed"), ("0,12345", "too_fine"), ("1" * 16, "too_large"), ("5 %", "strange_character")],
)  # fmt: skip
def test_a_number_of_no_currency_is_refused_likewise(text, code):
    with pytest.raises(typed.Unreadable) as refusal:
        typed.plain(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "This can be read in two ways. Write 70000 or 70.00."),
        ("ru", "Это можно прочитать двояко. Напишите 70000 или 70,00."),
        ("ky", "Муну эки түрдүү окууга болот. 70000 же 70,00 деп жазыңыз."),
    ],
)
def test_an_ambiguous_amount_is_answered_with_both_readings_as_the_language_writes_them(language, sentence):
    with translation.override(language):
        with pytest.raises(typed.Ambiguous) as refusal:
            typed.parse("70,000", "KGS")
        assert str(refusal.value) == sentence


@pytest.mark.parametrize("reading", ["70000", "70.00", "70,00"])
def test_both_readings_are_then_understood(reading):
    assert typed.parse(reading, "KGS") in {Money(70_000_00, "KGS"), Money(70_00, "KGS")}


def test_the_sentence_names_the_currency_that_was_typed():
    with pytest.raises(typed.OtherCurrency) as refusal:
        typed.parse("$5", "EUR")
    assert refusal.value.facts == {"written": "USD", "currency": "EUR"}


def test_the_largest_amount_is_the_same_everywhere():
    for code, currency in CURRENCIES.items():
        largest = f"{typed.LARGEST_MINOR // 10**currency.exponent}"
        assert typed.parse(largest, code).minor <= typed.LARGEST_MINOR
