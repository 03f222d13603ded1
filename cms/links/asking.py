"""Asking whether something stands at an address: at ours within this process, at others over the network, politely.

Strangers write addresses into sources, so nothing but the public network is ever reached: each host name is looked up once, every
address it has must be public, and one of those very addresses is connected to. A redirection goes through the same gate.
"""

import http.client
import io
import ipaddress
import socket
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

from cms.links.finding import Kind, Link, Reason
from cms.links.limit import Limit

PATIENCE_SECONDS = 10  # of silence
MOST_SECONDS = 20  # for one address, however many times it sends us on and however slowly it speaks
WEB_PORTS = frozenset({80, 443})
MOST_TURNS = 5  # redirections that are followed
MOVED = {301, 302, 303, 307, 308}
NOT_THERE = {404, 410}
FAULTY = 500
PLAIN_NO = 400  # a HEAD that gets this or more is asked again as browsers ask
# Behind these stand numbers of version 4 (RFC 6052, RFC 8215, RFC 4291) or of one site (RFC 3879); Python takes them for public.
TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "fec0::/10")))


class PrivateAddressError(OSError):
    """The address leads to a machine that is not on the public network."""


class UnusualPortError(OSError):
    """The address names a door behind which something else than a web site may listen."""


def is_public(number: str) -> bool:
    """Say whether an IP address belongs to the public network."""
    told = ipaddress.ip_address(number.split("%", maxsplit=1)[0])
    if any(told in network for network in TRANSLATED if network.version == told.version):
        return False
    embedded = getattr(told, "ipv4_mapped", None) or getattr(told, "sixtofour", None) or told
    return told.is_global and embedded.is_global and not told.is_multicast


@dataclass(frozen=True, slots=True)
class Gate:
    """What may be connected to: which numbers, at which ports."""

    lets_in: Callable[[str], bool] = is_public
    ports: Collection[int] = WEB_PORTS


THE_WEB = Gate()


def outside(address: str, *, gate: Gate = THE_WEB) -> Reason | None:
    """Return what is wrong at an address of another site, or nothing. Asks it over the network, for `MOST_SECONDS` at most.

    A site that wants to know who asks (401, 403, 429) is there. What `gate` shuts out is not connected to.
    """
    try:
        with Limit(MOST_SECONDS) as limit:
            status = _followed(address, gate, limit)
    except UnusualPortError:
        return Reason.PORT
    except PrivateAddressError:
        return Reason.NOT_PUBLIC
    except (OSError, http.client.HTTPException, ValueError):
        return Reason.SILENT
    if status in NOT_THERE:
        return Reason.NOT_THERE
    return Reason.FAILS if status >= FAULTY else None


def nowhere(links: Iterable[Link]) -> dict[Link, Reason]:
    """Return those of `links` that name a path of our own site at which a reader finds nothing. Each path is looked up once."""
    named = [link for link in links if link.kind == Kind.PATH]
    dead = {path for path in {link.target for link in named} if not ours(path)}
    return {link: Reason.NO_SUCH_PATH for link in named if link.target in dead}


def ours(path: str) -> bool:
    """Say whether a reader who is not signed in finds something at `path` of our own site. No network: the site answers here."""
    with translation.override(translation.get_language()):  # a page leaves its own language behind
        return _answered(path)


def _answered(path: str) -> bool:
    handler = BaseHandler()
    handler.load_middleware()
    site = urlsplit(settings.SITE_URL)
    for _turn in range(MOST_TURNS):
        # Not closed: that says that a visit is over, and the database would be left.
        answer = handler.get_response(_request(path, site.scheme, site.hostname or "", site.port))
        if answer.status_code not in MOVED:
            return bool(answer.status_code not in NOT_THERE)
        target = urlsplit(urljoin(path, answer["Location"]))
        if target.netloc not in {"", site.netloc}:
            return True
        path = target._replace(scheme="", netloc="", fragment="").geturl()
    return True


def _request(path: str, scheme: str, host: str, port: int | None) -> WSGIRequest:
    parts = urlsplit(path)
    told: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or (443 if scheme == "https" else 80)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
    }
    return WSGIRequest(told)


def _followed(address: str, gate: Gate, limit: Limit) -> int:
    """Return the last status on the way from `address`. Raises `OSError` where there is no answer."""
    for _turn in range(MOST_TURNS):
        status, target = _answer(address, "HEAD", gate, limit)
        if status >= PLAIN_NO:
            status, target = _answer(address, "GET", gate, limit)
        if status not in MOVED or not target:
            return status
        address = urljoin(address, target)
    return status


def _answer(address: str, method: str, gate: Gate, limit: Limit) -> tuple[int, str]:
    """Return the status and the `Location` of one request, whose body is left unread."""
    parts = urlsplit(address)
    kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}.get(parts.scheme)
    if kind is None or not parts.hostname:
        raise ValueError(address)
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    connection = kind(host, parts.port, timeout=PATIENCE_SECONDS)
    connection._create_connection = partial(_connected, gate, limit)  # noqa: SLF001 - where http.client looks
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            f"?{quote(parts.query, safe='%=&+:/?,;@~')}" if parts.query else ""
        )
        connection.request(
            method, path, headers={"User-Agent": f"Ashar link check ({settings.SITE_URL})", "Accept": "*/*"}
        )
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    finally:
        connection.close()


def _connected(
    gate: Gate, limit: Limit, place: tuple[str, int], timeout: float, _source: object = None
) -> socket.socket:
    """Connect to one of the numbers of a host, if its port and all of them may be reached."""
    if place[1] not in gate.ports:
        raise UnusualPortError(place[1])
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(*place, type=socket.SOCK_STREAM)]
    if not numbers or not all(map(gate.lets_in, numbers)):
        raise PrivateAddressError(place[0])
    return limit.watch(socket.create_connection((numbers[0], place[1]), min(timeout, limit.left())))
