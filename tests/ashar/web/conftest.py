"""Pages of the site as a browser gets them."""

from html.parser import HTMLParser

import pytest
from django.test import RequestFactory

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Page(HTMLParser):
    """Elements of a page in order, as (tag, attributes), its text, and the tags that were opened or closed wrongly."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text, self.pieces, self.wrong, self.open = [], "", [], [], []
        self.feed(html)
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data):
        self.text += data
        self.pieces.append(data)
        if self.open and self.open[-1] == "title":
            self.title = data

    @property
    def words(self):
        return " ".join(" ".join(self.pieces).split())

    def all(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.elements
            if name == tag
            and all(attrs.get(key.rstrip("_").replace("_", "-")) == value for key, value in wanted.items())
        ]

    def one(self, tag, **wanted):
        (found,) = self.all(tag, **wanted)
        return found


@pytest.fixture
def read():
    """Parse HTML."""
    return Page


@pytest.fixture
def request_to():
    """Make a request as a middleware-free view gets it."""
    return RequestFactory().get
