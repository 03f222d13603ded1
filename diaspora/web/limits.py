"""How often one may start a gift: card testers try thousands of cards, people give once.

Counts live in the cache. When the cache does not answer, the gifts of the last hour under the same address are counted in
the database instead, so the door is never simply open.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from diaspora.models import Gift

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=1)
# Dormitories and mobile carriers put hundreds of people behind one address, so the session is held tighter than the network.
MOST = {"network": 60, "session": 12, "email": 12}


def may_start(request: HttpRequest, *, email: str, at: datetime) -> bool:
    """Count one attempt to start a gift, and tell whether it is within the limits of network, browser and address."""
    who = {"network": client(request), "session": request.session.session_key or "", "email": email.lower()}
    try:
        counts = {kind: _count(kind, key, at) for kind, key in who.items() if key}
    except Exception:
        log.exception("The cache does not count; counting gifts in the database.")
        counts = {"email": Gift.objects.filter(email__iexact=email, started_at__gt=at - WINDOW).count() + 1}
    return all(count <= MOST[kind] for kind, count in counts.items())


def client(request: HttpRequest) -> str:
    """Return the address of the caller: what the outermost of our proxies saw, or the socket's peer without proxies."""
    proxies = settings.ENV.trusted_proxies
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(kind: str, key: str, at: datetime) -> int:
    """Return how often `key` was seen in this hour, this time included. The cache gets a keyed hash, never an address."""
    slot = int(at.timestamp() // WINDOW.total_seconds())
    name = f"giving:{kind}:{slot}:{salted_hmac('diaspora.giving', key).hexdigest()}"
    cache.add(name, 0, WINDOW.total_seconds())
    count = cache.incr(name)
    cache.touch(name, WINDOW.total_seconds())  # a cache of files forgets the hour when it counts
    return count
