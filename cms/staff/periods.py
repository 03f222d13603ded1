"""Closing a period of the books: a day is chosen, what that means is said, and then it is done for good."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.ledger import closing, queries
from ashar.ledger.models import Closing
from ashar.web import calendar
from cms.staff import policy


class PeriodForm(forms.Form):
    """Through which day, and whether whoever asks has read what it means."""

    through = forms.DateField(
        label=_("Last day to close"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Ask for the day, then for a yes, then close the books."""
    officer = policy.officer(request)
    form = PeriodForm(request.POST or None, initial={"through": last_month_end(closing.latest(timezone.now()))})
    closed = _closed(form, by=officer) if form.is_valid() else None
    if closed:
        day = calendar.day(closed.through)
        messages.success(request, gettext("The books are closed. Last closed day: %(day)s.") % {"day": day})
        return redirect("journals:index")
    return render(request, "cms/staff/period_form.html", {"form": form, **_told(form)})


def last_month_end(latest: date) -> date:
    """Return the last day of the last month that is over by the end of the day `latest`."""
    tomorrow = latest + timedelta(days=1)
    return tomorrow.replace(day=1) - timedelta(days=1)


def _closed(form: PeriodForm, *, by: User) -> Closing | None:
    """Close what the form says if it is sure, or let the form say why that cannot be."""
    through, now = form.cleaned_data["through"], timezone.now()
    try:
        if form.cleaned_data["sure"]:
            return closing.close(through, by=by, at=now)
        closing.check(through, at=now)
    except Refused as refusal:
        form.add_error("through", str(refusal))
    return None


def _told(form: PeriodForm) -> dict[str, Any]:
    """Return what the page says: until when the books are closed, and what closing them further would mean."""
    told: dict[str, Any] = {"last": queries.last_closing()}
    if form.is_bound and form.is_valid():
        through = form.cleaned_data["through"]
        told |= {"through": through, "journals": queries.journals_until(through)}
    return told
