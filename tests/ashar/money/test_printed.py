"""Printing: our own patterns, CLDR's digits."""

import pytest
from babel.numbers import format_decimal
from django.template import Context, Template
from django.utils import translation

from ashar.money import Money, printed

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("money", "language", "text"),
    [
        (Money(1_234_567_50, "KGS"), "ky", "1 234 567,50 сом"),
        (Money(1_234_567_50, "KGS"), "ru", "1 234 567,50 сом"),
        (Money(1_234_567_50, "KGS"), "en", "KGS 1,234,567.50"),
        (Money(50_00, "USD"), "ky", "50 $"),
        (Money(50_00, "USD"), "en", "$50"),
        (Money(50_50, "USD"), "en", "$50.50"),
        (Money(50_05, "USD"), "ru", "50,05 $"),
        (Money(1_234_00, "KGS"), "ky", "1 234 сом"),
        (Money(1_234_00, "KGS"), "en", "KGS 1,234"),
        (Money(-1_234_00, "KGS"), "ru", "-1 234 сом"),
        (Money(100_00, "KGS"), "ru", "100 сом"),
        (Money(70_000, "KRW"), "ru", "70 000 ₩"),
        (Money(70_000, "KRW"), "en", "₩70,000"),
        (Money(10_00, "AED"), "ky", "10 AED"),
        (Money(10_00, "AED"), "en", "AED 10"),
        (Money(1_005, "KWD"), "en", "KWD 1.005"),
        (Money(1_000, "KWD"), "en", "KWD 1.000"),
        (Money(1_234_000, "KWD"), "en", "KWD 1,234.000"),
        (Money(5, "KGS"), "ky", "0,05 сом"),
        (Money(0, "KGS"), "ru", "0 сом"),
        (Money(-5_50, "USD"), "en", "-$5.50"),
        (Money(-5_50, "KGS"), "ky", "-5,50 сом"),
    ],
)
def test_each_language_has_its_pattern(money, language, text):
    assert printed.show(money, language) == text.replace(" ", NBSP)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_digits_are_cldrs(language):
    for minor in (1, 999_10, 1_000_01, 12_345_678_90):
        number = printed.show(Money(minor, "KGS"), language).replace("сом", "").replace("KGS", "").strip()
        assert number == format_decimal(minor / 100, format="#,##0.00", locale=language)


def test_the_active_language_is_the_default():
    with translation.override("en"):
        assert printed.show(Money(50_00, "EUR")) == "€50"
    with translation.override("ky"):
        assert printed.show(Money(50_00, "EUR")) == f"50{NBSP}€"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_one_sum_is_never_written_in_two_ways(language):
    """Decimals depend on the sum alone: beside "1 234 сом" no page says "1 234,00 сом"."""
    for minor in range(0, 300_00, 50):
        written = printed.show(Money(minor, "KGS"), language).replace("сом", "").replace("KGS", "").strip()
        assert (written[-3:-2] in {",", "."}) is (minor % 100 != 0)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1_234_567_50, "KGS"), "1234567.50"),
        (Money(70_000, "KRW"), "70000"),
        (Money(-5, "KGS"), "-0.05"),
        (Money(0, "KWD"), "0.000"),
    ],
)
def test_the_plain_form_is_for_machines(money, text):
    assert printed.plain(money) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ amount|money }}", f"1{NBSP}234{NBSP}сом"),
        ('{{ amount|money:"plain" }}', "1234.00"),
        ("{{ missing|money }}", ""),
        ("{{ none|money }}", ""),
    ],
)
def test_the_filter_prints_in_a_template(source, text):
    with translation.override("ky"):
        page = Template("{% load money %}" + source)
        assert page.render(Context({"amount": Money(1_234_00, "KGS"), "none": None})) == text


def test_the_filter_prints_money_only():
    with pytest.raises(TypeError, match="prints Money, not int"):
        Template("{% load money %}{{ amount|money }}").render(Context({"amount": 1_234_00}))
