"""What stands between a person and staff pages: their language, a second factor, a code by mail for who has nothing else."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ashar.accounts import factors, rules
from ashar.accounts.web import freshness, staff


def speak_own_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the two admins speak the language of the person's account, whatever their browser asks for.

    Stands after `LocaleMiddleware`, which knows nobody, and after sign-in. Addresses elsewhere say their language themselves.
    """

    def speak(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(staff.ADMINS) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return speak


class SecondFactor:
    """Stands after allauth's middleware. Costs nothing for visitors and on pages that are not guarded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: staff.View, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        """Send the person to prove more, or let them pass."""
        if staff.is_staff_page(request, view):
            return _at_the_staff_door(request)
        url_name = (request.resolver_match and request.resolver_match.url_name) or ""
        if freshness.needs_a_code(request, url_name):
            return _to("account_confirm", request)
        return None


def _at_the_staff_door(request: HttpRequest) -> HttpResponseBase | None:
    if not request.user.is_authenticated or not rules.works_here(request.user):
        return None  # the page itself sends visitors to sign in and refuses everybody else
    if not factors.has_one(request.user):
        messages.warning(request, _("Your work here needs a second factor. Set up an authenticator app or a passkey."))
        return _to("mfa_index", request)
    if not staff.passed_second_factor(request):
        methods = [method["id"] for method in get_adapter().get_reauthentication_methods(request.user)]
        second = next(method for method in methods if method.startswith("mfa_"))
        return _to(second.replace(":", "_"), request)
    if staff.shift_is_over(request):
        logout(request)
        return _to("account_login", request)
    return None


def _to(url_name: str, request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(url_name)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
