"""What the ledger says at /readyz."""

from datetime import datetime, timedelta

from ashar.ledger.models import Proof
from ashar.web import readiness

# The books are proved every ten minutes; three missed times are no accident.
LATE = timedelta(minutes=30)


def probe(at: datetime) -> readiness.Finding:
    """Report how long ago the books were last proved and with how many faults; degraded when late, never, or not whole.

    Never failed: visitors may read while people look at the books.
    """
    proof = Proof.objects.first()
    if proof is None:
        return readiness.degraded(checked_seconds=None, faults=0)
    is_well = not proof.faults and at - proof.checked_at <= LATE
    say = readiness.ok if is_well else readiness.degraded
    return say(checked_seconds=int((at - proof.checked_at).total_seconds()), faults=len(proof.faults))
