"""Forms of the account pages."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ashar import legible
from ashar.accounts.models import User


class FullName(forms.CharField):
    """A name as people write it, if they do; without controls that would turn round what stands after it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"})
        super().__init__(**{"label": _("Full name"), "required": False, "max_length": 200, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - whatever was sent
        """Return the name without them."""
        return legible.unturned(super().to_python(value) or "")


class SignUpForm(SignupForm):
    """An address, a name if the person likes, a password if the person likes."""

    full_name = FullName()
    field_order = ["email", "full_name", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters. Leave it empty to sign in by a code that we send to your e-mail each time."
        )


class ProfileForm(forms.ModelForm[User]):
    """Name and language of letters."""

    full_name = FullName()
    language = forms.ChoiceField(label=_("Language of our letters to you"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["full_name", "language"]


class ConfirmForm(forms.Form):
    """The code that was sent by mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )
