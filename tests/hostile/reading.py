"""Reading a page as a browser does, for what must not be in it: acting markup, foreign places, values that broke out."""

import csv
import io
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http.response import HttpResponseBase

from tests.badinput import text

ADDRESSES = frozenset({"href", "src", "action", "formaction", "srcset", "poster", "data", "cite", "background", "ping", "xlink:href"})  # fmt: skip
LOADING = frozenset({"src", "srcset", "poster", "data", "background"})
UNSEEN_HERE = frozenset({"style", "iframe", "frame", "object", "embed", "base", "applet"})
OUR_HOSTS = frozenset({"", "testserver", "localhost:8000"})
SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
DATA = frozenset({"application/json", "application/ld+json"})  # what a browser never runs
# A reader may be led there by a link that says so; nothing is ever loaded from there.
SHARING = {"wa.me", "t.me", "max.ru", "connect.ok.ru", "vk.com"}
LEAVING = {"meteo.kg", "www.wikipedia.org"}  # where “Exit this page” leads, and its sample
MAY_BE_LINKED = frozenset(SHARING | LEAVING)


class _Reader(HTMLParser):
    """Collects what does not belong on a page of ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in UNSEEN_HERE:
            self.faults.append(f"<{tag}>")
        if tag == "script" and "src" not in told and told.get("type") not in DATA:
            self.faults.append("inline script")
        if tag == "link" and "stylesheet" in (told.get("rel") or "") and _host(told.get("href") or "") not in OUR_HOSTS:
            self.faults.append(f"foreign style {told['href']}")
        for name, value in attrs:
            self.faults += _of_attribute(tag, name, value or "")
        if "hostile" in tag:
            self.faults.append(f"broke out as <{tag}>")

    handle_startendtag = handle_starttag


def faults(page: str) -> list[str]:
    """Return what does not belong on a page of ours: inline code and style, frames, foreign places, broken-out values."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.faults


def broke_out(page: str) -> list[str]:
    """Return what of our hostile values became markup; pages of the admin may carry scripts of their own."""
    return [fault for fault in faults(page) if "hostile" in fault]


def body(response: HttpResponseBase) -> str:
    """Return the text of an answer, streamed or not."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return raw.decode()


def formulas(table: str) -> list[str]:
    """Return the cells of a CSV that a spreadsheet would run. Plain numbers below zero are none."""
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    return [cell for row in rows for cell in row if cell.startswith(text.FORMULA_STARTS) and not _is_number(cell)]


def ragged(table: str) -> list[list[str]]:
    """Return the rows of a CSV that have another number of cells than its head."""
    head, *rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    return [row for row in rows if len(row) != len(head)]


def header_faults(message: object) -> list[str]:
    """Return the headers of a mail that hold a line's end or that we did not write."""
    headers: Iterable[tuple[str, str]] = message.message().items()  # type: ignore[attr-defined] - Django's EmailMessage
    return [f"{name}: {value}" for name, value in headers if name.lower() in {"bcc", "cc"} or "\nBcc" in value]


def _of_attribute(tag: str, name: str, value: str) -> list[str]:
    found = [f"{name} on <{tag}>"] if name.startswith("on") or name == "style" else []
    if "hostile" in name:
        found.append(f"broke out as {name}")
    if name in ADDRESSES:
        found += _of_address(tag, name, value.strip())
    return [f"{fault} = {value}" for fault in found] if found else []


def _of_address(tag: str, name: str, value: str) -> list[str]:
    try:
        parts = urlsplit(value)
    except ValueError:
        return [f"unreadable {name} of <{tag}>"]
    if parts.scheme not in SCHEMES and not (tag == "img" and value.startswith("data:image/")):
        return [f"{parts.scheme} in {name} of <{tag}>"]
    allowed = OUR_HOSTS if name in LOADING or tag != "a" else OUR_HOSTS | MAY_BE_LINKED
    return [] if parts.netloc in allowed else [f"foreign {name} of <{tag}>"]


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()
