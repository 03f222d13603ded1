"""A day or an hour that somebody types is answered by the form, as any other field is, and the form says by whose clock it is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils.functional import lazystr
from wagtail.admin.panels import PublishingPanel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from cms.readers_zone import ReadersZone


def let_forms_answer() -> None:
    """Keep Wagtail's calendar from putting this very moment in the place of what it cannot read: the page would go out at once."""
    for kind in (AdminDateInput, AdminDateTimeInput):
        kind.get_config = _leaving_what_is_typed(kind.get_config)


def name_the_zone() -> None:
    """Say beside the hours of a schedule in which zone they are: that of whoever is reading, in their language."""
    of_wagtail = PublishingPanel.__init__

    def make(panel: PublishingPanel, **told: Any) -> None:
        of_wagtail(panel, **told)
        for hour in panel.children:
            hour.help_text = lazystr(ReadersZone())

    PublishingPanel.__init__ = make


def _leaving_what_is_typed(of_wagtail: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    @wraps(of_wagtail)
    def get_config(self: Any) -> dict[str, Any]:  # noqa: ANN401 - either of the two
        return {**of_wagtail(self), "validateOnBlur": False}

    return get_config
