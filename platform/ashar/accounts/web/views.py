"""The account page and what can be done on it."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from ashar.accounts import home, profiles, queries
from ashar.accounts.web import confirming
from ashar.accounts.web.forms import ConfirmForm, ProfileForm
from ashar.accounts.web.requests import SignedIn
from ashar.privacy import erasing, exporting


@method_decorator(never_cache, "dispatch")
class Own(LoginRequiredMixin, View):
    """A page of the signed-in person; never stored by anything on the way."""


class Home(Own):
    """What concerns the person: where signing in leads."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Show the blocks of the person's roles."""
        blocks = home.blocks(request.user, at=timezone.now())
        return render(request, "accounts/home.html", {"blocks": blocks})


class Account(Own):
    """Name, language, ways to sign in, data."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Show the page."""
        return self._show(request, ProfileForm(instance=request.user))

    def post(self, request: SignedIn) -> HttpResponse:
        """Save name and language; go on in the chosen language."""
        form = ProfileForm(request.POST, instance=queries.copy_of(request.user))
        if not form.is_valid():
            return self._show(request, form)
        profiles.change(request.user, **form.cleaned_data, by=request.user, at=timezone.now())
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
            return redirect("account")

    def _show(self, request: SignedIn, form: ProfileForm) -> HttpResponse:
        return render(request, "accounts/account.html", {"form": form, "account": queries.account_page(request.user)})


class Sessions(Own):
    """All sessions of the person."""

    def post(self, request: SignedIn) -> HttpResponse:
        """End all others; this one lives on."""
        profiles.end_sessions(request.user, by=request.user, at=timezone.now())
        update_session_auth_hash(request, request.user)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("account")


@method_decorator(reauthentication_required, "post")
class Export(Own):
    """All that we hold on the person."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Show what will be in the file and why we hold it."""
        return render(request, "accounts/export.html", {"held": queries.held()})

    def post(self, request: SignedIn) -> HttpResponse:
        """Give the file."""
        document = exporting.export(request.user, by=request.user, at=timezone.now())
        named = {"Content-Disposition": 'attachment; filename="ashar-my-data.json"'}
        return JsonResponse(document, headers=named, json_dumps_params={"ensure_ascii": False, "indent": 2})


@method_decorator(reauthentication_required, "post")
class Erasure(Own):
    """The person's wish to be forgotten."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Say what goes and what must stay."""
        return render(request, "accounts/erasure.html", {"open": erasing.open_request_of(request.user)})

    def post(self, request: SignedIn) -> HttpResponse:
        """Take the wish down."""
        erasing.ask(request.user, by=request.user, at=timezone.now())
        messages.success(request, _("We have taken down your request and will answer within 30 days."))
        return redirect("account")


class ErasureWithdrawal(Own):
    """The wish taken back."""

    def post(self, request: SignedIn) -> HttpResponse:
        """Close the open wish, if there is one."""
        if wish := erasing.open_request_of(request.user):
            erasing.withdraw(wish, by=request.user, at=timezone.now())
            messages.success(request, _("Your request is withdrawn; your account stays."))
        return redirect("account")


class Confirm(Own):
    """A code by mail, for people who have neither a password nor a second factor."""

    def get(self, request: SignedIn) -> HttpResponse:
        """Offer to send a code, or ask for the one that was sent."""
        return self._show(request, ConfirmForm())

    def post(self, request: SignedIn) -> HttpResponseBase:
        """Send a code, or take it."""
        if "send" in request.POST:
            return self._send(request)
        form = ConfirmForm(request.POST)
        if form.is_valid() and confirming.accept(request, form.cleaned_data["code"]):
            return HttpResponseRedirect(get_next_redirect_url(request) or reverse("account"))
        if form.is_valid():
            form.add_error("code", _("This code is not right or no longer valid."))
        return self._show(request, form)

    def _send(self, request: SignedIn) -> HttpResponse:
        if not confirming.send(request):
            too_many: HttpResponse = respond_429(request)
            return too_many
        return redirect(request.get_full_path())

    def _show(self, request: SignedIn, form: ConfirmForm) -> HttpResponse:
        facts: dict[str, Any] = {"form": form, "waiting": confirming.waiting(request)}
        return render(request, "accounts/confirm.html", facts)
