"""The inbox of a signed-in person."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ashar.notices import inbox

if TYPE_CHECKING:
    from ashar.accounts.models import User

PAGE_SIZE = 20


@never_cache
@require_safe
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the person was told, newest first."""
    page = Paginator(inbox.of(_person(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page})


@never_cache
@require_safe
@login_required
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one notice and remember that it was opened; to others it does not exist."""
    item = get_object_or_404(inbox.of(_person(request)), notice_id=pk)
    inbox.read(item, at=timezone.now())
    return render(request, "notices/notice.html", {"notice": item.notice})


def _person(request: HttpRequest) -> "User":
    return cast("User", request.user)
