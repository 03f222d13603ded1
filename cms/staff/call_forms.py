"""The forms of the room of calls: what a call offers, money that came in for it, and a deadline that moves."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.models import fields_for_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ashar import language
from ashar.errors import Refused
from ashar.money import Money, printed, typed
from ashar.web import slugs
from ashar.workflow.moving import UnlawfulMove
from cms.address_field import AddressInput
from cms.pages.addressed import WRITE_LATIN
from cms.readers_zone import ReadersZone
from cms.staff import policy
from grants import calls, rules
from grants.calls import Conditions
from grants.models import Call
from grants.models.calls import TEXTS, WORDS, names_of_texts
from grants.refusals import CallIsCancelled, CallIsPublished
from grants.states import BY_CLOCK, CallState

MOMENT = "%Y-%m-%dT%H:%M"
SHARES = [(number, str(number)) for number in range(1, 11)]
LONG = ("terms", "applying")
BY_LANGUAGE = [f"{word}_{code}" for code in language.LANGUAGES for word in WORDS]  # as one writes them


class SomField(forms.CharField):
    """A sum in som, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=typed.LONGEST_TEXT, help_text=_("In som, for example 250 000."), **kwargs)

    def clean(self, value: Any) -> Money:  # noqa: ANN401 - what was posted
        """Return the sum, or say why it is none."""
        try:
            return typed.parse(super().clean(value), "KGS")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


class MomentField(forms.DateTimeField):
    """A day and an hour by the clock of whoever fills in the form, which the form names."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        formats = [MOMENT, "%Y-%m-%d %H:%M"]
        super().__init__(widget=widget, input_formats=formats, help_text=lazystr(ReadersZone()), **kwargs)


class CallForm(forms.Form):
    """What a call offers, in three languages, and its address, which stays once it has one."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=80,
        widget=AddressInput,
        error_messages={"invalid": WRITE_LATIN},
        help_text=_("In Latin letters; it cannot change later."),
    )

    def __init__(self, data: Any = None, *, call: Call | None = None) -> None:  # noqa: ANN401 - what was posted
        """Begin from `call`, or from nothing."""
        super().__init__(data, initial=_told(call) if call else {"ratio": 1, "per": 1})
        if call:
            del self.fields["slug"]
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, initial=calls.edition(call))
        texts = fields_for_model(Call, fields=TEXTS, widgets=_boxes(), labels=_labels())
        self.fields.update({name: texts[name] for name in BY_LANGUAGE})
        self.fields["limit"] = SomField(label=_("Largest grant"))
        for name, label in (("ratio", _("Som of grant")), ("per", _("for every … som of the applicant's own"))):
            self.fields[name] = forms.TypedChoiceField(label=label, choices=SHARES, coerce=int)
        self.fields["opens_at"] = MomentField(label=_("Applications open"))
        self.fields["closes_at"] = MomentField(label=_("Deadline"))

    def clean_slug(self) -> str:
        """Return the address, or say that it is not written as we write addresses."""
        slug: str = self.cleaned_data["slug"]
        if slugs.slug(slug) != slug:
            raise forms.ValidationError(WRITE_LATIN)
        return slug

    def conditions(self) -> Conditions:
        """Return what the filled form says."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in {"slug", "seen"}}
        texts = {name: told.pop(name) for name in TEXTS}
        return Conditions(texts=texts, **told)


class PaymentForm(forms.Form):
    """Money of the programme that came in."""

    amount = SomField(label=_("Amount"))
    reference = forms.CharField(
        label=_("Reference"), max_length=100, help_text=_("What the bank calls the transfer. The same one counts once.")
    )


class ExtensionForm(forms.Form):
    """The later deadline."""

    closes_at = MomentField(label=_("Deadline"))


editor = policy.whoever(rules.may_run_calls)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Draft a call."""
    person = editor(request)
    form = CallForm(request.POST or None)

    def do() -> Call:
        return calls.draft(form.cleaned_data["slug"], conditions=form.conditions(), by=person, at=timezone.now())

    return _answer(request, form, do, title=gettext("Draft a call"), done=gettext("The draft was kept."))


@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    person, call = editor(request), get_object_or_404(Call, pk=pk)
    if call.state != CallState.DRAFT:
        return _back(request, call, CallIsPublished())
    form = CallForm(request.POST or None, call=call)

    def do() -> Call:
        calls.revise(call, conditions=form.conditions(), seen=form.cleaned_data["seen"], by=person, at=timezone.now())
        return call

    return _answer(request, form, do, title=gettext("Change the draft"), done=gettext("The draft was kept."), call=call)


@require_http_methods(["GET", "POST"])
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """Book money that came in for a call."""
    officer, call = policy.officer(request), get_object_or_404(Call.objects.select_related("fund"), pk=pk)
    if call.state == CallState.CANCELLED:
        return _back(request, call, CallIsCancelled())
    form = PaymentForm(request.POST or None)

    def do() -> Call:
        calls.fund(call, **form.cleaned_data, by=officer, at=timezone.now())
        return call

    done = gettext("The transfer stands in the budget of the call, once.")
    return _answer(request, form, do, title=gettext("Book money into the budget"), done=done, call=call)


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the deadline."""
    person, call = editor(request), get_object_or_404(Call, pk=pk)
    if call.state not in BY_CLOCK:
        return _back(request, call, UnlawfulMove(state=call.get_state_display()))
    form = ExtensionForm(request.POST or None, initial={"closes_at": timezone.localtime(call.closes_at)})

    def do() -> Call:
        calls.extend(call, **form.cleaned_data, by=person, at=timezone.now())
        return call

    return _answer(
        request, form, do, title=gettext("Move the deadline"), done=gettext("The deadline was moved."), call=call
    )


def _answer(
    request: HttpRequest, form: forms.Form, do: Callable[[], Call], *, title: str, done: str, call: Call | None = None
) -> HttpResponse:
    """Do what a right form asks and lead to the call; else show the form, with the refusal if there was one."""
    if form.is_valid():
        try:
            made = do()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("calls:inspect", made.pk)
    return render(request, "cms/staff/call_form.html", {"form": form, "title": title, "call": call})


def _back(request: HttpRequest, call: Call, refusal: Refused) -> HttpResponse:
    """Lead to the call, saying why there is no form for what was asked: nobody fills in one that can only be refused."""
    messages.error(request, str(refusal))
    return redirect("calls:inspect", call.pk)


def _told(call: Call) -> dict[str, Any]:
    """Return what a form of `call` begins with."""
    moments = {name: timezone.localtime(getattr(call, name)) for name in ("opens_at", "closes_at")}
    texts = {name: getattr(call, name) for name in TEXTS}
    return {**texts, **moments, "limit": printed.plain(call.limit), "ratio": call.ratio, "per": call.per}


def _boxes() -> dict[str, type[forms.Widget] | forms.Widget]:
    """Return the box for each text, marked with its language, so that it is read aloud and checked as such."""
    return {
        name: forms.Textarea(attrs={"lang": name[-2:], "rows": 6})
        if name.startswith(LONG)
        else forms.TextInput(attrs={"lang": name[-2:]})
        for name in TEXTS
    }


def _labels() -> dict[str, str]:
    """Return the names of the texts as they begin a line."""
    return {column: capfirst(name) for column, name in names_of_texts().items()}
