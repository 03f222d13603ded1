"""What payments say at /readyz."""

from datetime import datetime, timedelta

from ashar.payments import queries
from ashar.web import readiness

# The clock works through the inbox every ten seconds; what waits for minutes, no worker gets to.
LATE = timedelta(minutes=5)


def probe(at: datetime) -> readiness.Finding:
    """Report what waits in the inbox; degraded when it waits too long, or when people have to look. Never failed."""
    inbox = queries.inbox()
    late = at - inbox.waiting_since if inbox.waiting_since else timedelta()
    is_well = late <= LATE and not inbox.quarantined and not inbox.dead
    say = readiness.ok if is_well else readiness.degraded
    return say(
        waiting=inbox.waiting,
        late_seconds=max(0, int(late.total_seconds())),
        quarantined=inbox.quarantined,
        dead=inbox.dead,
    )
