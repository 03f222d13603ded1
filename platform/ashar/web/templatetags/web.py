"""`{% load web %}`: icons, languages, dates and the small words that templates need."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ashar.money import Money
from ashar.web import calendar, counting, deadlines, forms, heads, languages, paging, progress, qr, sharing

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one symbol of the sprite; hidden from screen readers unless `label` says what it means."""
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" focusable="false" {}><use href="{}#{}"/></svg>',
        role,
        static("web/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> Sequence[languages.Link]:
    """Return this page in every language: see `languages.links`."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return languages.links("/", "", None)
    own, lent = context.get("page_languages"), context.get("page_lent")
    return languages.links(request.path, request.META.get("QUERY_STRING", ""), own, lent)


@register.filter
def day(on: date | datetime | None, form: str = "long") -> str:
    """Write a day as people of the active language do; a moment counts by the clock of the current time zone."""
    return calendar.day(on, form=form) if on else ""


@register.filter
def moment(at: datetime | None) -> str:
    """Write a day and a time with its zone."""
    return calendar.moment(at) if at else ""


@register.filter
def unbroken(text: str) -> SafeString:
    """Keep each word with a hyphen on one line: a Kyrgyz day would break within, “21-” and “декабрь”."""
    pieces = (
        format_html('<span class="date-piece">{}</span>' if "-" in word else "{}", word) for word in text.split(" ")
    )
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


@register.filter
def clock(at: datetime | None) -> str:
    """Write a time with its zone."""
    return calendar.clock(at) if at else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """Return the machine's form of a day or a moment, for `<time datetime>`."""
    return value.isoformat() if value else ""


@register.filter
def site_of(address: str) -> str:
    """Return the host an address leads to, without its `www.`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def written(number: int) -> str:
    """Write a whole number with its thousands apart."""
    return counting.written(number)


@register.filter
def per_cent(share: int) -> str:
    """Write a share in whole per cent with its sign."""
    return counting.per_cent(share)


@register.simple_tag
def deadline_of(at: datetime, now: datetime) -> deadlines.Deadline:
    """Tell how far a deadline is."""
    return deadlines.measure(at, now=now)


@register.simple_tag
def progress_of(goal: Money, given: Money, matched: Money) -> progress.Bar:
    """Measure the bar of a goal."""
    return progress.measure(goal, given, matched)


@register.filter
def beside(cells: Iterable[object], titles: Iterable[object]) -> list[tuple[object, object]]:
    """Return (title, cell) pairs of one table row."""
    return list(zip(titles, cells, strict=True))


@register.filter
def error_links(form: BaseForm) -> list[tuple[str, str]]:
    """Return (element id, sentence) of every field error, in the order of the form."""
    return forms.error_links(form)


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int]:
    """Return the numbers a pager shows; 0 stands for a gap."""
    return paging.numbers(page.number, page.paginator.num_pages)


@register.simple_tag(takes_context=True)
def page_query(context: dict[str, Any], number: int) -> str:
    """Return the query of another page of the same list."""
    request: HttpRequest | None = context.get("request")
    return paging.query(request.GET if request else QueryDict(), number)


@register.simple_tag
def share_links(url: str, text: str) -> Sequence[sharing.Link]:
    """Return where a page can be shared to, as plain links."""
    return sharing.links(url, text)


@register.simple_tag
def qr_code(text: str) -> qr.Code:
    """Return `text` as a QR code."""
    return qr.code(text)


@register.simple_tag
def linked_data(things: Sequence[heads.Thing]) -> SafeString:
    """Write what a page is about as a block of data."""
    return heads.script(things)


@register.filter
def og_locale(code: str) -> str:
    """Return a language as OpenGraph writes it."""
    return heads.LOCALES[code]
