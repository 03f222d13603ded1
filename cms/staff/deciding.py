"""A button on the page of one row: a verb is done to the row by whoever may, and the page says what came of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ashar.accounts.models import User
from ashar.errors import Refused
from cms.staff import policy


class ReasonForm(forms.Form):
    """Beside a button: why, in a sentence."""

    def __init__(self, label: Any, *, longest: int) -> None:  # noqa: ANN401 - a lazy string
        super().__init__()
        words = forms.Textarea(attrs={"rows": 3})
        self.fields["reason"] = forms.CharField(label=label, max_length=longest, widget=words)


def button(
    verb: Callable[..., object],
    sentence: Any,  # noqa: ANN401 - a lazy string
    *,
    of: type[Model],
    room: str,
    who: Callable[[HttpRequest], User] = policy.officer,
    told: tuple[str, ...] = (),
) -> Callable[[HttpRequest, Any], HttpResponse]:
    """Return the view that does `verb` to a row `of` its `room` and says `sentence`, or why it was refused.

    `who` returns who acts by a request, or raises; `told` names the fields of the form that the verb asks for.
    """

    @require_POST
    def view(request: HttpRequest, pk: Any) -> HttpResponse:  # noqa: ANN401 - the key of any row
        person = who(request)
        row = get_object_or_404(of, pk=pk)
        try:
            verb(
                row,
                **{name: request.POST.get(name, "").replace("\r\n", "\n") for name in told},
                by=person,
                at=timezone.now(),
            )
            messages.success(request, sentence)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{room}:inspect", pk)

    return view
