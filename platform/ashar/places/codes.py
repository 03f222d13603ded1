"""SOATE codes: `417 OO RRR AAA VVV` - country, oblast, rayon or city of oblast rank, aiyl aimak or town, place.

Everything here is arithmetic on the fourteen digits; no database. Source: the state classifier of administrative and
territorial units (ГК СОАТЕ, in Kyrgyz ААБОТ МК), kept by the National Statistical Committee.
"""

import re

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.places.models import Level

COUNTRY = "417"
REPUBLICAN_CITIES = frozenset({"11", "21"})  # Bishkek and Osh stand beside the oblasts
# Public tables print these in place of the classifier's own codes.
MISPRINTS = {
    "41704000000010": "41704400000010",  # Naryn city
    "41706211800000": "41706211000000",  # Aravan rayon
}


class NotACode(Refused):
    """What was given cannot be a SOATE code at all."""

    code = "not_a_soate_code"
    message = _("“%(given)s” is not a SOATE code: it has 14 digits and begins with 417.")


def read(text: str) -> str:
    """Return the classifier's form of `text`: digits only, known misprints put right. Raises `NotACode`."""
    digits = re.sub(r"\D", "", text)
    if len(digits) != 14 or not digits.startswith(COUNTRY) or not digits.isascii():  # noqa: PLR2004 - the code's length
        raise NotACode(given=text)
    return MISPRINTS.get(digits, digits)


def level(code: str) -> Level:
    """Return what kind of place `code` names."""
    oblast, rayon, aimak, place = _parts(code)
    if rayon == "000":
        return Level.CITY if oblast in REPUBLICAN_CITIES else Level.OBLAST
    if aimak == "000":
        return _below_oblast(oblast, rayon)
    if aimak[0] in "56":
        return Level.CITY if place != "000" else Level.AIMAK
    return Level.VILLAGE if place != "000" else Level.AIMAK


def ancestors(code: str) -> list[str]:
    """Return the codes that `code` may lie in, nearest first; not every one of them exists in the classifier."""
    oblast, rayon, aimak, place = _parts(code)
    wider = []
    if aimak != "000" and place != "000":
        wider.append(f"{COUNTRY}{oblast}{rayon}{aimak}000")
    if aimak != "000":
        wider += [f"{COUNTRY}{oblast}{rayon}000000", f"{COUNTRY}{oblast}{rayon}000010"]
    if rayon != "000":
        wider.append(oblast_of(code))
    return wider


def oblast_of(code: str) -> str:
    """Return the code of the oblast, or of the city of republican rank, that `code` lies in (or is)."""
    return f"{COUNTRY}{_parts(code)[0]}000000000"


def stem(code: str) -> str:
    """Return the digits that every code lying in `code` begins with."""
    oblast, rayon, aimak, place = _parts(code)
    if place != "000" and aimak != "000":
        return code
    return COUNTRY + oblast + "".join(part for part in (rayon, aimak) if part != "000")


def _below_oblast(oblast: str, rayon: str) -> Level:
    if rayon.startswith("4"):
        return Level.CITY
    return Level.DISTRICT if oblast in REPUBLICAN_CITIES else Level.RAYON


def _parts(code: str) -> tuple[str, str, str, str]:
    return code[3:5], code[5:8], code[8:11], code[11:14]
