"""Countries as an editor chooses them and a reader sees them, by ISO 3166 and CLDR."""

from babel import Locale

from ashar import language
from ashar.places import queries, sorting

HOME = "KG"
CODE = 2  # letters; CLDR's longer codes are parts of the world
NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})  # unions, test languages and “unknown”


def choices() -> list[tuple[str, str]]:
    """Return code → name of every country, sorted in the active language."""
    known = (str(code) for code in Locale.parse(language.current()).territories)
    codes = [code for code in known if len(code) == CODE and code.isalpha()]
    return sorted(
        ((code, name(code)) for code in codes if code not in NO_COUNTRIES), key=lambda each: sorting.key(each[1])
    )


def name(code: str) -> str:
    """Return the name of a country, nothing for nothing."""
    return queries.country_name(code) if code else ""
