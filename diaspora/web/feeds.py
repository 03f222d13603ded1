"""News of projects for feed readers: of all of them, of one oblast, of one association."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ashar.language import pick
from ashar.money import printed
from ashar.places import codes
from ashar.places import queries as places
from ashar.web import feeds, heads
from ashar.web.feeds import Channel, Item
from diaspora import queries
from diaspora.models import Association, Project
from diaspora.queries import addresses

HEADLINES = {
    "open": lambda: _("New project: %(title)s"),
    "fund": lambda: _("Goal reached: %(title)s"),
    "reopen": lambda: _("Gifts are taken again: %(title)s"),
    "close": lambda: _("Collection over: %(title)s"),
}


class ProjectsFeed(feeds.Source):
    """What happened to every project."""

    def channel(self) -> Channel:
        """Return the news of all."""
        return _channel(_("Projects"), addresses.projects(), Project.objects.all())


class OblastFeed(feeds.Source):
    """What happened in one oblast, or in Bishkek or Osh."""

    def channel(self, oblast: str) -> Channel:
        """Return the news of the place with the code `oblast`."""
        place = next((row for row in places.oblasts() if row.code == oblast), None)
        if place is None:
            raise Http404
        found = Project.objects.filter(home__code__startswith=codes.stem(oblast))
        title = _("Projects. Place: %(place)s") % {"place": pick(place, "name")}
        return _channel(title, f"{addresses.projects()}?oblast={oblast}", found)


class AssociationFeed(feeds.Source):
    """What happened to the projects of one association."""

    def channel(self, slug: str) -> Channel:
        """Return the news of the association at `slug`."""
        association = get_object_or_404(Association, slug=slug)
        title = _("Projects. Association: %(name)s") % {"name": pick(association, "name")}
        return _channel(title, addresses.association(slug), Project.objects.filter(association=association))


def of_projects() -> heads.Feed:
    """Return the feed of all projects, as a head announces it."""
    return feeds.link(_("Projects"), "projects-feed")


def of_oblast(code: str, name: str) -> heads.Feed:
    """Return the feed of one oblast, as a head announces it."""
    return feeds.link(_("Projects. Place: %(place)s") % {"place": name}, "oblast-feed", code)


def of_association(slug: str, name: str) -> heads.Feed:
    """Return the feed of one association, as a head announces it."""
    return feeds.link(_("Projects. Association: %(name)s") % {"name": name}, "association-feed", slug)


def _channel(title: str, path: str, projects: QuerySet[Project]) -> Channel:
    moves = queries.project_moves(projects, limit=feeds.ITEMS)
    description = _("New projects, goals that were reached, collections that are over.")
    return Channel(title, description, path, [_item(move) for move in moves])


def _item(move: queries.ProjectMove) -> Item:
    return Item(
        name=f"ashar/projects/{move.slug}/{move.verb}/{move.at.isoformat()}",
        title=HEADLINES[move.verb]() % {"title": move.title},
        paragraphs=[move.summary, move.place, _("Goal: %(sum)s") % {"sum": printed.show_short(move.goal)}],
        path=move.href,
        at=move.at,
    )
