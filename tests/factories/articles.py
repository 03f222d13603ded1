"""An article as an editor's form sends it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

Block = tuple[str, Any]


def form(
    title: str, blocks: Iterable[Block], *, sources: Iterable[Mapping[str, str]] = (), **more: str
) -> dict[str, str]:
    """Return the fields of the form with `blocks` in the body; `more` are further fields, an action among them."""
    told = {
        "title": title,
        "slug": "",
        "lead": "Кыскача.",
        "body": streamfield(list(blocks)),
        "sources": streamfield([("source", {"on": "", **source}) for source in sources]),
        "topics": inline_formset([]),
        "people": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "pinned_until": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data({**told, **more})


def rich(text: str, link: str = "") -> str:
    """Return a paragraph as the editor's field sends it, all of it leading to `link` where there is one."""
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if link else []
    entities = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link}}} if link else {}
    block = {"key": "a1", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": ranges}
    return json.dumps({"blocks": [block], "entityMap": entities})


def rows(*values: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the rows of a block that repeats another."""
    return streamfield([("item", dict(value)) for value in values])


def table(*lines: Sequence[str]) -> str:
    """Return lines of cells as a spreadsheet puts them on the clipboard."""
    return "\n".join("\t".join(line) for line in lines)
