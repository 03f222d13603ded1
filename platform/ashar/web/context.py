"""What every template may count on."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext


def site(request: HttpRequest) -> dict[str, object]:
    """Return `common()` and where this page canonically lives: its path alone, whatever the address asks.

    A view that shows one page of a list says `canonical_query` itself: see `paging.canonical`.
    """
    return {**common(), "canonical_path": request.path, "canonical_query": ""}


def common() -> dict[str, object]:
    """Return the site's name, address, operator and whether it is the demo. Needs neither a request nor the database."""
    return {
        "site_name": gettext("Ashar"),
        "site_url": settings.SITE_URL,
        "default_language": settings.LANGUAGE_CODE,
        "demo": settings.DEMO,
        "operator": operator(),
    }


def operator() -> dict[str, str]:
    """Return who answers for this installation: `name`, `address`, `email`, `phone`; what is not set stays empty."""
    told: dict[str, str] = getattr(settings, "OPERATOR", {})
    return {key: told.get(key, "") for key in ("name", "address", "email", "phone")}
