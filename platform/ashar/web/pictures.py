"""Answers with a drawn card: made once for what it shows, kept until that changes, never sent twice to who has it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from ashar import caching
from ashar.web import cards

KEPT_SECONDS = 7 * 24 * 3600
FRESH_SECONDS = 300  # networks ask again after this; their own copies last longer, whatever we say


@require_safe
def site_card(request: HttpRequest) -> HttpResponseBase:
    """Answer with the picture of the site itself, for pages that have none of their own."""
    words = gettext(
        "Neighbours build a house together. Ashar does it across borders: you give, your village builds, and every som can be followed."
    )
    return answer(request, cards.Card(site=gettext("Ashar"), title=words))


def answer(request: HttpRequest, card: cards.Card) -> HttpResponseBase:
    """Return the picture of `card`, or 304 to a reader who has it; then nothing is drawn."""
    etag = f'"{card.digest}"'
    known = get_conditional_response(request, etag=etag)
    response = known or HttpResponse(picture(card), content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return response


def picture(card: cards.Card) -> bytes:
    """Return the PNG of `card`, drawn unless an earlier one is kept. A cache that is away costs a drawing, nothing more."""
    kept: bytes | None = caching.get("cards", card.digest)
    if kept:
        return kept
    drawn = cards.draw(card)
    caching.put("cards", card.digest, drawn, KEPT_SECONDS)
    return drawn
