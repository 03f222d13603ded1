"""Staff pages: those of the two admins, and every view marked by `staff_page`. They open only after a second factor."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from ashar.accounts import rules
from ashar.accounts.web import freshness

View = Callable[..., HttpResponseBase]

ADMINS = ("/cms/", "/django-admin/")
LONGEST_SHIFT = timedelta(hours=12)


def staff_page(view: View) -> View:
    """Let only people who work here into `view`, and only after their second factor (the middleware sees the mark)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.works_here(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    marked: View = login_required(guarded)
    vars(marked)["staff_page"] = True  # the mark that the middleware looks for
    return marked


def is_staff_page(request: HttpRequest, view: View) -> bool:
    """Say whether `view` at this address is for staff."""
    return request.path_info.startswith(ADMINS) or getattr(view, "staff_page", False)


def passed_second_factor(request: HttpRequest) -> bool:
    """Say whether the second factor was used in this session."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def shift_is_over(request: HttpRequest) -> bool:
    """Say whether staff must sign in anew: the last proof in this session is older than a long working day."""
    return freshness.age(request) > LONGEST_SHIFT.total_seconds()
