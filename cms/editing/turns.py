"""Forms with blocks are checked one after the other: Wagtail notes in the block itself that a draft may still lack something.

All threads of a process share the blocks of a page type. Without turns, a form that saves itself, its preview and the form
of a colleague meet in them: a draft is refused for what it may lack, or a page goes out without what readers need.
"""

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any

from wagtail.blocks import BlockField

_turn = RLock()


def let_forms_take_turns() -> None:
    """Let a thread check the blocks of a form when no other one does. Checks write nothing, so none waits for a lock of the database."""
    BlockField.clean = _in_turn(BlockField.clean)


def _in_turn(check: Callable[[BlockField, Any], Any]) -> Callable[[BlockField, Any], Any]:
    @wraps(check)
    def clean(self: BlockField, value: Any) -> Any:  # noqa: ANN401 - what a block holds
        with _turn:
            return check(self, value)

    return clean
