"""The Markdown of our guides as HTML: what they use is markup, and everything else is letters."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from cms.editing import guide, markdown


def html(text: str) -> str:
    return str(markdown.html(text, leads=lambda target: f"/at/{target}" if target != "gone" else ""))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Guide", "<h1>Guide</h1>"),
        ("## A **part**", "<h2>A <strong>part</strong></h2>"),
        ("One\nparagraph.\n\nAnother.", "<p>One paragraph.</p>\n<p>Another.</p>"),
        ("1. First\n   goes on\n2. Second", "<ol><li>First goes on</li><li>Second</li></ol>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("Open `/cms/` & `<br/>`.", "<p>Open <code>/cms/</code> &amp; <code>&lt;br/&gt;</code>.</p>"),
        ("`**no bold**`", "<p><code>**no bold**</code></p>"),
        ("**bold `code`**", "<p><strong>bold <code>code</code></strong></p>"),
        ("[to **it**](there.md)", '<p><a href="/at/there.md">to <strong>it</strong></a></p>'),
        ("[nowhere](gone)", "<p>nowhere</p>"),
        ('![The "desk"](desk.jpg)', '<p><img src="/at/desk.jpg" alt="The &quot;desk&quot;"></p>'),
        ("![words](gone)", "<p>words</p>"),
        (
            "| a | b |\n|---|---|\n| 1, **2** | 3 |",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1, <strong>2</strong></td><td>3</td></tr></tbody></table>",
        ),
        ("| 1 | 2 |", "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"),
        ("2 * 3, a_b, 1. no list", "<p>2 * 3, a_b, 1. no list</p>"),
        ("", ""),
    ],
)
def test_what_the_guides_use(text, shown):
    assert html(text) == shown


@given(st.text(alphabet="<>&\"'`*[]()!|#-1. \na", max_size=60))
def test_no_letter_becomes_markup(text):
    known = {
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "ol",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "strong",
        "a",
        "img",
    }
    shown = html(text)
    assert {tag.name for tag in BeautifulSoup(shown, "html.parser").find_all()} <= known
    assert "<" not in re.sub(r"</?[a-z][a-z1-4]*(?: (?:href|src|alt)=\"[^\"<>]*\")*>", "", shown)


@pytest.mark.parametrize("code", guide.FILES)
def test_of_our_guides_no_mark_is_left_over(code):
    words = BeautifulSoup(guide.rendered(code), "html.parser")
    for told in words.find_all("code"):
        told.decompose()
    assert re.findall(r"\*\*|`|\]\(|^\||^#", words.get_text("\n"), re.MULTILINE) == []
