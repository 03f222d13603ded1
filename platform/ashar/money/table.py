"""The table of currencies: what each is made of, and what the card processor wants of it."""

from dataclasses import dataclass

LARGEST_CHARGE = 99_999_999  # Stripe takes at most eight digits of its own minor units


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency. Amounts are in minor units by CLDR (`exponent`); `stripe_*` columns are the card processor's own.

    `stripe_exponent` differs from `exponent` where Stripe keeps two decimals for a currency that has none (ISK).
    `minimum_charge_minor` is our floor, about 2 USD: below it the fee eats more than a tenth of the gift.
    """

    code: str
    exponent: int
    stripe_exponent: int
    stripe_multiple_of: int
    stripe_minimum_minor: int
    minimum_charge_minor: int
    maximum_charge_minor: int
    suggested_minor: tuple[int, ...]
    chargeable: bool


def _offered(code: str, *, exponent: int, least: int, ours: int, suggested: tuple[int, ...]) -> Currency:
    """Describe a currency people may give in by card."""
    return Currency(code, exponent, exponent, 1, least, ours, LARGEST_CHARGE, suggested, chargeable=True)


def _shown(code: str, *, exponent: int = 2, stripe_exponent: int = 2, multiple_of: int = 1) -> Currency:
    """Describe a currency that is shown, converted and kept in the books, but not offered for a card."""
    largest = LARGEST_CHARGE * 10**exponent // 10**stripe_exponent
    return Currency(code, exponent, stripe_exponent, multiple_of, 0, 0, largest, (), chargeable=False)


_TABLE = (
    # The som is shown only: Stripe does not settle it, and charging it would convert the giver's money twice.
    _shown("KGS"),
    _offered("USD", exponent=2, least=50, ours=2_00, suggested=(25_00, 50_00, 100_00, 250_00)),
    _offered("EUR", exponent=2, least=50, ours=2_00, suggested=(25_00, 50_00, 100_00, 250_00)),
    _offered("GBP", exponent=2, least=30, ours=2_00, suggested=(20_00, 40_00, 80_00, 200_00)),
    _offered("KZT", exponent=2, least=250_00, ours=1_000_00, suggested=(5_000_00, 10_000_00, 25_000_00, 50_000_00)),
    _offered("TRY", exponent=2, least=25_00, ours=100_00, suggested=(500_00, 1_000_00, 2_500_00, 5_000_00)),
    _offered("KRW", exponent=0, least=700, ours=3_000, suggested=(30_000, 70_000, 150_000, 300_000)),
    _offered("AED", exponent=2, least=2_00, ours=10_00, suggested=(50_00, 100_00, 250_00, 500_00)),
    _offered("PLN", exponent=2, least=2_00, ours=10_00, suggested=(50_00, 100_00, 250_00, 500_00)),
    # Cards issued in Russia do not work with the card processor: a price in roubles would promise what we cannot do.
    _shown("RUB"),
    _shown("UZS"),
    _shown("TJS"),
    _shown("CNY"),
    _shown("CHF"),
    _shown("CAD"),
    _shown("SEK"),
    _shown("CZK"),
    _shown("HUF"),
    _shown("JPY", exponent=0, stripe_exponent=0),
    _shown("ISK", exponent=0, stripe_exponent=2, multiple_of=100),
    _shown("KWD", exponent=3, stripe_exponent=3, multiple_of=10),
)
CURRENCIES: dict[str, Currency] = {currency.code: currency for currency in _TABLE}
