"""Sections of the site whose newest pages have a feed: what it is called, and what it tells."""

from django.utils.translation import gettext_lazy as _

from ashar.web import feeds
from ashar.web.heads import Feed

# The words are those under which `cms.trees` plants the lists; editors may say it better there.
SECTIONS = {
    "news": (_("News"), _("What happened, and who says so.")),
    "guides": (
        _("Guides"),
        _("Before leaving, abroad, on the way back, at home again: what to do, and who checked it."),
    ),
    "practices": (_("Practices"), _("What other countries do for their people abroad, and what we take from it.")),
    "calls": (_("Calls"), _("Who gives grants to those who return, for what, and until when.")),
    "events": (_("Events"), _("Where we meet, here and abroad.")),
}


def feed(section: str) -> Feed:
    """Return the feed of a section, as a head announces it."""
    title, _about = SECTIONS[section]
    return feeds.link(str(title), f"{section}-feed")
