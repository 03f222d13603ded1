"""What money costs in the sandbox: its currencies, a fixed table of rates to the US dollar, minimum sums and fees.

Everything is whole numbers. The rates are made up once and never move, so the same payment always settles the same.
"""

ZERO_DECIMAL = frozenset({"jpy", "krw"})
# US dollars per one unit of the currency, in billionths.
DOLLARS_E9 = {
    "usd": 1_000_000_000,
    "aed": 272_294_078,
    "aud": 655_200_000,
    "cad": 716_400_000,
    "chf": 1_131_000_000,
    "cny": 138_900_000,
    "czk": 43_100_000,
    "dkk": 145_300_000,
    "eur": 1_084_700_000,
    "gbp": 1_268_300_000,
    "jpy": 6_630_000,
    "kgs": 11_435_000,
    "krw": 694_000,
    "kzt": 1_930_000,
    "nok": 91_200_000,
    "pln": 252_400_000,
    "rub": 12_450_000,
    "sek": 95_100_000,
    "try": 23_900_000,
    "uzs": 79_000,
}
LEAST_CENTS = 50
MOST_MINOR = 99_999_999
FEE_BASIS_POINTS = 290
FEE_CENTS = 30
DISPUTE_FEE_CENTS = 1500
BILLION = 10**9


def known(currency: str) -> bool:
    """Tell whether the sandbox takes that currency (lower-case ISO code)."""
    return currency in DOLLARS_E9


def units(currency: str) -> int:
    """Return how many minor units make one unit: 100, or 1 for the currencies without decimals."""
    return 1 if currency in ZERO_DECIMAL else 100


def convert(minor: int, *, source: str, target: str) -> int:
    """Return the sum in `target`'s minor units, rounded half away from zero."""
    top = abs(minor) * DOLLARS_E9[source] * units(target)
    bottom = DOLLARS_E9[target] * units(source)
    converted = (2 * top + bottom) // (2 * bottom)
    return converted if minor >= 0 else -converted


def exchange_rate(*, source: str, target: str) -> "float | None":
    """Return the rate between whole units as the JSON number Stripe shows; nothing is computed from it."""
    if source == target:
        return None
    return round(DOLLARS_E9[source] / DOLLARS_E9[target], 9)


def too_small(minor: int, *, currency: str) -> bool:
    """Tell whether a charge is worth less than half a dollar."""
    return minor * DOLLARS_E9[currency] * 100 < LEAST_CENTS * BILLION * units(currency)


def card_fee(settled_minor: int, *, settlement: str) -> int:
    """Return 2.9 % of the settled sum and 30 cents' worth, in the settlement currency, rounded half up."""
    share = (settled_minor * FEE_BASIS_POINTS + 5_000) // 10_000
    return share + convert(FEE_CENTS, source="usd", target=settlement)


def dispute_fee(*, settlement: str) -> int:
    """Return 15 dollars' worth in the settlement currency."""
    return convert(DISPUTE_FEE_CENTS, source="usd", target=settlement)


def shown(minor: int, *, currency: str) -> str:
    """Return the sum as Stripe's messages write it: `$12.34`, `₩12,340`, else `12.34 EUR`."""
    number = f"{minor:,}" if units(currency) == 1 else f"{minor // 100:,}.{minor % 100:02}"
    return f"${number}" if currency == "usd" else f"{number} {currency.upper()}"
