"""Amounts as they arrive: what must be read, what must be refused and by which code, and values that are no text at all."""

from typing import NamedTuple

NBSP = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
THIN = "\N{THIN SPACE}"
FIGURE = "\N{FIGURE SPACE}"
QUOTE = "\N{RIGHT SINGLE QUOTATION MARK}"


class Read(NamedTuple):
    """`typed` in `currency` means `minor` minor units."""

    typed: str
    currency: str
    minor: int


class Bad(NamedTuple):
    """`typed` in `currency` is refused with `code`."""

    typed: str
    currency: str
    code: str


READABLE = (
    Read("0", "KGS", 0),
    Read("1", "KGS", 100),
    Read("0.5", "KGS", 50),
    Read("0,05", "KGS", 5),
    Read("1234.5", "KGS", 1_234_50),
    Read("1234,5", "KGS", 1_234_50),
    Read("1234.50", "USD", 1_234_50),
    Read("1 234,50", "KGS", 1_234_50),
    Read(f"1{NBSP}234,50", "KGS", 1_234_50),
    Read(f"1{NARROW}234,50", "EUR", 1_234_50),
    Read(f"1{THIN}234{THIN}567.05", "EUR", 1_234_567_05),
    Read(f"1{FIGURE}234", "EUR", 1_234_00),
    Read(f"1{NBSP}234 567", "KGS", 1_234_567_00),
    Read("1'234.50", "EUR", 1_234_50),
    Read(f"1{QUOTE}234.50", "EUR", 1_234_50),
    Read("1,234.50", "USD", 1_234_50),
    Read("1.234,50", "TRY", 1_234_50),
    Read("1,234,567", "USD", 1_234_567_00),
    Read("1.234.567", "TRY", 1_234_567_00),
    Read("1.234.567,8", "TRY", 1_234_567_80),
    Read("70000", "KRW", 70_000),
    Read("70 000", "KRW", 70_000),
    Read("70,000", "KRW", 70_000),
    Read("70.000", "KRW", 70_000),
    Read("1,234,567", "KRW", 1_234_567),
    Read("1,234", "KWD", 1_234),
    Read("1,234.500", "KWD", 1_234_500),
    Read("5сом", "KGS", 5_00),
    Read("5 Сом", "KGS", 5_00),
    Read("5 kgs", "KGS", 5_00),
    Read("KGS 5", "KGS", 5_00),
    Read("$5", "USD", 5_00),
    Read("5 $", "USD", 5_00),
    Read("₩70,000", "KRW", 70_000),
    Read("  42  ", "GBP", 42_00),
    Read(f"{NBSP}42\t", "GBP", 42_00),
    Read("9999999999999.99", "KGS", 10**15 - 1),
    Read("2147483647", "KRW", 2**31 - 1),
    Read("2147483649", "KRW", 2**31 + 1),
)

