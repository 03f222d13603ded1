"""The books leg by leg, as an officer takes them into a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from ashar.ledger.models import Journal, Leg
from ashar.money import Money
from diaspora import words
from diaspora.queries import funds, trails


@dataclass(frozen=True, slots=True)
class LegLine:
    """One leg with what its journal says, in the reader's language. `amount` is debit positive."""

    number: int
    key: str
    kind: str
    at: datetime
    on: date
    words: str
    fund: str
    role: str
    amount: Money
    hash: str


def with_legs(journals: QuerySet[Journal]) -> QuerySet[Journal]:
    """Return `journals` with their legs, accounts and funds, and what names the funds. One query more."""
    joined = (f"account__fund__{relation}" for relation in funds.RELATIONS)
    return journals.prefetch_related(Prefetch("legs", queryset=Leg.objects.select_related(*joined).order_by("id")))


def leg_lines(journals: QuerySet[Journal]) -> Iterator[LegLine]:
    """Yield every leg of `journals`, newest journal first, in pieces of five queries each that do not grow with them."""
    for piece in trails.in_pieces(with_legs(journals.prefetch_related(None)).order_by("-id")):
        told = trails.sentences(piece)
        for journal in piece:
            yield from (_line(leg, journal, told[journal.pk]) for leg in journal.legs.all())


def _line(leg: Leg, journal: Journal, told: str) -> LegLine:
    return LegLine(
        number=journal.pk,
        key=journal.key,
        kind=str(words.kind(journal.kind)),
        at=journal.posted_at,
        on=journal.effective_on,
        words=told,
        fund=funds.name(leg.account.fund).text,
        role=leg.account.get_role_display(),
        amount=leg.amount,
        hash=journal.hash,
    )
