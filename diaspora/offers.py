"""What the giving page can promise about a sum before it is given: fee, what arrives, what it is worth, what is matched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ashar import clock
from ashar.money import Money, currencies, rates
from ashar.money.models import ExchangeRate
from diaspora import buying, fees, matching
from diaspora.models import BudgetLine, CardTerms, Project


@dataclass(frozen=True, slots=True)
class Offer:
    """One sum with everything that can be said of it. What cannot be known now is nothing (no terms, no fresh rate).

    `amount` is what the giver wrote, `pays` what the card pays; `som`, `match` and `buys` are of `pays`, as the books
    will have it. `arrives` is what the project gets of `pays`, at least `amount` when the fee is covered.
    """

    amount: Money
    pays: Money
    fee: Money | None
    arrives: Money | None
    covered: Money | None
    som: Money | None
    arrives_som: Money | None
    match: Money | None
    buys: str


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is looked up once for a project and a currency, so that any number of sums can be told of without a query."""

    at: datetime
    terms: CardTerms | None
    rate: ExchangeRate | None
    budget: Sequence[BudgetLine]
    rooms: Sequence[matching.Room]

    def offer(self, amount: Money, *, covers_fee: bool = False) -> Offer:
        """Return what can be said of `amount`, or of what the card pays for it when it `covers_fee` too."""
        pays = self.covering(amount) if covers_fee else amount
        arrives = fees.arriving(pays, terms=self.terms) if self.terms else None
        som = self._som(pays)
        return Offer(
            amount=amount,
            pays=pays,
            fee=fees.fee(pays, terms=self.terms) if self.terms else None,
            arrives=arrives,
            covered=self.covering(amount) if self.terms else None,
            som=som,
            arrives_som=self._som(arrives) if arrives else None,
            match=matching.estimate(self.rooms, som=som) if som else None,
            buys=buying.told(som, self.budget) if som else "",
        )

    def covering(self, amount: Money) -> Money:
        """Return the payment of which at least `amount` arrives; `amount` itself when no terms are known."""
        if self.terms is None:
            return amount
        step = currencies.get(amount.currency).stripe_multiple_of
        return fees.covering(amount, terms=self.terms, multiple_of=step)

    def _som(self, money: Money) -> Money | None:
        return rates.to_som(money, rate=self.rate) if self.rate else None


def open_desk(project: Project, *, currency: str, at: datetime) -> Desk:
    """Return the desk for gifts to `project` in `currency`. Four or five queries."""
    try:
        rate = rates.rate_for(currency, at=at)
    except rates.StaleRate:
        rate = None
    today = clock.day(at)
    terms, rooms = fees.terms_of(currency, on=today), matching.rooms(project, on=today)
    return Desk(at, terms, rate, list(BudgetLine.objects.filter(project=project).order_by("position")), rooms)


def suggested(desk: Desk, *, currency: str) -> list[Offer]:
    """Return the suggested sums of `currency` with everything about them."""
    return [desk.offer(Money(minor, currency)) for minor in currencies.get(currency).suggested_minor]
