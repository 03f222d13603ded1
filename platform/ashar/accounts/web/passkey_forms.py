"""Forms of passkeys, in words.

allauth's leave the label of the name to Django, which makes it of the field's own, English, name; and of a passkey that did
not come, which happens where JavaScript is off, they say “This field is required”.
"""

from allauth.mfa.webauthn import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 100
WITHOUT_SCRIPT = _(
    "A passkey needs JavaScript, which is switched off in your browser. Every other way to sign in works without it."
)


def credential() -> forms.JSONField:
    """Return the field that a script fills with what the passkey says."""
    return forms.JSONField(widget=forms.HiddenInput, error_messages={"required": WITHOUT_SCRIPT})


class AddPasskeyForm(theirs.AddWebAuthnForm):
    """A new passkey, with a name to tell it from others by."""

    name = forms.CharField(label=_("Name"), required=False, max_length=MAX_LENGTH)
    credential = credential()


class SignInPasskeyForm(theirs.LoginWebAuthnForm):
    """Signing in by a passkey alone."""

    credential = credential()


class SecondPasskeyForm(theirs.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = credential()


class ProvingPasskeyForm(theirs.ReauthenticateWebAuthnForm):
    """A passkey that proves again who one is."""

    credential = credential()


class RenamePasskeyForm(theirs.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=MAX_LENGTH)