UNREADABLE = (
    # nothing
    Bad("", "KGS", "empty"),
    Bad("   ", "KGS", "empty"),
    Bad(NBSP, "KGS", "empty"),
    Bad("сом", "KGS", "empty"),
    Bad("$", "USD", "empty"),
    # signs
    Bad("-0", "KGS", "signed"),
    Bad("-1", "KGS", "signed"),
    Bad("−1", "KGS", "signed"),
    Bad("+5", "KGS", "signed"),
    Bad("--5", "KGS", "signed"),
    Bad("5-", "KGS", "signed"),
    Bad("(5)", "KGS", "signed"),
    Bad("5–10", "KGS", "signed"),
    Bad("-5 сом", "KGS", "signed"),
    # other digits
    Bad("１００", "KGS", "foreign_digits"),
    Bad("١٠٠", "KGS", "foreign_digits"),
    Bad("१२.५0", "KGS", "foreign_digits"),
    Bad("٥٫٥", "AED", "foreign_digits"),
    Bad("5²", "KGS", "foreign_digits"),
    Bad("5½", "KGS", "foreign_digits"),
    Bad("Ⅷ", "KGS", "foreign_digits"),
    Bad("五", "KGS", "foreign_digits"),
    # numbers as programs write them
    Bad("1e5", "KGS", "letters"),
    Bad("1E400", "KGS", "letters"),
    Bad("1e-400", "KGS", "signed"),
    Bad("NaN", "KGS", "letters"),
    Bad("sNaN", "KGS", "letters"),
    Bad("Infinity", "KGS", "letters"),
    Bad("-Infinity", "KGS", "signed"),
    Bad("0x10", "KGS", "letters"),
    Bad("0b11", "KGS", "letters"),
    Bad("1_000", "KGS", "strange_character"),
    Bad("null", "KGS", "letters"),
    Bad("пять", "KGS", "letters"),
    Bad("5O", "KGS", "letters"),
    Bad("З00", "KGS", "letters"),
    # characters that do not belong there, seen and unseen
    Bad("50%", "KGS", "strange_character"),
    Bad("5٫5", "KGS", "strange_character"),
    Bad("5;5", "KGS", "strange_character"),
    Bad("5/2", "KGS", "strange_character"),
    Bad("5\N{ZERO WIDTH SPACE}0", "KGS", "strange_character"),
    Bad("\N{RIGHT-TO-LEFT OVERRIDE}50", "KGS", "strange_character"),
    Bad("\N{ZERO WIDTH NO-BREAK SPACE}50", "KGS", "strange_character"),
    Bad("5\0", "KGS", "strange_character"),
    Bad("5\ud800", "KGS", "strange_character"),
    Bad("5\n0", "KGS", "strange_character"),
    Bad("5\N{COMBINING LONG STROKE OVERLAY}", "KGS", "strange_character"),
    Bad("'; DROP TABLE ledger_leg", "KGS", "letters"),
    Bad("=1+1", "KGS", "signed"),
    Bad("{{7*7}}", "KGS", "strange_character"),
    # shapes that mean nothing
    Bad("5.", "KGS", "malformed"),
    Bad("5,", "KGS", "malformed"),
    Bad(".50", "KGS", "malformed"),
    Bad(",", "KGS", "malformed"),
    Bad("1..2", "KGS", "malformed"),
    Bad("007", "KGS", "malformed"),
    Bad("00", "KGS", "malformed"),
    Bad("12 34", "KGS", "malformed"),
    Bad("1  234", "KGS", "malformed"),
    Bad("1 234'567", "KGS", "malformed"),
    Bad("1 234.567,89", "KGS", "malformed"),
    Bad("1,23,456", "USD", "malformed"),
    Bad("12,34,567.00", "USD", "malformed"),
    Bad("1,234.567.890", "USD", "malformed"),
    Bad("1.5 000", "KGS", "malformed"),
    Bad("0 500", "KGS", "malformed"),
    Bad("0,500.00", "USD", "malformed"),
    Bad("1'", "KGS", "malformed"),
    # two meanings
    Bad("1,234", "USD", "ambiguous"),
    Bad("1.234", "USD", "ambiguous"),
    Bad("70.000", "TRY", "ambiguous"),
    Bad("70,000", "KGS", "ambiguous"),
    Bad("1,000", "KGS", "ambiguous"),
    # fractions the currency does not have
    Bad("0.001", "KGS", "too_many_decimals"),
    Bad("0.123", "USD", "too_many_decimals"),
    Bad("1234.567", "USD", "too_many_decimals"),
    Bad("1,234.567", "USD", "too_many_decimals"),
    Bad("1.2345", "KWD", "too_many_decimals"),
    Bad("5.1239", "KWD", "too_many_decimals"),
    Bad("0.5", "JPY", "no_decimals"),
    Bad("70000.00", "KRW", "no_decimals"),
    Bad("0.30000000000000004", "KGS", "too_many_decimals"),
    # the chosen currency is another
    Bad("$5", "EUR", "other_currency"),
    Bad("5 сом", "USD", "other_currency"),
    Bad("5 RUB", "KGS", "other_currency"),
    Bad("KGS 5 USD", "KGS", "letters"),
    Bad("KGS 5 KGS", "KGS", "letters"),
    Bad("5 BTC", "KGS", "letters"),
    # sizes
    Bad("10000000000000.00", "KGS", "too_large"),
    Bad("9007199254740993", "KRW", "too_large"),
    Bad("9223372036854775808", "KRW", "too_large"),
    Bad("1" + "0" * 30, "KRW", "too_large"),
    Bad("9" * 41, "KRW", "too_long"),
    Bad("1" * 1_000_000, "KGS", "too_long"),
)

# What a JSON body may carry where an amount in text is due.
NOT_TEXT: tuple[object, ...] = (None, True, False, 5, 5.5, 0.1 + 0.2, float("nan"), float("inf"), b"5", ["5"], {"5": 5})

# Codes that are no currency of ours, or not written as one.
NOT_CURRENCIES: tuple[object, ...] = (
    "", "kgs", "KGS ", " KGS", "Kgs", "XXX", "BTC", "RUR", "сом", "ＫＧＳ", "KG", "KGSS", "КGS", "\0", "$", None, 417, True, ["KGS"],
)  # fmt: skip
