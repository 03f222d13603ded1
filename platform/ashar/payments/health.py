"""What payments say at /readyz: how the inbox stands, and whether money can be converted."""

from datetime import datetime, timedelta

from ashar.money import currencies, rates
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


def rates_probe(at: datetime) -> readiness.Finding:
    """Report the currencies that people give in and that have no fresh rate; degraded when there is one. Never failed."""
    stale = [currency.code for currency in currencies.chargeable() if not _is_fresh(currency.code, at=at)]
    return readiness.degraded(stale=stale) if stale else readiness.ok(stale=stale)


def _is_fresh(currency: str, *, at: datetime) -> bool:
    try:
        rates.rate_for(currency, at=at)
    except rates.StaleRate:
        return False
    return True
