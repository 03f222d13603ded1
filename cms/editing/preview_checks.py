"""What axe looks at in the preview beside the form: what an editor can set right, and only the part that is theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class PreviewChecker(ContentCheckerItem):
    """Wagtail's checker over the main part of our pages, with two rules more."""

    axe_include = ["#main"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", "identical-links-same-purpose"]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("A picture without words"),
            "help_text": _("Say what it shows, or that it is decoration"),
        },
        "identical-links-same-purpose": {
            "error_name": _("Equal words lead to different places"),
            "help_text": _("Let each link say where it leads"),
        },
    }


def instead_of_wagtails(items: list[Any]) -> None:
    """Put our checker in the place of Wagtail's, wherever it stands in `items`."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PreviewChecker(in_editor=item.in_editor)
