"""The National Bank's file: read when it is whole, refused with a reason when it is not."""

from datetime import date

import pytest
from django.utils import translation

from ashar.money.feed import LARGEST_FEED, BadFeed, BadNominal, BadValue, Feed, Quote, read


def feed(*currencies: str, day: str = "22.11.2026", encoding: str = "windows-1251") -> bytes:
    body = "".join(currencies)
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{head}<CurrencyRates Name="Күндүк курстар" Date="{day}">{body}</CurrencyRates>'.encode(encoding, "replace")


def currency(code: str = "USD", nominal: str = "1", value: str = "87,4500") -> str:
    return f'<Currency ISOCode="{code}"><Nominal>{nominal}</Nominal><Value>{value}</Value></Currency>'


USD = currency()


def test_a_feed_is_a_day_and_its_quotes():
    weekly = feed(USD, currency("KRW", "1000", "62,5"), currency("UZS", "100", "0,7"))
    assert read(weekly) == Feed(
        date(2026, 11, 22), (Quote("USD", 1, 874_500), Quote("KRW", 1000, 625_000), Quote("UZS", 100, 7_000))
    )


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "utf-16"])
def test_the_encoding_is_the_one_the_file_names(encoding):
    assert read(feed(USD, encoding=encoding)).quotes == (Quote("USD", 1, 874_500),)


def test_currencies_we_do_not_keep_are_left_out():
    strangers = [currency("XDR"), currency("KGS"), currency("usd"), currency(""), "<Currency/>", "<Note>later</Note>"]
    assert read(feed(USD, *strangers)).quotes == (Quote("USD", 1, 874_500),)


@pytest.mark.parametrize(
    ("value", "value_e4"),
    [
        ("87", 870_000),
        ("87,4", 874_000),
        ("87,4567", 874_567),
        (" 87,4500\n", 874_500),
        ("0,0001", 1),
        ("999999999,9999", 9_999_999_999_999),
    ],
)
def test_a_value_has_a_comma_and_up_to_four_decimals(value, value_e4):
    assert read(feed(currency(value=value))).quotes == (Quote("USD", 1, value_e4),)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "0",
        "0,0000",
        "-87,45",
        "87.45",
        "87,45678",
        "1 087,45",
        "1,087,45",
        ",5",
        "87,",
        "NaN",
        "1e5",
        "１",
        "9999999999",
        "<b>87</b>",
    ],
)
def test_any_other_value_is_refused(value):
    with pytest.raises(BadFeed) as refusal:
        read(feed(USD, currency("EUR", value=value)))
    assert (type(refusal.value), refusal.value.facts) == (BadValue, {"currency": "EUR"})


@pytest.mark.parametrize("nominal", ["", "0", "-1", "1,5", "01", "1e3", "１", "10000000", "один"])
def test_a_nominal_is_a_whole_number_above_zero(nominal):
    with pytest.raises(BadFeed) as refusal:
        read(feed(USD, currency("EUR", nominal=nominal)))
    assert (type(refusal.value), refusal.value.facts) == (BadNominal, {"currency": "EUR"})


@pytest.mark.parametrize("missing", ["<Nominal>1</Nominal>", "<Value>87,4500</Value>"])
def test_a_quote_is_whole(missing):
    with pytest.raises(BadFeed):
        read(feed(USD, currency("EUR").replace(missing, "")))


@pytest.mark.parametrize(
    "day", ["", "2026-11-22", "22.11.26", "31.02.2026", "00.01.2026", "22.13.2026", "22.11.0000", "２２.11.2026"]
)
def test_the_day_is_a_day(day):
    with pytest.raises(BadFeed) as refusal:
        read(feed(USD, day=day, encoding="utf-8"))
    assert reason(refusal) == "its date is missing or not a day"


def test_a_feed_without_a_date_is_refused():
    with pytest.raises(BadFeed):
        read(feed(USD).replace(b' Date="22.11.2026"', b""))


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CurrencyRates Date="22.11.2026"><Currency ISOCode="USD"><Nominal>1</Nominal><Value>&b;</Value></Currency></CurrencyRates>"""
FOREIGN_ENTITY = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<CurrencyRates Date="22.11.2026"><Currency ISOCode="USD"><Nominal>1</Nominal><Value>&secret;</Value></Currency></CurrencyRates>"""
BARE_DTD = b'<!DOCTYPE CurrencyRates SYSTEM "http://example.org/rates.dtd"><CurrencyRates Date="22.11.2026"/>'


@pytest.mark.parametrize("hostile", [BILLION_LAUGHS, FOREIGN_ENTITY, BARE_DTD])
def test_hostile_xml_is_refused_unread(hostile):
    with pytest.raises(BadFeed) as refusal:
        read(hostile)
    assert reason(refusal) == "it contains XML that could harm the reader"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b" ",
        b"\x00",
        b"not xml",
        b"\xff\xfe\xfa",
        b"<CurrencyRates",
        feed(USD)[:-5],
        feed(USD) + b"<more/>",
        b'<?xml version="1.0" encoding="klingon"?><CurrencyRates/>',
        b'<?xml version="1.0" encoding="utf-8"?><CurrencyRates Name="\xff"/>',
        b'{"USD": 87.45}',
        b"<CurrencyRates>&undefined;</CurrencyRates>",
    ],
)
def test_malformed_xml_is_refused(broken):
    with pytest.raises(BadFeed) as refusal:
        read(broken)
    assert reason(refusal) == "it is not well-formed XML"


def test_another_document_is_refused():
    with pytest.raises(BadFeed) as refusal:
        read(b"<html><body>Service unavailable</body></html>")
    assert reason(refusal) == "its root is not CurrencyRates"


def test_an_empty_feed_is_refused():
    with pytest.raises(BadFeed) as refusal:
        read(feed())
    assert reason(refusal) == "it has no rate of a currency we know"


def test_two_rates_of_one_currency_are_refused():
    with pytest.raises(BadFeed) as refusal:
        read(feed(USD, currency(value="88,0000")))
    assert reason(refusal) == "it has two rates of one currency"


def test_a_flood_is_refused_unread():
    with pytest.raises(BadFeed) as refusal:
        read(b" " * (LARGEST_FEED + 1))
    assert reason(refusal) == "it is too large"


def reason(refusal: pytest.ExceptionInfo[BadFeed]) -> str:
    with translation.override("en"):
        assert (
            str(refusal.value) == f"This is not a file of exchange rates we can use: {refusal.value.facts['reason']}."
        )
        return str(refusal.value.facts["reason"])


@pytest.mark.parametrize("broken", [feed(), feed(currency(value="?")), feed(currency(nominal="?"))])
def test_a_refusal_is_a_sentence_in_every_language(broken):
    with pytest.raises(BadFeed) as refusal:
        read(broken)
    sentences = set()
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            sentences.add(str(refusal.value))
    assert len(sentences) == 3
