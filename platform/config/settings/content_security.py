"""Content-Security-Policy: nothing inline and nothing foreign on our pages; the admins bring their own needs.

Browsers also hold a form's redirect against `form-action`, and giving ends in a redirect to the card page: so the card
page's address is allowed there, Stripe's or the sandbox's, and nothing else.
"""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config.settings import environment, storing

CARD_PAGE = "https://checkout.stripe.com"


def card_page(api_base: str) -> str:
    """Return the origin a giver's browser is sent to: the sandbox at `api_base`, or Stripe when that is empty."""
    if not api_base:
        return CARD_PAGE
    parts = urlsplit(api_base)
    return f"{parts.scheme}://{parts.netloc}"


CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/", "/django-admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *storing.origin_of_files(environment.read().file_storage)],
        "font-src": [NONE],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, card_page(environment.read().stripe_api_base)],
        "frame-ancestors": [NONE],
    },
}
