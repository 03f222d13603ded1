"""Which currency the giving page opens with."""

from ashar.money import currencies

DEFAULT = "USD"
# Where the association's people live and earn. Russia is absent: its cards do not work with the card processor.
OF_COUNTRY = {
    "AE": "AED",
    "AT": "EUR",
    "BE": "EUR",
    "DE": "EUR",
    "ES": "EUR",
    "FI": "EUR",
    "FR": "EUR",
    "GB": "GBP",
    "IT": "EUR",
    "KR": "KRW",
    "KZ": "KZT",
    "NL": "EUR",
    "PL": "PLN",
    "TR": "TRY",
}


def offered() -> list[str]:
    """Return the codes that can be chosen, in the order of the table."""
    return [currency.code for currency in currencies.chargeable()]


def chosen(wanted: str, *, country: str) -> str:
    """Return the wanted currency if it is offered, else that of the association's country, else dollars."""
    return wanted if wanted in offered() else OF_COUNTRY.get(country, DEFAULT)
