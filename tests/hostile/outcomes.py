"""Where a request ends, in a word: a status, or the name of the place one is sent to."""

from urllib.parse import urlsplit

from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

CHECKOUT = "the card service"


def of(response: HttpResponseBase) -> str:
    """Return the status, or for a redirect the name of the address it leads to; a foreign host is told as it is."""
    if not 300 <= response.status_code < 400 or "Location" not in response:
        return str(response.status_code)
    place = urlsplit(response["Location"])
    if place.netloc not in {"", "testserver"}:
        return CHECKOUT if place.path.startswith("/pay/") else f"abroad to {place.netloc}"
    try:
        with translation.override(translation.get_language_from_path(place.path) or translation.get_language()):
            return resolve(place.path).view_name or place.path
    except Resolver404:
        return place.path
