"""The form that the styleguide shows: one field of each kind."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ashar.web.forms import AmountChoices, Form

AMOUNTS = [("1000", "10 USD"), ("2500", "25 USD"), ("5000", "50 USD"), ("other", _("Another amount"))]
NOTES = {"1000": _("Books for one pupil"), "2500": _("A desk and a chair"), "5000": _("A window for a classroom")}


class SampleForm(Form):
    """One field of each kind."""

    amount = forms.ChoiceField(label=_("How much do you give?"), choices=AMOUNTS, widget=AmountChoices(notes=NOTES))
    name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"})
    )
    email = forms.EmailField(
        label=pgettext_lazy("field", "E-mail"),
        help_text=_("The receipt goes here."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    shown_as = forms.ChoiceField(
        label=_("How should we show your name?"),
        choices=[("named", _("In full")), ("initials", _("Initials")), ("anonymous", _("Not at all"))],
        widget=forms.RadioSelect,
    )
    city = forms.ChoiceField(
        label=_("City"), choices=[("", "—"), ("msk", _("Moscow")), ("ist", _("Istanbul"))], required=False
    )
    message = forms.CharField(label=_("A word to the village"), widget=forms.Textarea({"rows": 4}), required=False)
    news = forms.BooleanField(label=_("Write to me when the work is done"), required=False)


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file that was sent before."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class SampleUpload(Form):
    """Files: a new one that is needed, and one that is already there."""

    estimate = forms.FileField(
        label=_("Estimate of the costs"),
        help_text=_("PDF or a photo, at most 10 MB."),
        widget=forms.FileInput({"accept": ".pdf,image/jpeg,image/png"}),
    )
    letter = forms.FileField(
        label=_("Letter of the village"),
        required=False,
        initial=SampleFile("кат.pdf", "#"),
        widget=forms.ClearableFileInput,
    )
