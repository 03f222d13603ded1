"""How sums in som are written: "1 234,50 сом" in Kyrgyz and Russian, "KGS 1,234.50" in English, as the site itself prints them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ashar.money import Money, printed

# A number ends where a comma and a space begin: "за 2024, 1 500 сом" tells a year and a sum. A space joins groups alone, and
# none follows four digits: "в 2024 500 сом". More than ten groups are no sum.
DIGITS = r"(?:\d{1,3}(?:[.,'\u00a0\u202f ]\d+){1,9}|\d+(?:[.,']\d+){0,9})"
# Running text bends the word: "1 000 сомов", "1 000 сомду". What goes on otherwise is another one: "сомнений", "болсом".
BENT = (
    r"сом(?:а|у|ом|е|ы|ов|ам|ами|ах|(?:дор|дору)?(?:дун|нун|го|на|ду|ну|до|нда|дон|нан)?|дой|догу|дук|дуку|чо|чу|бу"
    r"|ум|уң|уңуз|убуз|ун|уна|унун|унда|унан)(?!\w)"
)
# "с." is a sum only where no name follows: "5 с. Кочкор". In small letters "kgs" are kilograms.
SUM = re.compile(
    rf"(?<!\w)(?P<before>(?-i:KGS)|сом|som)[\u00a0 ]?(?P<after_mark>{DIGITS})"
    rf"|(?<!\w)(?<!\d[.,'])(?P<number>{DIGITS})[\u00a0 ]?(?P<after>(?-i:KGS)\b|\u20c0|{BENT}|soms?\b|с\.(?!\s*[А-ЯЁҢӨҮ\w]))",
    re.IGNORECASE,
)
GROUPED = {
    "en": re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d\d)?"),
    "ky": re.compile(r"\d{1,3}(?:[\u00a0\u202f ]\d{3})*(?:,\d\d)?"),
}
DECIMALS = re.compile(r"[.,](\d{1,2})$")


class Misprint(NamedTuple):
    """A sum as it stands, and as it should."""

    written: str
    right: str


def misprints(text: str, code: str) -> Iterator[Misprint]:
    """Yield the sums in som of `text`, which is in the language `code`, that are not written as ours are."""
    for found in SUM.finditer(text):
        number = found["after_mark"] or found["number"]
        if not (GROUPED.get(code, GROUPED["ky"]).fullmatch(number) and _is_marked(found, code)):
            yield Misprint(found[0], printed.show(_read(number), code).replace(printed.SPACE, " "))


def _is_marked(found: re.Match[str], code: str) -> bool:
    """Say whether the word beside the number is one of the language, on its right side."""
    if code == "en":
        return found["before"] == "KGS" or (found["after"] or "").lower().startswith("som")
    return (found["after"] or "").startswith("сом")


def _read(number: str) -> Money:
    """Return the sum that digits mean, however they are grouped: one or two after the last mark are decimals."""
    ending = DECIMALS.search(number)
    whole = re.sub(r"\D", "", number[: ending.start()] if ending else number)
    return Money(int(whole) * 100 + int((ending[1] if ending else "0").ljust(2, "0")), "KGS")
