"""Reading amounts that people type, strictly: what could mean two things is asked again, never guessed."""

import re

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money import currencies
from ashar.money.amounts import Money
from ashar.money.printed import SOM, SYMBOLS, decimal_mark
from ashar.money.table import CURRENCIES

LONGEST_TEXT = 40
LONGEST_PLAIN, MOST_PLACES = 15, 3  # digits before and after the mark of a number that is no amount
LARGEST_MINOR = 10**15 - 1  # sums of it fit a BIGINT, and JSON keeps it exact
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}"
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
SIGNS = frozenset("+-()\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}")
_ALIKE = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(APOSTROPHES, "'")})
_ALLOWED = frozenset("0123456789., '")
_WHOLE = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:(?P<mark>[., '])[0-9]{3})(?:(?P=mark)[0-9]{3})*)")
_MARKS = {
    **{code.casefold(): code for code in CURRENCIES},
    **{symbol: code for code, symbol in SYMBOLS.items()},
    **dict.fromkeys([word.casefold() for word in SOM.values()], "KGS"),
}


class Unreadable(Refused):
    """The text is not an amount. Each subclass says why, in a sentence for the person and a stable `code`."""

    code = "unreadable"
    message = _("Write the amount in digits, for example 1234.50.")


class NotText(Unreadable):
    """Not a string at all: a JSON number, true, null."""

    code = "not_text"


class Empty(Unreadable):
    """Nothing but spaces."""

    code = "empty"
    message = _("Write an amount.")


class TooLong(Unreadable):
    """More characters than any amount has."""

    code = "too_long"
    message = _("This is too long for an amount.")


class OtherCurrency(Unreadable):
    """It carries the mark of another currency than the chosen one."""

    code = "other_currency"
    message = _("The amount is in %(written)s, but the chosen currency is %(currency)s.")


class ForeignDigits(Unreadable):
    """Full-width, Arabic, superscript or other digits than 0-9."""

    code = "foreign_digits"
    message = _("Use the ordinary digits 0 to 9.")


class Signed(Unreadable):
    """A plus, minus or brackets."""

    code = "signed"
    message = _("Write the amount without plus, minus or brackets.")


class Letters(Unreadable):
    """Letters that are no currency: 1e5, NaN, 0x10."""

    code = "letters"
    message = _("Write the amount in digits only, without letters.")


class StrangeCharacter(Unreadable):
    """A character no amount has, perhaps an invisible one."""

    code = "strange_character"
    message = _("The amount contains a character that does not belong there.")


class Malformed(Unreadable):
    """Digits and separators in an order that means nothing: 1,23,456 or 5."""

    code = "malformed"


class Ambiguous(Unreadable):
    """1,234 is a thousand to one reader and one and a bit to another."""

    code = "ambiguous"
    message = _("This can be read in two ways. Write %(large)s or %(small)s.")


class TooManyDecimals(Unreadable):
    """A smaller fraction than the currency has."""

    code = "too_many_decimals"
    message = _("An amount in %(currency)s has no more than %(exponent)s digits after the decimal mark.")


class TooFine(Unreadable):
    """A plain number with more decimals than we keep."""

    code = "too_fine"
    message = _("Write at most %(places)s digits after the decimal mark.")


class NoDecimals(Unreadable):
    """A fraction of a currency that has none."""

    code = "no_decimals"
    message = _("%(currency)s has no smaller unit: write a whole number.")


class TooLarge(Unreadable):
    """More than any book of ours can hold."""

    code = "too_large"
    message = _("This amount is too large.")


def parse(text: str, currency: str) -> Money:
    """Return the amount that `text` says, in `currency`; raise a subclass of `Unreadable`, or `UnknownCurrency`.

    Reads `1234.5`, `1 234,50`, `1,234.50`, `1'234.50`, any thin or no-break space, and the currency's own mark on either
    side. A lone mark before three digits (`1,234`) is refused, unless the currency settles it: groups in one without
    decimals, decimals in one with three. Smallest and largest gifts are the business of giving.
    """
    exponent = currencies.get(currency).exponent
    number = _clean(_without_mark(_bounded(text), currency))
    whole, fraction = _parts(number, exponent)
    if _WHOLE.fullmatch(whole) is None:
        raise Malformed
    if len(fraction) > exponent:
        raise TooManyDecimals(currency=currency, exponent=exponent) if exponent else NoDecimals(currency=currency)
    minor = int(re.sub("[^0-9]", "", whole) + fraction.ljust(exponent, "0"))
    if minor > LARGEST_MINOR:
        raise TooLarge
    return Money(minor, currency)


def plain(text: str) -> str:
    """Return the number that `text` says, of no currency, in digits with a point: "1 234,50" is "1234.5".

    Raises a subclass of `Unreadable`. A lone mark before three digits (`1,234`) is refused; before four of which the last is
    nought (`1,2340`) it parts decimals.
    """
    whole, fraction = _parts(_clean(_bounded(text)), MOST_PLACES + 1)
    if _WHOLE.fullmatch(whole) is None:
        raise Malformed
    digits, fraction = re.sub("[^0-9]", "", whole), fraction.rstrip("0")
    if len(fraction) > MOST_PLACES:
        raise TooFine(places=MOST_PLACES)
    if len(digits) > LONGEST_PLAIN:
        raise TooLarge
    return f"{digits}.{fraction}" if fraction else digits


def _bounded(text: str) -> str:
    if not isinstance(text, str):
        raise NotText
    if len(text) > LONGEST_TEXT:
        raise TooLong
    return text.strip()


def _without_mark(text: str, currency: str) -> str:
    """Return `text` without the currency's own mark at one of its ends."""
    for mark, code in _MARKS.items():
        if text[: len(mark)].casefold() == mark:
            rest = text[len(mark) :]
        elif text[-len(mark) :].casefold() == mark:
            rest = text[: -len(mark)]
        else:
            continue
        if code != currency:
            raise OtherCurrency(written=code, currency=currency)
        return rest.strip()
    return text


def _clean(text: str) -> str:
    """Return `text` with one kind of space and apostrophe, or say which character does not belong there."""
    if not text:
        raise Empty
    if any(sign.isnumeric() and not sign.isascii() for sign in text):
        raise ForeignDigits
    if not SIGNS.isdisjoint(text):
        raise Signed
    if any(sign.isalpha() and sign not in APOSTROPHES for sign in text):
        raise Letters
    text = text.translate(_ALIKE)
    if not _ALLOWED.issuperset(text):
        raise StrangeCharacter
    return text


def _parts(number: str, exponent: int) -> tuple[str, str]:
    """Return the whole part (groups still in it) and the decimals."""
    place = max(number.rfind("."), number.rfind(","))
    if place < 0 or _is_group(number, place, exponent):
        return number, ""
    whole, fraction = number[:place], number[place + 1 :]
    if not (fraction.isascii() and fraction.isdigit()):
        raise Malformed
    return whole, fraction


def _is_group(number: str, place: int, exponent: int) -> bool:
    """Tell whether the last point or comma parts thousands; raise `Ambiguous` when nobody can tell."""
    if number.count(number[place]) > 1:
        return True
    lone = re.fullmatch(r"([1-9][0-9]{0,2})[.,]([0-9]{3})", number)
    if lone is None or exponent == len(lone[2]):
        return False
    if exponent == 0:
        return True
    raise Ambiguous(
        large=lone[1] + lone[2], small=f"{lone[1]}{decimal_mark()}{lone[2][:exponent].ljust(exponent, '0')}"
    )
