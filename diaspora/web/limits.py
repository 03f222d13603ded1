"""How often one may start a gift: card testers try thousands of cards, people give once.

Counts live in the cache. An e-mail counts only together with the network it is used from: whoever writes somebody else's
must not keep its owner from giving. When the cache does not answer, all gifts of the last hour are counted in the database
instead, so the door is never simply open.
"""

import logging
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from diaspora.models import Gift
from diaspora.web import tokens

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=1)


class Limit(StrEnum):
    """What is counted."""

    NETWORK = "network"
    SESSION = "session"  # the browser, known by its cookie for forms
    EMAIL = "email"  # as it is written from one network
    ALL = "all"  # only while nothing else can be counted


# Dormitories and mobile carriers put hundreds of people behind one address, so the session is held tighter than the network.
MOST = {Limit.NETWORK: 60, Limit.SESSION: 12, Limit.EMAIL: 12, Limit.ALL: 600}


def reached(request: HttpRequest, *, email: str, at: datetime) -> Limit | None:
    """Count one attempt to start a gift, and return the limit it goes beyond, if any."""
    network = client(request)
    who = {
        Limit.SESSION: tokens.browser(request),
        Limit.EMAIL: f"{network} {email.lower()}",
        Limit.NETWORK: network,
    }
    try:
        counts = {limit: _count(limit, key, at) for limit, key in who.items()}
    except Exception:
        log.exception("The cache does not count; counting gifts in the database.")
        counts = {Limit.ALL: Gift.objects.filter(started_at__gt=at - WINDOW).count() + 1}
    return next((limit for limit, count in counts.items() if count > MOST[limit]), None)


def seconds_left(at: datetime) -> int:
    """Return after how many seconds counting begins anew."""
    return int(WINDOW.total_seconds() - at.timestamp() % WINDOW.total_seconds()) + 1


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
