"""Words the tests of the ledger share: funds, entries and a gift written into the books."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ashar.ledger import posting
from ashar.ledger.models import Fund, Journal, Leg, Role
from ashar.ledger.posting import Entry
from ashar.money import Money

NOON = datetime(2026, 11, 23, 6, tzinfo=UTC)  # noon in Bishkek


def som(minor: int) -> Money:
    return Money(minor, "KGS")


def project(key: str = "school-roof") -> Fund:
    return posting.open_fund(key, kind="project", title="Мектептин чатыры")


def pool(key: str = "match-2026") -> Fund:
    return posting.open_fund(key, kind="match_pool", title="Биргелешип каржылоо фонду 2026")


def operations() -> Fund:
    return posting.open_fund("operations", kind="operations", title="Ишти уюштуруу")


def given(fund: Fund, minor: int) -> list[Entry]:
    """A gift of `minor` tyiyn, its money at the bank."""
    return [Entry(fund, Role.GIVEN, som(-minor)), Entry(operations(), Role.BANK, som(minor))]


def paid_out(fund: Fund, minor: int) -> list[Entry]:
    return [Entry(fund, Role.PAID_OUT, som(minor)), Entry(operations(), Role.BANK, som(-minor))]


def matched(fund: Fund, source: Fund, minor: int) -> list[Entry]:
    return [Entry(fund, Role.MATCHED, som(-minor)), Entry(source, Role.MATCHED, som(minor))]


def charged(fund: Fund, *, gross: int, fee: int, cents: int) -> list[Entry]:
    """A card gift in two currencies: som to the project, dollars at the card processor, conversion between."""
    return [
        Entry(fund, Role.GIVEN, som(-gross)),
        Entry(fund, Role.FEES, som(fee)),
        Entry(operations(), Role.CONVERSION, som(gross - fee)),
        Entry(operations(), Role.CLEARING, Money(cents, "USD")),
        Entry(operations(), Role.CONVERSION, Money(-cents, "USD")),
    ]


def post(key: str, legs: Sequence[Entry], **details: object) -> Journal:
    return posting.post(key, **{"kind": "charge", "legs": legs, "at": NOON, **details})


def written() -> tuple[int, int]:
    """How many journals and legs there are."""
    return Journal.objects.count(), Leg.objects.count()
