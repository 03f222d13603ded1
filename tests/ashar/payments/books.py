"""What two sets of books must have in common to be the same books: everything but when they were written."""

from ashar.ledger.models import Fund, Leg
from ashar.payments.models import Dispute, Movement, Payment, Refund

ROLES_OF_A_GIVER = ("given", "fees")


def legs_of(movement: Movement) -> dict[tuple[str, str, str], int]:
    """The legs of one movement's journal: (fund, role, currency) → minor units, debit positive."""
    rows = Leg.objects.filter(journal=movement.journal_id).select_related("account__fund")
    return {(leg.account.fund.key, leg.account.role, leg.account.currency): leg.amount_minor for leg in rows}


def state_of(payment: Payment) -> dict[str, object]:
    """Everything the provider's news can change about one payment."""
    payment.refresh_from_db()
    movements = Movement.objects.filter(payment=payment).select_related("journal").order_by("sequence")
    return {
        "payment": (payment.state, payment.captured_minor, payment.refunded_minor, payment.intent_id, payment.trouble),
        "movements": [(row.balance_transaction_id, row.kind, row.journal.key, legs_of(row)) for row in movements],
        "refunds": sorted(Refund.objects.filter(payment=payment).values_list("provider_id", "state", "amount_minor")),
        "disputes": sorted(Dispute.objects.filter(payment=payment).values_list("provider_id", "state", "amount_minor")),
    }


def sums_of(fund: Fund) -> dict[str, int]:
    """The fund's som by role, debit positive, zeros left out."""
    sums: dict[str, int] = {}
    for role, minor in Leg.objects.filter(account__fund=fund).values_list("account__role", "amount_minor"):
        sums[role] = sums.get(role, 0) + minor
    return {role: minor for role, minor in sums.items() if minor}
