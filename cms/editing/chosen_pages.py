"""A page that a block has chosen is named to whoever translates the block, in their language where it stands there.

The translators' tool asks Wagtail's API, which answers of pages that somebody may explore, and takes no other answer: an
editor of one language would read for ever that the page is being looked up.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.found.pages import is_closed


@never_cache
@require_admin_access
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer of a page that whoever asks may explore as Wagtail does; of another with key and title of `named_to`, no more."""
    if page_permission_policy.explorable_instances(request.user).filter(pk=pk).exists():
        return _of_wagtail(request, pk)
    page = named_to(request.user, pk)
    if page is None:
        told = {"id": pk, "title": _("This page is not published.")}
        return JsonResponse(told, status=403)  # what is 404 is led on to an address with a language
    return JsonResponse({"id": page.pk, "title": page.title})


def named_to(person: Any, pk: int) -> Page | None:  # noqa: ANN401 - whoever asks
    """Return which page stands for the one with the key `pk`: its version that `person` may explore, or itself if all may read it."""
    keys = Page.objects.filter(pk=pk).values("translation_key")
    own = page_permission_policy.explorable_instances(person).filter(translation_key__in=keys, depth__gt=1)
    return own.order_by("pk").first() or Page.objects.live().exclude(is_closed()).filter(pk=pk, depth__gt=1).first()


def _of_wagtail(request: HttpRequest, pk: int) -> HttpResponse:
    from wagtail.admin.api.urls import admin_api  # noqa: PLC0415 - it reads the hooks of every app, and one of ours leads here

    answer: HttpResponse = admin_api.wrap_view(PagesAdminAPIViewSet.as_view({"get": "detail_view"}))(request, pk=pk)
    return answer
