"""The addresses where Django's and Wagtail's own sign-in forms stood. Stands before them in the root `urls.py`.

Wagtail's actions on many people at once (roles, closing, deleting) are closed here too: they come with its hooks and would
go round the verbs.

There is one way in, allauth's. Who is signed in and still comes here was refused by the page behind: that is a 403, for
sending them back would go round in circles.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ashar.accounts.django_admin import opens_to
from ashar.accounts.models import User

Door = Callable[[HttpRequest], HttpResponseRedirect]


def entrance(may_enter: Callable[[User], bool], home: str) -> Door:
    """Return a view that sends visitors to sign in, those who may enter onwards, and refuses the rest."""

    def view(request: HttpRequest, **_captured: str) -> HttpResponseRedirect:
        wanted = _wanted(request) or home
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
        if not may_enter(request.user):
            raise PermissionDenied
        return HttpResponseRedirect(wanted)

    return view


def _wanted(request: HttpRequest) -> str:
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def closed(request: HttpRequest, **_captured: str) -> HttpResponse:  # noqa: ARG001 - a view
    """Say that there is nothing here."""
    raise Http404


urlpatterns = [
    path("cms/bulk/accounts/user/<path:action>", closed),
    path("django-admin/login/", entrance(opens_to, "/django-admin/")),
    path("cms/login/", entrance(lambda user: user.has_perm("wagtailadmin.access_admin"), "/cms/")),
    re_path(r"^(?:ky|ru|en)/_util/login/$", entrance(lambda _user: False, "/")),
]
