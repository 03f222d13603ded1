"""From a movement of the provider's balance to a journal of ours. Inside the caller's transaction, the payment locked.

A project never pays for a gift that it did not keep: the original card fee of what goes back, a dispute's own fee, and
what the fund has already spent are borne by operations (`reference`: docs/how-to/payments.md, "What is posted when").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ashar import clock
from ashar.ledger import posting, queries
from ashar.ledger.models import Fund, Journal, Role
from ashar.ledger.posting import Entry
from ashar.money import Money, rates
from ashar.money.models import ExchangeRate
from ashar.payments import facts
from ashar.payments.models import Movement, Payment


@dataclass(frozen=True, slots=True)
class Figures:
    """A movement in tyiyn; the words are those of `Movement`."""

    som: int
    fee_som: int
    cost_som: int = 0
    covered_som: int = 0
    rate: ExchangeRate | None = None
    fee_rate: ExchangeRate | None = None


def book(payment: Payment, seen: facts.Transaction, *, past: Sequence[Movement], at: datetime) -> Movement:
    """Post `seen` as the next movement of `payment`; `past` are the earlier ones, the charge first.

    One journal keyed by the provider's balance transaction, one `Movement` with the rates frozen. It counts for the day the
    money moved, or for today when the books are closed over that day. Raises `StaleRate`.
    """
    figures = _figures(payment, seen, past=past, at=at)
    journal = posting.post(
        f"stripe:{seen.id}",
        kind=seen.kind,
        legs=legs(payment.fund, seen, figures),
        at=at,
        happened_on=clock.day(seen.created_at),
        facts={"payment": str(payment.pk)},
    )
    return _remember(payment, seen, figures, sequence=len(past) + 1, journal=journal)


def legs(fund: Fund, seen: facts.Transaction, figures: Figures) -> list[Entry]:
    """Return the journal's legs: debit positive, equal accounts merged, zeros left out."""
    operations = posting.operations()
    takes_over = 0 if seen.kind == "charge" else -figures.fee_som
    own = takes_over + figures.cost_som + figures.covered_som
    given, fees = -figures.som, figures.fee_som - figures.covered_som
    entries = [
        Entry(fund, Role.GIVEN, _som(given)),
        Entry(fund, Role.FEES, _som(fees)),
        Entry(operations, Role.FEES, _som(own)),
        Entry(operations, Role.CONVERSION, _som(-given - fees - own)),
        Entry(operations, Role.CLEARING, seen.net),
        Entry(operations, Role.CONVERSION, -seen.net),
    ]
    return _merged(entries)


def _figures(payment: Payment, seen: facts.Transaction, *, past: Sequence[Movement], at: datetime) -> Figures:
    if seen.kind == "charge":
        return _of_charge(seen, at=at)
    fee_rate = _rate(seen, seen.fee.currency, at=at) if seen.fee else None
    returned = _of_return(seen, past=past, own_fee=_in_som(seen.fee, fee_rate), fee_rate=fee_rate)
    return _covered(payment, returned, past=past)


def _of_charge(seen: facts.Transaction, *, at: datetime) -> Figures:
    rate = _rate(seen, seen.gross.currency, at=at)
    fee_rate = _rate(seen, seen.fee.currency, at=at)
    return Figures(som=_in_som(seen.gross, rate), fee_som=_in_som(seen.fee, fee_rate), rate=rate, fee_rate=fee_rate)


def _of_return(
    seen: facts.Transaction, *, past: Sequence[Movement], own_fee: int, fee_rate: ExchangeRate | None
) -> Figures:
    """Take the part that goes back as a difference of cumulative parts, so that a full return is exactly the gift.

    More than the gift can go back (refunded, then disputed as well): what exceeds it is the cost of operations.
    """
    charge = past[0]
    before = -sum(movement.gross_minor for movement in past[1:])
    after = before - seen.gross.minor
    kept_before, kept_after = (min(max(part, 0), charge.gross_minor) for part in (before, after))
    som = _part(charge.som_minor, kept_before, charge) - _part(charge.som_minor, kept_after, charge)
    fee = _part(charge.fee_som_minor, kept_before, charge) - _part(charge.fee_som_minor, kept_after, charge)
    whole = _part(charge.som_minor, before, charge) - _part(charge.som_minor, after, charge)
    return Figures(som=som, fee_som=fee, cost_som=own_fee + som - whole, fee_rate=fee_rate)


def _covered(payment: Payment, figures: Figures, *, past: Sequence[Movement]) -> Figures:
    """Let operations fill what the fund cannot pay back, and take that back when the money returns."""
    change = figures.som - figures.fee_som
    if change < 0:
        covered = max(0, -change - max(0, queries.available(payment.fund).minor))
    else:
        covered = -min(change, sum(movement.covered_som_minor for movement in past))
    return Figures(
        som=figures.som,
        fee_som=figures.fee_som,
        cost_som=figures.cost_som,
        covered_som=covered,
        fee_rate=figures.fee_rate,
    )


def _part(of: int, returned: int, charge: Movement) -> int:
    return of * returned // charge.gross_minor


def _rate(seen: facts.Transaction, currency: str, *, at: datetime) -> ExchangeRate | None:
    """Return the rate of the day the money moved; if none was published then, the one of the day we learn of it."""
    if currency == "KGS":
        return None
    try:
        return rates.rate_for(currency, at=seen.created_at)
    except rates.StaleRate:
        return rates.rate_for(currency, at=at)


def _in_som(money: Money, rate: ExchangeRate | None) -> int:
    return money.minor if rate is None else rates.to_som(money, rate=rate).minor


def _som(minor: int) -> Money:
    return Money(minor, "KGS")


def _merged(entries: Sequence[Entry]) -> list[Entry]:
    sums: dict[tuple[Fund, Role, str], Money] = {}
    for entry in entries:
        account = (entry.fund, entry.role, entry.amount.currency)
        sums[account] = sums.get(account, Money.zero(entry.amount.currency)) + entry.amount
    return [Entry(fund, role, amount) for (fund, role, _), amount in sums.items() if amount]


def _remember(
    payment: Payment, seen: facts.Transaction, figures: Figures, *, sequence: int, journal: Journal
) -> Movement:
    rate, fee_rate = figures.rate, figures.fee_rate
    return Movement.objects.create(
        payment=payment,
        sequence=sequence,
        balance_transaction_id=seen.id,
        kind=seen.kind,
        gross_minor=seen.gross.minor,
        currency=seen.gross.currency,
        settled_gross_minor=seen.settled_gross.minor,
        settled_fee_minor=seen.fee.minor,
        settled_net_minor=seen.net.minor,
        settled_currency=seen.net.currency,
        som_minor=figures.som,
        fee_som_minor=figures.fee_som,
        cost_som_minor=figures.cost_som,
        covered_som_minor=figures.covered_som,
        rate=rate,
        rate_value_e4=rate.value_e4 if rate else None,
        rate_nominal=rate.nominal if rate else None,
        fee_rate=fee_rate,
        fee_rate_value_e4=fee_rate.value_e4 if fee_rate else None,
        fee_rate_nominal=fee_rate.nominal if fee_rate else None,
        journal=journal,
        at=seen.created_at,
    )
