"""How forms are drawn and how their errors are told (rules: GOV.UK Design System, validation and error summary)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form and field of the site from `components/`."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"


class _Plain:
    """Checked by the server only: the browser's own bubbles speak the phone's language, not the page's."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class Form(_Plain, forms.Form):
    """A form of the site."""


class ModelForm(_Plain, forms.ModelForm):  # type: ignore[type-arg]
    """A form over a row."""


class AmountChoices(forms.RadioSelect):
    """Radio buttons drawn as cards: a sum, and below it what it buys (`notes`: value → sentence)."""

    def __init__(self, *args: Any, notes: Mapping[str, object] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = notes or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's signature
        """Return Django's option with the note of its value."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return {**option, "note": self.notes.get(str(value), "")}


def error_links(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Return (element id, sentence) of every field error in the order of the form's fields.

    The sentence begins with the field's label, so that it says enough on its own. The id is that of the element a person
    can act on: the first radio button of a group, the input otherwise.
    """
    shown = [bound for bound in form if not bound.is_hidden]
    return [(_target(bound), _sentence(str(bound.label), str(error))) for bound in shown for error in bound.errors]


def _sentence(label: str, error: str) -> str:
    return f"{label} {error}" if label.endswith((":", "?", "!", ".")) else f"{label}: {error}"


def _target(bound: forms.BoundField) -> str:
    if bound.id_for_label:
        return bound.id_for_label
    return f"{bound.auto_id}_0"
