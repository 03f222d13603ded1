"""Bends allauth's forms to the way forms are drawn here."""

from django import forms, template
from django.contrib.auth.password_validation import password_validators_help_texts

register = template.Library()


@register.filter
def plain(form: forms.BaseForm) -> forms.BaseForm:
    """Return `form` without placeholders that repeat the label, without the browser's own checks, with help in one line."""
    form.use_required_attribute = False
    form.label_suffix = ""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        if "<ul" in str(field.help_text):  # Django lists what a password needs; a list cannot stand in a paragraph
            field.help_text = " ".join(password_validators_help_texts())
    return form
