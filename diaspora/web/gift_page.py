"""Screen three of giving: what has become of a gift, and the way back to its payment."""

import uuid
from contextlib import suppress
from datetime import datetime

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from ashar.ledger.refusals import FundOverdrawn
from ashar.payments import checkout
from ashar.payments.gateway import ProviderRefused, ProviderUnreachable
from diaspora import giving, matching, queries, turns
from diaspora.models import Gift
from diaspora.states import GiftState
from diaspora.web import limits

# Where a gift's page is said to be come to from, when its pay page leads nowhere any more.
ENDS = {checkout.AlreadyPaid.code: "checkout", checkout.TimeRanOut.code: "expired"}
# Seconds until the page of a gift looks again whether the payment has arrived, one after the other; then it stays. Almost
# always the first look ends it; the pauses grow, for each look takes a page away from whoever is having it read aloud.
PAUSES = (3, 6, 12, 24)
LOOKS = {"": 0, **{str(number): number for number in range(len(PAUSES))}}


@method_decorator(never_cache, name="dispatch")
class GiftView(View):
    """Screen three: what has become of the gift, whatever the card service's page was left by."""

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Show the gift to whoever holds its address; the e-mail stays masked."""
        gifts, at = Gift.objects.select_related("project__fund", "payment"), timezone.now()
        gift = get_object_or_404(gifts, pk=pk)
        if queries.is_behind(gift):
            _follow(gift, at)
            gift = gifts.get(pk=pk)
        page, came_from = queries.gift_page(gift, at=at), request.GET.get("from", "")
        pause = _pause(request) if gift.state == GiftState.STARTED and came_from == "checkout" else None
        context = {"gift": page, "came_from": came_from, "looks_again": pause is not None}
        response = render(request, "diaspora/gift.html", context)
        if pause is not None:
            response["Refresh"] = pause
        return response


@method_decorator(never_cache, name="dispatch")
class PayView(View):
    """The way back to the card service for a gift that was started and not paid."""

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Lead back to the gift: this is where a reload or a link to a refused form ends."""
        return redirect("gift", pk=pk)

    def post(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Lead to the same hosted page as before: one gift has one payment."""
        gift = get_object_or_404(Gift.objects.select_related("project", "payment"), pk=pk)
        at = timezone.now()
        if gift.state != GiftState.STARTED or not turns.is_last(gift) or not giving.takes_gifts(gift.project, at=at):
            return redirect("gift", pk=gift.pk)
        if limits.reached(request, email=gift.email, at=at):
            return HttpResponseRedirect(address(gift, "toomany"))
        try:
            return away(checkout.send_to_provider(gift.payment, at=at))
        except (ProviderUnreachable, ProviderRefused):
            return HttpResponseRedirect(address(gift, "unreachable"))
        except (checkout.AlreadyPaid, checkout.TimeRanOut) as end:
            return HttpResponseRedirect(address(gift, ENDS[end.code]))


def away(url: str) -> HttpResponseRedirect:
    """Send the browser elsewhere after a POST, where it asks with GET. Settings allow the hosted page's address to forms."""
    return HttpResponseRedirect(url, status=303)


def address(gift: Gift, came_from: str) -> str:
    """Return where the page of `gift` stands, for one who comes from there: one of `ENDS`, `cancel` or another word of `gift_sentence`."""
    return f"{reverse('gift', args=[gift.pk])}?from={came_from}"


def _pause(request: HttpRequest) -> str | None:
    """Return when and where the browser looks again whether the gift has arrived; nothing once it has looked often enough."""
    number = LOOKS.get(request.GET.get("looks", ""))
    return None if number is None else f"{PAUSES[number]}; url=?from=checkout&looks={number + 1}"


def _follow(gift: Gift, at: datetime) -> None:
    """Bring the gift up to date now, so that its page is whole; what is busy or contended is left to the worker."""
    with suppress(matching.PoolWasBusy, FundOverdrawn, OperationalError):
        giving.follow(gift.payment_id, at=at)
