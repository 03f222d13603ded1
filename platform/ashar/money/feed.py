"""Reading the National Bank's `daily.xml` and `weekly.xml`: a stranger's file, believed only when it is whole.

Shape: `<CurrencyRates Date="22.11.2026"><Currency ISOCode="USD"><Nominal>1</Nominal><Value>87,4500</Value></Currency>…`;
the bank serves it in windows-1251, with a comma for decimals and a price per `Nominal` units.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money.table import CURRENCIES

LARGEST_FEED = 256 * 1024
_DAY = re.compile(r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})")
_NOMINAL = re.compile(r"[1-9][0-9]{0,6}")
_VALUE = re.compile(r"(?P<som>[0-9]{1,9})(?:,(?P<decimals>[0-9]{1,4}))?")


class BadFeed(Refused):
    """The file is not a feed of rates we dare to believe; nothing of it was kept."""

    code = "bad_feed"
    message = _("This is not a file of exchange rates we can use: %(reason)s.")


class BadNominal(BadFeed):
    """A rate is asked for no, or for a broken, number of units."""

    code = "bad_nominal"
    message = _("In the file of exchange rates, the nominal of %(currency)s is not a whole number above zero.")


class BadValue(BadFeed):
    """A rate is not a price."""

    code = "bad_value"
    message = _("In the file of exchange rates, the value of %(currency)s is not a number like 87,4500.")


@dataclass(frozen=True, slots=True)
class Quote:
    """What the feed says of one currency: `value_e4` ten-thousandths of a som for `nominal` units."""

    currency: str
    nominal: int
    value_e4: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A whole feed: the day its rates are for, and one quote per currency of our table."""

    on: date
    quotes: tuple[Quote, ...]


def read(xml: bytes) -> Feed:
    """Return the feed in `xml`; raise `BadFeed` when it is malformed, hostile, or quotes a currency twice.

    Currencies outside our table are left out. Entities, DTDs and files above 256 KiB are refused unread.
    """
    root = _tree(xml)
    quotes = tuple(_quotes(root))
    if not quotes:
        raise BadFeed(reason=_("it has no rate of a currency we know"))
    if len({quote.currency for quote in quotes}) < len(quotes):
        raise BadFeed(reason=_("it has two rates of one currency"))
    return Feed(_day(root.get("Date", "")), quotes)


def _tree(xml: bytes) -> Element:
    if len(xml) > LARGEST_FEED:
        raise BadFeed(reason=_("it is too large"))
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise BadFeed(reason=_("it contains XML that could harm the reader")) from None
    except (ParseError, ValueError, LookupError):
        raise BadFeed(reason=_("it is not well-formed XML")) from None
    if root.tag != "CurrencyRates":
        raise BadFeed(reason=_("its root is not CurrencyRates"))
    return root


def _quotes(root: Element) -> Iterator[Quote]:
    for element in root.iterfind("Currency"):
        code = element.get("ISOCode", "")
        if code in CURRENCIES and code != "KGS":
            yield Quote(code, _nominal(element, code), _value_e4(element, code))


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise BadFeed(reason=_("its date is missing or not a day"))


def _nominal(element: Element, code: str) -> int:
    text = (element.findtext("Nominal") or "").strip()
    if _NOMINAL.fullmatch(text) is None:
        raise BadNominal(currency=code)
    return int(text)


def _value_e4(element: Element, code: str) -> int:
    found = _VALUE.fullmatch((element.findtext("Value") or "").strip())
    value = int(found["som"] + (found["decimals"] or "").ljust(4, "0")) if found else 0
    if value == 0:
        raise BadValue(currency=code)
    return value
