"""Feeds of news, RSS and Atom alike: whole addresses of this site, names that never change, texts that XML can hold.

A section declares one `Source`; `paths` gives it two addresses, `link` announces them in the heads of its pages.
"""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ashar import language
from ashar.web import heads
from ashar.web.heads import absolute

FRESH_SECONDS = 60  # who comes back sooner asks nothing; later, a feed that says the same costs them its name alone
ITEMS = 30
# What XML 1.0 cannot hold, not even escaped.
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Steady(SyndicationFeed):
    """A feed that says the same while nothing happens; Django's dates an empty one by the moment it is read."""

    def latest_post_date(self) -> datetime:
        """Return the date of the newest item; of none, the beginning of all dates."""
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, tz=UTC)


class _Atom(_Steady, Atom1Feed):
    pass


class _Rss(_Steady, Rss201rev2Feed):
    pass


FORMATS: dict[str, type[SyndicationFeed]] = {"atom": _Atom, "rss": _Rss}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. `name` is what it is for ever, in whatever language; `paragraphs` are plain text."""

    name: str
    title: str
    paragraphs: Sequence[str]
    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed is of: `path` is the page whose news it tells."""

    title: str
    description: str
    path: str
    items: Sequence[Item]
    own: str = ""


if TYPE_CHECKING:
    _Base = Feed[Item, Channel]
else:  # Django's class takes no parameters when it runs
    _Base = Feed


class Source(_Base):
    """A feed in either format. A subclass says `channel(…)` with the arguments of its address; it may raise `Http404`."""

    def __init__(self, feed_type: type[SyndicationFeed]) -> None:
        self.feed_type = feed_type

    channel: Callable[..., Channel]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed, or 304 to a reader who has it."""
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]  # news can leave a feed too; what it holds is its only name
        response["ETag"] = f'"{uuid.uuid5(uuid.NAMESPACE_OID, response.content.decode()).hex}"'
        response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
        known: HttpResponseBase | None = get_conditional_response(request, etag=response["ETag"], response=response)
        return known if isinstance(known, HttpResponse) else response

    def get_object(self, request: HttpRequest, **kwargs: Any) -> Channel:
        """Return the channel, which knows its own address."""
        return replace(self.channel(**kwargs), own=request.path)

    def feed_url(self, channel: Channel) -> str:
        """Return the whole address of the feed itself."""
        return absolute(channel.own)

    def title(self, channel: Channel) -> str:
        """Return the name of the feed."""
        return printable(channel.title)

    def description(self, channel: Channel) -> str:
        """Return what it tells."""
        return printable(channel.description)

    subtitle = description

    def link(self, channel: Channel) -> str:
        """Return the page whose news it tells."""
        return absolute(channel.path)

    def items(self, channel: Channel) -> Sequence[Item]:
        """Return the news, newest first."""
        return channel.items

    def author_name(self) -> str:
        """Return who tells it; Atom wants somebody."""
        return gettext("Ashar")

    def item_title(self, item: Item) -> str:
        """Return the headline, plain: the writer of XML escapes it once."""
        return printable(item.title)

    def item_description(self, item: Item) -> str:
        """Return the text as HTML, which readers take it for."""
        return "".join(format_html("<p>{}</p>", printable(text)) for text in item.paragraphs if text)

    def item_link(self, item: Item) -> str:
        """Return the whole address of the page."""
        return absolute(item.path)

    def item_guid(self, item: Item) -> str:
        """Return a name that stays when addresses and hosts change; each language has its own."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{item.name}/{language.current()}").urn

    item_guid_is_permalink = False

    def item_pubdate(self, item: Item) -> datetime:
        """Return when it happened."""
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        """Return the same: what happened does not happen again."""
        return item.at


def paths(route: str, source: type[Source], *, name: str) -> list[URLPattern]:
    """Return the addresses of a feed: `route` with the ending of each format, named `<name>-atom` and `<name>-rss`."""
    return [
        path(f"{route}.{ending}", require_safe(source(kind)), name=f"{name}-{ending}")
        for ending, kind in FORMATS.items()
    ]


def link(title: str, name: str, *args: str) -> heads.Feed:
    """Return what a page's head says of the feed `name`."""
    atom, rss = (absolute(reverse(f"{name}-{ending}", args=args)) for ending in FORMATS)
    return heads.Feed(title, atom, rss)


def printable(text: str) -> str:
    """Return `text` without what XML cannot hold."""
    return UNPRINTABLE.sub("", text)
