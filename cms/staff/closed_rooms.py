"""Wagtail's own pages on users and groups, closed: they change people past the verbs, the audit log and the erasers."""

from wagtail.admin.viewsets.base import ViewSet
from wagtail.users.apps import WagtailUsersAppConfig


class Closed(ViewSet):
    """A room without addresses and without a place in the menu."""

    def on_register(self) -> None:
        """Show nothing: neither a menu entry nor a tab beside the search."""


class WagtailUsers(WagtailUsersAppConfig):
    """`wagtail.users`, which keeps people's preferences in the admin; people themselves stand in `cms.staff.people`."""

    user_viewset = "cms.staff.closed_rooms.Closed"
    group_viewset = "cms.staff.closed_rooms.Closed"
