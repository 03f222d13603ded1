"""Fetching the National Bank's rates over the network: a stranger's answer, taken within a time and a size."""

import http.client
import logging
import time
from collections.abc import Iterable
from datetime import datetime
from http.client import HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money import rates
from ashar.money.feed import LARGEST_FEED

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10  # for one answer of the network
WHOLE_SECONDS = 30  # for the whole file
CHUNK = 16 * 1024


class RatesUnreachable(Refused):
    """The bank's file could not be fetched; nothing was kept, and the clock asks again."""

    code = "rates_unreachable"
    message = _("The exchange rates could not be fetched: %(reason)s.")


class _Stay(HTTPRedirectHandler):
    """Follow a redirection on the same site only: elsewhere nobody vouches for what a rate is."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise HTTPError(req.full_url, code, "redirected to another site", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def take_in(addresses: Iterable[str], *, at: datetime) -> int:
    """Fetch and import the feeds at `addresses`; return how many rates are new. Idempotent.

    A feed that is away or not to be believed is logged and keeps no other from being taken in.
    """
    return sum(_taken(address, at=at) for address in addresses)


def fetch(address: str) -> bytes:
    """Return what stands at `address`, cut off one byte above what `feed.read` takes. Raises `RatesUnreachable`."""
    request = Request(address, headers={"User-Agent": "Ashar", "Accept": "application/xml, text/xml"})  # noqa: S310 - the settings let only https and loopback in
    try:
        with build_opener(_Stay).open(request, timeout=PATIENCE_SECONDS) as answer:
            return _body(answer)
    except HTTPError as fault:
        fault.close()  # it is the answer itself, still open
        raise RatesUnreachable(reason=f"HTTP {fault.code}") from fault
    except (OSError, http.client.HTTPException, ValueError) as fault:
        raise RatesUnreachable(reason=type(fault).__name__) from fault


def _taken(address: str, *, at: datetime) -> int:
    try:
        return rates.import_feed(fetch(address), source=rates.source_of(address), at=at)
    except Refused as refusal:
        log.warning("No rates from %s: %s (%s)", urlsplit(address).hostname, refusal, refusal.code)
        return 0


def _body(answer: http.client.HTTPResponse) -> bytes:
    ends_at = time.monotonic() + WHOLE_SECONDS
    body = b""
    while len(body) <= LARGEST_FEED and (piece := answer.read1(CHUNK)):
        body += piece
        if time.monotonic() > ends_at:
            raise TimeoutError
    return body[: LARGEST_FEED + 1]
