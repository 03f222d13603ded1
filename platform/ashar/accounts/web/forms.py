"""Forms of the account pages."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ashar.accounts.models import User


class SignUpForm(SignupForm):
    """An address, a name if the person likes, a password if the person likes."""

    full_name = forms.CharField(
        label=_("Full name"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    field_order = ["email", "full_name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters. Leave it empty to sign in by a code that we send to your e-mail each time."
        )


class ProfileForm(forms.ModelForm[User]):
    """Name and language of letters."""

    language = forms.ChoiceField(label=_("Language of our letters to you"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["full_name", "language"]
        labels = {"full_name": _("Full name")}
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"})}


class ConfirmForm(forms.Form):
    """The code that was sent by mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
