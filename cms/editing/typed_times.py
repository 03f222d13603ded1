"""A day or an hour that somebody types is answered by the form, as any other field is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def let_forms_answer() -> None:
    """Keep Wagtail's calendar from putting this very moment in the place of what it cannot read: the page would go out at once."""
    for kind in (AdminDateInput, AdminDateTimeInput):
        kind.get_config = _leaving_what_is_typed(kind.get_config)


def _leaving_what_is_typed(of_wagtail: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    @wraps(of_wagtail)
    def get_config(self: Any) -> dict[str, Any]:  # noqa: ANN401 - either of the two
        return {**of_wagtail(self), "validateOnBlur": False}

    return get_config
