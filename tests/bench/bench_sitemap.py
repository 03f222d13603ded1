"""Every page that the sitemap names, from the demo's own content, in Kyrgyz: what the dearest of each kind asks, and what it weighs.

Beside it stands what pages of bakerydemo ask on Wagtail 8: 19 queries for a recipe, 3 of them twice, 43 for its home.
"""

import gzip
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench import Measurement

LANGUAGE = "ky"
KILOBYTE = 1024
STYLES, SCRIPTS = ("web/styles.css",), ("web/live.js", "web/offline.js", "web/share.js")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs: SQL queries with none of it kept, those asked more than once, those once it is; its bytes as they are sent."""

    cold: int
    twice: int
    warm: int
    sent: int


def measure() -> Iterator[Measurement]:
    """Load the demo without its gifts, then read every page, as a guest, cold and warm, and tell of the dearest of each kind."""
    call_command("demo", "--without-gifts", verbosity=0)
    Client().get(f"/{LANGUAGE}/")  # content types are asked for once in the life of a process
    for kind, addresses in _kinds().items():
        yield from _told(f"{kind} (dearest of {len(addresses)})", [_cost(address) for address in addresses])
    for what, names, most in (("style sheet of every page", STYLES, 15), ("all scripts", SCRIPTS, 20)):
        yield Measurement(what=what, value=_packed(names) / KILOBYTE, unit="KB gz", at_most=most)


def _told(kind: str, costs: Collection[Cost]) -> Iterator[Measurement]:
    yield Measurement(what=f"{kind}: SQL queries, cold", value=max(cost.cold for cost in costs), at_most=12)
    yield Measurement(what=f"{kind}: queries asked more than once", value=max(cost.twice for cost in costs), at_most=0)
    yield Measurement(what=f"{kind}: SQL queries, warm", value=max(cost.warm for cost in costs), at_most=0)
    sent = max(cost.sent for cost in costs)
    yield Measurement(what=f"{kind}: HTML", value=sent / KILOBYTE, unit="KB gz", at_most=14)


def _kinds() -> dict[str, list[str]]:
    """Return the addresses of each kind of page, by section and depth: `projects/*` is a project, `projects/` their list."""
    tree = ET.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314 - our own
    kinds: dict[str, list[str]] = {}
    for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        path = urlsplit(str(node.text)).path
        _, code, section, *rest = path.split("/")
        if code == LANGUAGE:
            kinds.setdefault("/".join(["", section, *("*" for part in rest if part)]), []).append(path)
    return kinds


def _cost(address: str) -> Cost:
    for cache in caches:  # also what is known of pictures
        caches[cache].clear()
    with CaptureQueriesContext(connection) as cold:
        Client().get(address)
    with CaptureQueriesContext(connection) as warm:
        sent = Client().get(address, headers={"accept-encoding": "gzip"})
    asked = Counter(query["sql"] for query in cold.captured_queries)
    twice = sum(count - 1 for count in asked.values())
    return Cost(len(cold), twice, len(warm), len(sent.content))


def _packed(names: Iterable[str]) -> int:
    """Return the bytes of static files, each packed by itself as they are sent."""
    return sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes())) for name in names)
