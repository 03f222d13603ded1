"""Renders the Markdown that our guides are written in: headings, paragraphs, lists, tables, pictures, links, bold and code.

Nothing else is markup: whatever stands in a guide besides comes out as the letters it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Leading = Callable[[str], str]  # from what a guide names, to an address; nothing where it leads nowhere here
INLINE = re.compile(
    r"`(?P<code>[^`]+)`|!\[(?P<alt>[^\]]*)\]\((?P<picture>[^)\s]+)\)|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]+)\)"
    r"|\*\*(?P<bold>[^*]+)\*\*"
)
NUMBERED, DOTTED = re.compile(r"^\d+\. ", re.MULTILINE), re.compile(r"^[-*] ", re.MULTILINE)
RULE = re.compile(r"^\|(?:\s*:?-+:?\s*\|)+$")


def html(text: str, *, leads: Leading) -> SafeString:
    """Return `text` as HTML; `leads` says where its links and pictures are."""
    return _joined("\n", (_block(block, leads) for block in re.split(r"\n\s*\n", text.strip()) if block.strip()))


def _block(block: str, leads: Leading) -> SafeString:
    if heading := re.match(r"(#{1,4}) ([^\n]+)$", block):
        level = len(heading[1])
        return format_html("<h{}>{}</h{}>", level, _inline(heading[2], leads), level)
    if block.startswith("|"):
        return _table(block.splitlines(), leads)
    for tag, mark in (("ol", NUMBERED), ("ul", DOTTED)):
        if mark.match(block):
            items = [(_inline(item, leads),) for item in mark.split(block) if item.strip()]
            return format_html("<{}>{}</{}>", tag, format_html_join("", "<li>{}</li>", items), tag)
    return format_html("<p>{}</p>", _inline(block, leads))


def _table(lines: list[str], leads: Leading) -> SafeString:
    """Return a table; its first line is the head where a rule stands below it."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if not RULE.match(line)]
    has_head = len(lines) > 1 and bool(RULE.match(lines[1]))
    head = [_row("th", rows[0], leads)] if has_head else []
    body = [_row("td", row, leads) for row in rows[len(head) :]]
    return format_html(
        "<table>{}<tbody>{}</tbody></table>",
        format_html("<thead>{}</thead>", _joined("", head)) if head else "",
        _joined("", body),
    )


def _row(tag: str, cells: list[str], leads: Leading) -> SafeString:
    return format_html(
        "<tr>{}</tr>", format_html_join("", "<{}>{}</{}>", ((tag, _inline(c, leads), tag) for c in cells))
    )


def _inline(text: str, leads: Leading) -> SafeString:
    """Return running text; a line ends where the guide's does not."""
    return _joined("", _pieces(" ".join(text.split()), leads))


def _pieces(text: str, leads: Leading) -> Iterator[str]:
    end = 0
    for found in INLINE.finditer(text):
        yield conditional_escape(text[end : found.start()])
        yield _marked(found, leads)
        end = found.end()
    yield conditional_escape(text[end:])


def _marked(found: re.Match[str], leads: Leading) -> SafeString:
    if found["code"]:
        return format_html("<code>{}</code>", found["code"])
    if found["bold"]:
        return format_html("<strong>{}</strong>", _inline(found["bold"], leads))
    if found["picture"]:
        address = leads(found["picture"])
        return (
            format_html('<img src="{}" alt="{}">', address, found["alt"])
            if address
            else conditional_escape(found["alt"])
        )
    address, words = leads(found["target"]), _inline(found["words"], leads)
    return format_html('<a href="{}">{}</a>', address, words) if address else words


def _joined(between: str, pieces: Iterable[str]) -> SafeString:
    return mark_safe(between.join(map(conditional_escape, pieces)))  # noqa: S308 - each piece is escaped
