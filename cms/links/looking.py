"""Looking after the links of public pages: by the clock everywhere, and at a page once more when it is published."""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page

from cms.links import asking, finding
from cms.links.finding import Kind, Link, Reason
from cms.links.rows import AskedAddress, BrokenLink, LastLook

ASKED_AT_ONCE = 30
ROUND_SECONDS = 120  # no address is begun after that, and none takes longer than `asking.MOST_SECONDS`; a task has 240
ANSWER_HOLDS = timedelta(days=7)
FAULT_HOLDS = timedelta(days=1)
Found = Mapping[int, Iterable[Link]]


def look(*, at: datetime) -> None:
    """Write down which links of public pages are broken at the moment `at`, and forget those that are mended. Idempotent."""
    found = {page.pk: finding.of(page) for page in Page.objects.live().specific()}
    reasons = _reasons(found)
    broken = {
        (page, link.kind, link.target): (link.words, reasons[link])
        for page in found
        for link in found[page]
        if link in reasons
    }
    _keep(broken, at=at)
    LastLook.objects.update_or_create(pk=1, defaults={"at": at})


def ask_others(*, at: datetime, gate: asking.Gate = asking.THE_WEB) -> int:
    """Ask other sites for addresses that nobody has asked for lately, a few at once; return how many. What no page names is forgotten."""
    named = {
        link.target for page in Page.objects.live().specific() for link in finding.of(page) if link.kind == Kind.OUTSIDE
    }
    AskedAddress.objects.exclude(address__in=named).delete()
    recent = AskedAddress.objects.filter(reason="", asked_at__gt=at - ANSWER_HOLDS) | AskedAddress.objects.exclude(
        reason=""
    ).filter(asked_at__gt=at - FAULT_HOLDS)
    return _round(sorted(named - set(recent.values_list("address", flat=True))), at=at, gate=gate)


def page_was_published(instance: Page, **_news: Any) -> None:
    """Forget what was broken on a page and stands there no more."""
    standing = {(link.kind, link.target) for link in finding.of(instance)}
    rows = BrokenLink.objects.filter(page=instance.pk)
    rows.filter(pk__in=[row.pk for row in rows if (row.kind, row.target) not in standing]).delete()


def _round(due: Iterable[str], *, at: datetime, gate: asking.Gate) -> int:
    """Ask for some of the addresses that are `due`; return how many. The others of a host that keeps silent wait for another round."""
    ends_at = time.monotonic() + ROUND_SECONDS
    silent: set[str] = set()
    spoken_to = (address for address in due if urlsplit(address).netloc not in silent)
    asked = 0
    for address in takewhile(lambda _address: time.monotonic() < ends_at, islice(spoken_to, ASKED_AT_ONCE)):
        # Written before the answer: an address that uses up the time of the task is not the first of the next round again.
        AskedAddress.objects.update_or_create(address=address, defaults={"reason": Reason.SILENT, "asked_at": at})
        reason = asking.outside(address, gate=gate)
        AskedAddress.objects.filter(address=address).update(reason=reason or "")
        if reason == Reason.SILENT:
            silent.add(urlsplit(address).netloc)
        asked += 1
    return asked


def _reasons(found: Found) -> dict[Link, Reason]:
    """Return what is wrong with each link that is broken."""
    every = {link for page in found.values() for link in page}
    asked = {row.address: Reason(row.reason) for row in AskedAddress.objects.exclude(reason="")}
    reasons = finding.astray(every) | asking.nowhere(every)
    return reasons | {link: asked[link.target] for link in every if link.kind == Kind.OUTSIDE and link.target in asked}


@transaction.atomic
def _keep(broken: Mapping[tuple[int, Kind, str], tuple[str, Reason]], *, at: datetime) -> None:
    """Let the rows say `broken`: what was known keeps its day."""
    known = {(row.page_id, row.kind, row.target): row for row in BrokenLink.objects.all()}
    BrokenLink.objects.filter(pk__in=[row.pk for key, row in known.items() if key not in broken]).delete()
    for key, (words, reason) in broken.items():
        row = known.get(key)
        if row is None:
            page, kind, target = key
            BrokenLink.objects.create(
                page_id=page, kind=kind, target=target, words=words[:200], reason=reason, since=at
            )
        elif row.reason != reason:
            BrokenLink.objects.filter(pk=row.pk).update(reason=reason)
