"""Receipts: numbered without gaps, mailed in the giver's language, verifiable by anybody who holds their link."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from django.conf import settings
from django.core import signing
from django.db.models import F
from django.urls import reverse
from django.utils import translation

from ashar import clock
from ashar.language import current, pick
from ashar.money import Money
from ashar.notices import telling
from ashar.payments.models import Movement
from diaspora import words
from diaspora.models import Gift, MatchStep, Receipt, ReceiptYear

SIGNER = signing.Signer(salt="diaspora.receipt")


def sign(receipt: Receipt) -> str:
    """Return the number with our signature: the address of the receipt's public page."""
    return SIGNER.sign(receipt.number)


def unsign(signed: str) -> Receipt | None:
    """Return the receipt that `signed` names, or nothing when the signature is not ours. One query at most."""
    try:
        number = SIGNER.unsign(signed)
    except signing.BadSignature:
        return None
    receipts = Receipt.objects.select_related("gift__project__association", "gift__payment")
    return receipts.filter(number=number).first()


def path(receipt: Receipt, language: str) -> str:
    """Return the path of the public page in `language`."""
    with translation.override(language):
        return reverse("receipt", args=[sign(receipt)])


def issue(gift: Gift, *, at: datetime) -> Receipt:
    """Give the gift the next number of the year in Bishkek. A part of `giving.follow`: inside its transaction.

    The counter's row is held until that ends, so numbers have no gaps; a gift has one receipt for ever.
    """
    year = clock.day(at).year
    ReceiptYear.objects.get_or_create(year=year)
    ReceiptYear.objects.filter(year=year).update(last_serial=F("last_serial") + 1)
    serial = ReceiptYear.objects.get(year=year).last_serial
    return Receipt.objects.create(year=year, serial=serial, number=f"{year}-{serial:06d}", gift=gift, issued_at=at)


def tell_received(gift: Gift, receipt: Receipt, *, step: MatchStep, at: datetime) -> None:
    """Mail the receipt in the giver's language, with the numbers of the ledger. Idempotent by gift."""
    facts = {"matched": Money(step.amount_minor, "KGS")}
    _tell("gift_received", gift, receipt, key=f"receipt:{gift.pk}", facts=facts, at=at)


def tell_returned(
    gift: Gift, receipt: Receipt, *, movement: Movement, step: MatchStep, is_whole: bool, at: datetime
) -> None:
    """Mail that money went back to the giver's card. Idempotent by movement."""
    facts = {
        "returned": -movement.gross,
        "returned_som": Money(movement.fee_som_minor - movement.som_minor - movement.covered_som_minor, "KGS"),
        "unmatched": Money(-step.amount_minor, "KGS"),
        "is_whole": is_whole,
    }
    _tell("gift_returned", gift, receipt, key=f"returned:{movement.pk}", facts=facts, at=at)


@dataclass(frozen=True, slots=True)
class Rate:
    """The frozen rate as people read it: `value` som for `nominal` units of `currency` on a day, by a source."""

    nominal: int
    currency: str
    value: str
    on: date
    source: str


def rate_of(gift: Gift, language: str = "") -> Rate | None:
    """Return the rate at which the gift was counted, with all four decimals; nothing for a gift in som."""
    facts = gift.rate_facts
    if not facts:
        return None
    whole, rest = divmod(facts["value_e4"], 10_000)
    mark = Locale(language or current()).number_symbols["latn"]["decimal"]
    on = date.fromisoformat(facts["on"])
    with translation.override(language or current()):
        source = words.of_source(facts["source"])
    return Rate(facts["nominal"], gift.currency, f"{whole}{mark}{rest:04d}", on, source)


def _tell(kind: str, gift: Gift, receipt: Receipt, *, key: str, facts: dict[str, Any], at: datetime) -> None:
    with translation.override(gift.language):
        told = _words(gift, receipt) | facts
    telling.tell(kind, key=key, language=gift.language, at=at, email=gift.email, person=gift.donor, facts=told)


def _words(gift: Gift, receipt: Receipt) -> dict[str, Any]:
    som, fee = Money(gift.som_minor or 0, "KGS"), Money(gift.fee_som_minor or 0, "KGS")
    return {
        "number": receipt.number,
        "issued_at": receipt.issued_at,
        "project": pick(gift.project, "title"),
        "name": gift.name,
        "amount": gift.amount,
        "som": som,
        "fee": fee,
        "arrived": som - fee,
        "rate": rate_of(gift),
        "receipt_url": settings.SITE_URL + path(receipt, gift.language),
        "gift_url": settings.SITE_URL + reverse("gift", args=[gift.pk]),
        "trail_url": settings.SITE_URL + reverse("trail", args=[gift.project.slug]),
    }
