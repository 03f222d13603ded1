"""What somebody typed into a block and no field takes: an address without its beginning, half an e-mail, a number in words.

A draft keeps it, and its form shows it again. Wherever a page reads it, it is nothing: by whatever door a draft goes out,
readers do not meet it. Who publishes in the form is asked to set it right.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Self

from django.core.exceptions import ValidationError
from wagtail.blocks import EmailBlock, FieldBlock, IntegerBlock, RegexBlock, URLBlock

from cms.typed_number import NumberBlock

LONGEST = 1000  # signs; more is no slip of the hand


class AsTyped(str):
    """An empty text that remembers what was typed in its place."""

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, typed: str = "") -> Self:
        """Return nothing for pages, and `typed` for the form."""
        nothing = super().__new__(cls, "")
        nothing.typed = typed
        return nothing


def number(value: Any) -> int | None:  # noqa: ANN401 - what an `IntegerBlock` holds
    """Return the number that a block holds, or nothing where it holds none yet."""
    return value if isinstance(value, int) else None


def slip(stored: Any) -> str:  # noqa: ANN401 - what any block stores
    """Return what was typed where a block stores what its field does not take; nothing where it stores anything else."""
    return str(stored["typed"]) if isinstance(stored, dict) and stored.keys() == {"typed"} else ""


def let_drafts_keep_it() -> None:
    """Let blocks of one address or one number keep in a draft what they refuse in what is published."""
    for kind in (URLBlock, EmailBlock, RegexBlock, IntegerBlock, NumberBlock):
        kind.clean = _keeping(kind.clean)
        kind.to_python = _hiding(kind.to_python)
        kind.value_for_form = _typed
        kind.get_prep_value = _marked


def _keeping(check: Callable[[FieldBlock, Any], Any]) -> Callable[[FieldBlock, Any], Any]:
    @wraps(check)
    def clean(block: FieldBlock, value: Any) -> Any:  # noqa: ANN401 - a block's own
        try:
            return check(block, value)
        except ValidationError:
            typed = str(_typed(block, value))
            if not block.is_deferred_validation or len(typed) > LONGEST:
                raise
            return AsTyped(typed)

    return clean


def _hiding(read: Callable[[FieldBlock, Any], Any]) -> Callable[[FieldBlock, Any], Any]:
    @wraps(read)
    def to_python(block: FieldBlock, value: Any) -> Any:  # noqa: ANN401 - likewise
        return AsTyped(value["typed"]) if isinstance(value, dict) else read(block, value)

    return to_python


def _typed(_block: FieldBlock, value: Any) -> Any:  # noqa: ANN401 - likewise
    return value.typed if isinstance(value, AsTyped) else value


def _marked(_block: FieldBlock, value: Any) -> Any:  # noqa: ANN401 - likewise
    """Return what is stored: a slip in a wrapping, so that it is told from what was right, or was imported."""
    return {"typed": value.typed} if isinstance(value, AsTyped) else value
