"""Calls: drafted and announced by editors, paid for by finance officers; each change is one verb."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import django_filters
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from ashar.accounts import roles
from ashar.ledger import queries as books
from ashar.web import calendar
from ashar.workflow import moving
from ashar.workflow.models import Transition
from cms.staff import call_forms, deciding, naming, policy
from cms.staff.exporting import fact, moment, sum_of
from cms.staff.rooms import ALL, Room, RoomIndex, RoomPage, Row, column, money_column, shown, title
from grants import calls, queries, rules, states
from grants.models import Call
from grants.models.calls import names_of_texts
from grants.states import BY_CLOCK, CallState


class CallsRead(policy.ReadOnly):
    """The room of calls: editors, finance officers, auditors and administrators."""

    readers = (roles.EDITOR, *policy.READERS)


class CallFilters(WagtailFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CallState.choices, empty_label=ALL)

    class Meta:
        model = Call
        fields = ["state"]


class CallIndex(RoomIndex):
    """All calls, and the way to draft one."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to draft a call, for those who may."""
        if not rules.may_run_calls(self.request.user):
            return []
        return [HeaderButton(_("Draft a call"), url=reverse("calls:draft"), icon_name="plus")]


class CallRoomPage(RoomPage):
    """One call, with what may be done to it now."""

    template_name = "cms/staff/call.html"
    page_title = _("Call")

    def get_page_subtitle(self) -> str:
        """Say which one and where it stands."""
        return f"{self.object} · {self.object.get_state_display()}"

    def rows(self) -> Iterator[Row]:
        """Yield what it offers, until when, what was paid in, and what happened to it."""
        call = self.object
        public, address = call.published_at is not None, queries.address(call.slug)
        yield Row(_("Public page"), address if public else None, address)
        yield Row(_("Largest grant"), shown(call.limit))
        yield Row(_("Som of grant"), call.ratio)
        yield Row(_("for every … som of the applicant's own"), call.per)
        yield Row(_("Paid into the budget"), shown(books.figures([call.fund])[call.fund_id].given))
        yield Row(_("Applications open"), calendar.moment(call.opens_at))
        yield Row(_("Deadline"), calendar.moment(call.closes_at))
        yield Row(_("Drafted"), call.drafted_at)
        yield Row(_("Announced"), call.published_at)
        names = names_of_texts()
        for name in call_forms.BY_LANGUAGE:
            yield Row(capfirst(names[name]), _told(getattr(call, name), name[-2:]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what this person may do to the call in its state."""
        user, call = self.request.user, self.object
        runs, lawful = rules.may_run_calls(user), states.CALL.lawful(call.state)
        is_draft = call.state == CallState.DRAFT
        context: dict[str, Any] = super().get_context_data(
            may_revise=runs and is_draft,
            may_publish=runs and "publish" in lawful,
            may_extend=runs and call.state in BY_CLOCK,
            may_cancel=runs and "cancel" in lawful and (is_draft or call.closes_at > timezone.now()),
            may_fund=rules.may_handle_budgets(user) and call.state != CallState.CANCELLED,
            seen=calls.edition(call),
            history=_history(call),
            payments=[(journal, books.turnover(journal)[0]) for journal in books.journals_of(call.fund)],
            reads_books=policy.may_read(user),
            reason_form=deciding.ReasonForm(
                _("Why it is cancelled; only staff reads this"), longest=calls.LONGEST_REASON
            ),
            **kwargs,
        )
        return context


def _history(call: Call) -> list[tuple[Any, Transition]]:
    """Return each state that the call came into, in words, with when, by whom and why."""
    return [(states.CALL.staff_label(move.to_state), move) for move in moving.history(call, table=states.CALL)]


def _told(text: str, code: str) -> SafeString:
    """Return a text with its lines, marked with its language; nothing where there is none."""
    lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.splitlines()))
    return format_html('<span lang="{}">{}</span>', code, lines) if text else SafeString()


_button = partial(deciding.button, of=Call, room="calls", who=call_forms.editor)
publish = _button(
    calls.publish, _("The call was announced. Its pages stand in three languages in a moment."), told=("seen",)
)
cancel = _button(calls.cancel, _("The call was cancelled."), told=("reason",))


class CallRoom(Room):
    """Calls, the latest deadline first."""

    model = Call
    name = "calls"
    icon = "form"
    menu_label = _("Calls")
    counted = ngettext_lazy("%(rows)s call", "%(rows)s calls", "number")
    menu_order = 155
    add_to_admin_menu = True
    index_view_class = CallIndex
    inspect_view_class = CallRoomPage
    inspect_template_name = "cms/staff/call.html"
    ordering = "-closes_at"
    related = ("fund",)
    search_fields = ["slug", "title_ky", "title_ru", "title_en"]
    search_backend_name = None
    list_display = [
        title("slug", _("Address"), "calls"),
        Column("title", label=_("Title"), accessor=lambda call: naming.text(call, "title")),
        column("state", _("State")),
        money_column("limit", _("Largest grant")),
        column("opens_at", _("Applications open")),
        column("closes_at", _("Deadline")),
    ]
    list_export = [
        fact("slug", _("Address")),
        fact("title_ky", _("Title in Kyrgyz")),
        fact("title_ru", _("Title in Russian")),
        fact("title_en", _("Title in English")),
        fact("state", _("State")),
        sum_of("limit", _("Largest grant")),
        moment("opens_at", _("Applications open")),
        moment("closes_at", _("Deadline")),
    ]
    filterset_class = CallFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add drafting and each change, an address of its own."""
        return [
            *super().get_urlpatterns(),
            path("draft/", call_forms.draft, name="draft"),
            path("inspect/<int:pk>/revision/", call_forms.revise, name="revise"),
            path("inspect/<int:pk>/payment/", call_forms.fund, name="fund"),
            path("inspect/<int:pk>/extension/", call_forms.extend, name="extend"),
            path("inspect/<int:pk>/announcement/", publish, name="publish"),
            path("inspect/<int:pk>/cancellation/", cancel, name="cancel"),
        ]
