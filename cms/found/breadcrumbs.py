"""The way down from the home page to where a reader is, in the words of the menu."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ashar import language

# Every list with pages of its own below it; `cms.trees` plants them at these addresses, and nobody moves them.
LISTS: dict[str, Promise] = {
    "projects": _("Projects"),
    "associations": _("Associations"),
    "calls": _("Calls"),
    "guides": _("Guides"),
    "news": _("News"),
    "people": _("People"),
    "events": _("Events"),
    "practices": _("Practices"),
}


def above(url_path: str) -> list[dict[str, str]]:
    """Return label and href of the home page and the list above the page at `url_path` of Wagtail's; none above a list. No query."""
    slugs = url_path.strip("/").split("/")[1:]
    if len(slugs) < 2 or slugs[0] not in LISTS:  # noqa: PLR2004 - a list and a page
        return []
    home = f"/{language.current()}/"
    return [{"label": str(_("Home page")), "href": home}, {"label": str(LISTS[slugs[0]]), "href": f"{home}{slugs[0]}/"}]
