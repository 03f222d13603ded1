"""Links on the account page that other parts add in their `AppConfig.ready`: `links.add("my-gifts", _("My gifts"))`."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

_links: dict[str, "str | Promise"] = {}


def add(url_name: str, label: "str | Promise") -> None:
    """Show a link to `url_name` (which takes no arguments) on everybody's account page. Idempotent by name."""
    _links[url_name] = label


def shown() -> list[dict[str, str]]:
    """Return the links whose address exists, as `href` and `label` in the active language."""
    return [{"href": href, "label": str(label)} for name, label in _links.items() if (href := _address(name))]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
