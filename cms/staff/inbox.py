"""What the card service told us, with the quarantine: events that did not fit our rows and wait for a person."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import django_filters
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from ashar.accounts import rules
from ashar.payments import inbox
from ashar.payments.models import WebhookEvent
from ashar.payments.states import EVENTS, EventState
from cms.staff import deciding, wording
from cms.staff.exporting import Cell, fact, moment
from cms.staff.rooms import ALL, Room, RoomPage, Row, column, title


class EventFilters(WagtailFilterSet):
    """By state and type."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=EventState.choices, empty_label=ALL)
    type = django_filters.CharFilter(label=_("Event type"), lookup_expr="icontains")

    class Meta:
        model = WebhookEvent
        fields = ["state", "type"]


class EventPage(RoomPage):
    """One event, and the two ways out of the quarantine."""

    template_name = "cms/staff/event.html"
    page_title = _("Event")

    def get_page_subtitle(self) -> str:
        """Say what it is about and how far it is."""
        return f"{self.object.type} · {self.object.get_state_display()}"

    def rows(self) -> Iterator[Row]:
        """Yield what the card service told and what came of it; the object itself is looked at in its own dashboard."""
        event = self.object
        yield Row(_("State"), event.get_state_display())
        yield Row(_("Reason"), wording.reason(event))
        yield Row(_("Attempts"), event.attempts)
        yield Row(_("Number at the card service"), event.event_id)
        yield Row(_("About"), event.object_id)
        yield Row(_("Happened"), event.created_at)
        yield Row(_("Came in"), event.received_at)
        yield Row(_("Version of the interface"), event.api_version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether this person may send the event round again or set it aside."""
        waiting = EVENTS.allows("retry", self.object.state)
        context: dict[str, Any] = super().get_context_data(
            may_retry=waiting and rules.handles_money(self.request.user), **kwargs
        )
        return context


_button = partial(deciding.button, of=WebhookEvent, room="events")
look_again = _button(inbox.retry, _("The event will be looked at again."))
set_aside = _button(inbox.ignore, _("The event was set aside."))


class InboxRoom(Room):
    """Events, newest first."""

    model = WebhookEvent
    name = "events"
    icon = "mail"
    menu_label = _("Inbox and quarantine")
    counted = ngettext_lazy("%(rows)s event", "%(rows)s events", "number")
    inspect_view_class = EventPage
    inspect_template_name = "cms/staff/event.html"
    ordering = "-id"
    list_display = [
        title("received_at", _("Came in"), "events"),
        column("type", _("Event type")),
        column("state", _("State")),
        Column("reason", label=_("Reason"), accessor=wording.reason, sort_key="reason"),
        column("attempts", _("Attempts")),
        column("event_id", _("Number at the card service")),
    ]
    list_export = [
        fact("event_id", _("Number at the card service")),
        fact("type", _("Event type")),
        fact("state", _("State")),
        Cell(_("Reason"), wording.reason),
        fact("attempts", _("Attempts")),
        fact("object_id", _("About")),
        moment("created_at", _("Happened")),
        moment("received_at", _("Came in")),
    ]
    filterset_class = EventFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add the two ways out of the quarantine: round again, and aside for good."""
        return [
            *super().get_urlpatterns(),
            path("inspect/<int:pk>/retry/", look_again, name="retry"),
            path("inspect/<int:pk>/dismissal/", set_aside, name="set_aside"),
        ]
