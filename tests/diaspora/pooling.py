"""Words the tests of matching share."""

from ashar.ledger import queries as books
from ashar.money import Money


def som(amount: int) -> Money:
    return Money(amount * 100, "KGS")


def matched(project) -> Money:
    return books.figures([project.fund])[project.fund_id].matched


def left(pool) -> Money:
    return books.available(pool.fund)


def guards_agree(pool) -> bool:
    pool.refresh_from_db()
    return pool.funded_minor - pool.reserved_minor == left(pool).minor
