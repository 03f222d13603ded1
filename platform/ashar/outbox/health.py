"""What the outbox says at /readyz."""

from datetime import datetime, timedelta

from ashar.outbox import queries
from ashar.web import readiness

# Longer than any pause of the relay: what is due for so long, no worker gets to.
LATE = timedelta(minutes=5)


def probe(at: datetime) -> readiness.Finding:
    """Report what waits and what is dead; degraded when something is dead or late, or when no worker works.

    Never failed: visitors are served without workers, and what they do waits in the database.
    """
    pulse = queries.pulse()
    late = at - pulse.oldest_due_at if pulse.oldest_due_at else timedelta()
    is_well = pulse.worker_is_alive(at=at) and not pulse.dead and late <= LATE
    say = readiness.ok if is_well else readiness.degraded
    return say(
        waiting=pulse.waiting,
        dead=pulse.dead,
        late_seconds=max(0, int(late.total_seconds())),
        heartbeat_seconds=int((at - pulse.heartbeat_at).total_seconds()) if pulse.heartbeat_at else None,
    )
