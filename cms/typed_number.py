"""A number as people type it: kept in digits with a point, shown to each editor as their language writes it."""

import re
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar.money import typed
from ashar.web import counting

KEPT = re.compile(r"\d{1,15}(?:\.\d{1,3})?")
WRITE_NUMBER = _("Write a number from 0 up, such as 12, 5,5 or 1 234,50.")


class TypedNumber(forms.CharField):
    """Reads what `ashar.money.typed` reads: 1063000, 1 063 000, 30,5 and 30.5."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**{**told, "max_length": typed.LONGEST_TEXT})

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return plain digits, or nothing for nothing; refuse in a sentence what could mean two numbers or none."""
        text = super().to_python(value) or ""
        try:
            return typed.plain(text) if text else ""
        except (typed.Ambiguous, typed.TooFine) as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        except typed.Unreadable as refusal:  # which speaks of amounts
            raise ValidationError(WRITE_NUMBER, code=refusal.code) from refusal

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 - likewise
        """Return the kept digits as they are written in the active language; what cannot be kept stays as it was typed."""
        return counting.typed(value) if isinstance(value, str) and KEPT.fullmatch(value) else value


class NumberField(models.CharField):
    """A column of such digits."""

    def formfield(self, **told: Any) -> Any:  # noqa: ANN401 - likewise
        """Return the field of a form that reads what people type."""
        return super().formfield(**{"form_class": TypedNumber, **told})


class NumberBlock(blocks.FieldBlock):
    """The same in a block."""

    def __init__(self, *, required: bool = True, help_text: str | None = None, **told: Any) -> None:
        self.field_options = {"required": required, "help_text": help_text}
        super().__init__(**told)

    @cached_property
    def field(self) -> TypedNumber:
        """The field of the form."""
        return TypedNumber(**self.field_options)
