"""The wish of a person to be forgotten: how long it still may wait, and carrying it out after a second yes."""

from datetime import datetime
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext
from django.views.decorators.http import require_http_methods

from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.privacy import due, erasing
from ashar.privacy.models import ErasureRequest
from ashar.web import counting
from cms.staff import policy
from cms.staff.rooms import ALL

OPEN = "open"
DONE = _("The person is forgotten. A letter tells them.")


class WishFilter(django_filters.ChoiceFilter):
    """By whether a wish to be forgotten waits."""

    def __init__(self) -> None:
        """Offer the one answer."""
        super().__init__(label=_("Request to erase"), choices=[(OPEN, _("waits"))], empty_label=ALL)

    def filter(self, qs: QuerySet[User], value: str) -> QuerySet[User]:
        """Return the people of `qs` whose wish waits, if they are asked for."""
        return qs.filter(pk__in=due.still_open().values("person")) if value == OPEN else qs


def with_wishes() -> Prefetch:
    """Return what brings people their open wishes, for `left_of`. One query for any number."""
    return Prefetch("erasure_requests", queryset=due.still_open(), to_attr="wishes")


def left_of(person: Any) -> str:  # noqa: ANN401 - a person fetched `with_wishes`
    """Return how long the wish of `person` may still wait; nothing where none does."""
    return left(person.wishes[0], at=timezone.now()) if person.wishes else ""


def left(wish: ErasureRequest, *, at: datetime) -> str:
    """Return in words how many days are left to answer `wish`, or how many we are late."""
    days = due.of(wish, at=at).days_left
    words = (
        npgettext("to answer", "%(days)s day left", "%(days)s days left", days)
        if days >= 0
        else npgettext("to answer", "%(days)s day late", "%(days)s days late", -days)
    )
    return words % {"days": counting.written(abs(days))}


@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a yes, then carry out the wish `pk`."""
    administrator = policy.administrator(request)
    wish = get_object_or_404(ErasureRequest.objects.select_related("person"), pk=pk)
    try:
        erasing.check(wish, by=administrator)
        if request.method == "GET":
            return _asked(request, wish)
        erasing.carry_out(wish, by=administrator, at=timezone.now())
        messages.success(request, DONE)
    except Refused as refusal:
        _told(request, wish, refusal, by=administrator)
    return redirect("people:inspect", wish.person_id)


def _asked(request: HttpRequest, wish: ErasureRequest) -> HttpResponse:
    context = {"wish": wish, "left": left(wish, at=timezone.now())}
    return render(request, "cms/staff/forgetting.html", context)


def _told(request: HttpRequest, wish: ErasureRequest, refusal: Refused, *, by: User) -> None:
    """Say why it was refused; a second click of who has done it hears that it is done."""
    wish.refresh_from_db()
    if wish.carried_out_by_id == by.pk:
        messages.success(request, DONE)
    else:
        messages.error(request, str(refusal))
