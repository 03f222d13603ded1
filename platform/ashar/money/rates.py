"""Exchange rates: taken in from a feed, looked up at a moment, used once and then frozen by whoever used them."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from ashar import clock
from ashar.errors import Refused
from ashar.money.amounts import CurrencyMismatch, Money
from ashar.money.feed import Feed, read
from ashar.money.models import ExchangeRate, FreshnessRule
from ashar.money.table import CURRENCIES

DEMO_FEEDS = Path(__file__).parent / "fixtures_feed"
SOM_PER_SOM_E4 = 10_000


class StaleRate(Refused):
    """The last published rate is older than the rule of its source allows; no money is converted at it."""

    code = "stale_rate"
    message = _("The last exchange rate of %(currency)s is from %(on)s and too old to use. Please try again later.")


class NoRate(StaleRate):
    """No rate of this currency was ever published before this day."""

    code = "no_rate"
    message = _("There is no exchange rate of %(currency)s yet. Please try again later.")


class UnknownSource(Refused):
    """No rule says how long rates of this source stay fresh, so none of them could ever be used."""

    code = "unknown_source"
    message = _("No rule says how long the exchange rates of %(source)s stay fresh.")


class RateChanged(Refused):
    """The same source gives another rate for a day it already gave one for; nothing was imported."""

    code = "rate_changed"
    message = _("For %(on)s we already keep another rate of %(currency)s from %(source)s.")


def import_feed(xml: bytes, *, source: str, at: datetime, on: date | None = None) -> int:
    """Keep the rates of a National Bank feed and return how many are new. Idempotent: the same file adds nothing.

    `on` dates the rates instead of the file itself (demo only). All or nothing; raises `BadFeed`, `UnknownSource`, or
    `RateChanged` when the source contradicts what it said before.
    """
    feed = read(xml)
    if not FreshnessRule.objects.filter(source=source).exists():
        raise UnknownSource(source=source)
    return _keep(Feed(on or feed.on, feed.quotes), source=source, at=at)


def source_of(name: str) -> str:
    """Return the source of a feed by its file name or address: the bank has a weekly and a daily one."""
    return "nbkr-weekly" if "weekly" in name else "nbkr-daily"


def import_demo(*, at: datetime) -> int:
    """Keep the invented rates of the demo, dated the day of `at` in Bishkek; return how many are new. Idempotent."""
    return sum(
        import_feed((DEMO_FEEDS / name).read_bytes(), source="demo", at=at, on=_day(at))
        for name in ("daily.xml", "weekly.xml")
    )


def rate_for(currency: str, *, at: datetime) -> ExchangeRate:
    """Return the rate last published for the day of `at` in Bishkek or before it; for the som itself, one for one.

    Raises `StaleRate` when the rule of its source says that it is too old, `NoRate` when there is none. Source of the
    rule: `FreshnessRule`.
    """
    day = _day(at)
    if currency == "KGS":
        return ExchangeRate(
            currency="KGS", on=day, nominal=1, value_e4=SOM_PER_SOM_E4, source="identity", fetched_at=at
        )
    rule = FreshnessRule.objects.filter(source=OuterRef("source"), from_on__lte=day).order_by("-from_on")
    published = ExchangeRate.objects.filter(currency=currency, on__lte=day).order_by("-on", "-fetched_at", "-id")
    rate = published.annotate(fresh_days=Subquery(rule.values("days")[:1])).first()
    if rate is None:
        raise NoRate(currency=currency)
    if rate.fresh_days is None or (day - rate.on).days > rate.fresh_days:
        raise StaleRate(currency=currency, on=rate.on)
    return rate


def to_som(money: Money, *, rate: ExchangeRate) -> Money:
    """Return `money` in som at `rate`, rounded half up (half away from zero for a negative amount), in integers.

    Raises `CurrencyMismatch` for a rate of another currency.
    """
    if rate.currency != money.currency:
        raise CurrencyMismatch(money.currency, rate.currency)
    tyiyn = abs(money.minor) * rate.value_e4 * 100
    parts = 10 ** CURRENCIES[money.currency].exponent * SOM_PER_SOM_E4 * rate.nominal
    rounded = (2 * tyiyn + parts) // (2 * parts)
    return Money(rounded if money.minor >= 0 else -rounded, "KGS")


@transaction.atomic
def _keep(feed: Feed, *, source: str, at: datetime) -> int:
    kept = {rate.currency: rate for rate in ExchangeRate.objects.filter(source=source, on=feed.on)}
    for quote in feed.quotes:
        rate = kept.get(quote.currency)
        if rate and (rate.nominal, rate.value_e4) != (quote.nominal, quote.value_e4):
            raise RateChanged(on=feed.on, currency=quote.currency, source=source)
    new = [quote for quote in feed.quotes if quote.currency not in kept]
    ExchangeRate.objects.bulk_create(
        ExchangeRate(
            currency=quote.currency,
            on=feed.on,
            nominal=quote.nominal,
            value_e4=quote.value_e4,
            source=source,
            fetched_at=at,
        )
        for quote in new
    )
    return len(new)


def _day(at: datetime) -> date:
    """Return the day of `at` where the National Bank is."""
    return clock.day(at)
