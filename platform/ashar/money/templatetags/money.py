"""`{% load money %}`: `{{ amount|money }}` prints an amount in the active language."""

from django import template

from ashar.money import Money, printed

register = template.Library()


@register.filter
def money(amount: Money | str | None, form: str = "") -> str:
    """Print `amount`, with decimals where there are any; `{{ amount|money:"plain" }}` prints the bare number for a form field.

    A missing amount prints nothing.
    """
    if not isinstance(amount, Money):
        if amount:
            raise TypeError(f"the money filter prints Money, not {type(amount).__name__}")
        return ""
    return _FORMS[form](amount)


_FORMS = {"": printed.show, "plain": printed.plain}
