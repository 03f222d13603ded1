"""Forms of passkeys: allauth's leave the label of the name to Django, which makes it of the field's own, English, name."""

from allauth.mfa.webauthn import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 100


class AddPasskeyForm(theirs.AddWebAuthnForm):
    """A new passkey, with a name to tell it from others by."""

    name = forms.CharField(label=_("Name"), required=False, max_length=MAX_LENGTH)


class RenamePasskeyForm(theirs.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name"), max_length=MAX_LENGTH)
