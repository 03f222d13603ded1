"""The desk on the front page of the admin: what waits for a person, what they began, what is scheduled, what reports say.

Everybody sees what is theirs by right and language; who neither handles pages nor decides in the staff rooms has no desk.
The number of queries does not grow with what lies on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import GroupApprovalTask, Page, Revision, TaskState
from wagtail.permissions import page_permission_policy

from ashar.accounts.models import User
from cms.editing import (
    broken,
    figures_apart,
    own_language,
    past_check,
    reports,
    returned,
    snippets_behind,
    to_translate,
    translated,
)
from cms.editing.broken import BrokenLinksReport
from cms.editing.figures_apart import FiguresApartReport
from cms.editing.lines import Line, line
from cms.editing.past_check import PastCheckReport
from cms.editing.reports import TranslationsReport
from cms.models import HomePage
from cms.staff import errands

MOST = 10  # lines under one heading; the reports and the list of pages have the rest


def back_to(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Lead whoever has answered in a step back to the desk, where Wagtail would lead to a list of pages that is closed to them."""
    if not request.POST.get("action-workflow-action") or request.POST.get("next"):
        return None
    seen = page_permission_policy.explorable_instances(request.user)
    return None if seen.filter(pk=page.get_parent().pk).exists() else redirect("wagtailadmin_home")


@dataclass(frozen=True, slots=True)
class Count:
    """How much a report lists for this person."""

    label: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on one desk. `is_of_pages`: whether there could be pages on it."""

    is_of_pages: bool
    errands: list[Line]
    tasks: list[Line]
    drafts: list[Line]
    scheduled: list[Line]
    counts: list[Count]


class DeskPanel(Component):
    """The desk as a panel of the front page."""

    name = "desk"
    template_name = "cms/editing/desk.html"
    order = 100

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ANN401 - a context of Django's
        """Add what lies on the desk of whoever asks."""
        desk = of(parent_context["request"].user, at=timezone.now())
        return {"desk": desk, "waiting": [*desk.errands, *desk.tasks]}


def lay(request: HttpRequest, panels: list[Component]) -> None:
    """Put the desk before `panels` for who has one. It says what waits, so Wagtail's own list of that goes."""
    if has_pages(request.user) or errands.has_any_room(request.user):
        panels[:] = [DeskPanel(), *(panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel))]


def has_pages(person: Any) -> bool:  # noqa: ANN401 - whoever is signed in
    """Say whether `person` does something with pages, or reads them on their way."""
    return page_permission_policy.user_has_any_permission(person, reports.WRITING) or reviews(person)


def reviews(person: Any) -> bool:  # noqa: ANN401 - whoever is signed in
    """Say whether some step of a page's way waits for a group of `person`."""
    return bool(GroupApprovalTask.objects.filter(active=True, groups__in=person.groups.all()).exists())


def of(person: User, *, at: datetime) -> Desk:
    """Return what lies on the desk of `person` at the moment `at`."""
    own = reports.changed_by(person)
    back = returned.lines(person, most=MOST)
    return Desk(
        is_of_pages=has_pages(person),
        errands=[Line(each.title, "", each.what, each.at, each.href) for each in errands.of(person, at=at)],
        tasks=[
            *_steps(person),
            *back.values(),
            *to_translate.lines(person, most=MOST),
            *past_check.lines(person, most=MOST),
        ],
        drafts=_drafts(person, own, but=back),
        scheduled=_scheduled(own, at),
        counts=_counts(person),
    )


def _steps(person: User) -> list[Line]:
    """Return the pages that wait for `person` in a step of the workflow, the longest waiting first."""
    waiting = (
        TaskState.objects.reviewable_by(person).select_related("task", "revision").order_by("started_at", "pk")[:MOST]
    )
    states = list(waiting)
    pages = Page.objects.select_related("locale").in_bulk([int(state.revision.object_id) for state in states])
    found = [(state, pages.get(int(state.revision.object_id))) for state in states]
    return [line(page, state.task.name, state.started_at) for state, page in found if page]


def _drafts(person: User, own: QuerySet[Page], *, but: Iterable[int]) -> list[Line]:
    """Return the pages that `person` began or changed last and that readers do not have so, unless planned, the newest first.

    What was handed on waits for its translators: nobody began it.
    """
    theirs = Q(owner=person) | Q(latest_revision__user=person)
    began = Page.objects.filter(theirs, pk__in=own, has_unpublished_changes=True).exclude(pk__in=list(but))
    written = began.exclude(pk__in=to_translate.handed_on().values("pk"))
    drafts = written.filter(latest_revision__approved_go_live_at__isnull=True)
    latest = drafts.select_related("locale").order_by("-latest_revision_created_at", "pk")[:MOST]
    return [line(page, "", page.latest_revision_created_at) for page in latest]


def _scheduled(own: QuerySet[Page], at: datetime) -> list[Line]:
    """Return what the worker will publish or withdraw, the next first."""
    pages = Page.objects.filter(pk__in=own).select_related("locale")
    keys = pages.annotate(text=Cast("pk", CharField())).values("text")
    coming = list(
        Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=keys).order_by(
            "approved_go_live_at"
        )[:MOST]
    )
    named = pages.in_bulk([int(revision.object_id) for revision in coming])
    lines = [line(named[int(each.object_id)], _("goes out"), each.approved_go_live_at) for each in coming]
    ending = pages.filter(live=True, expire_at__gt=at).order_by("expire_at", "pk")[:MOST]
    lines += [line(page, _("is withdrawn"), page.expire_at) for page in ending]
    return sorted(lines, key=lambda line: (line.at or at, line.title))[:MOST]


def _counts(person: User) -> list[Count]:
    """Return how much each report has for `person`; nothing for who may change no page."""
    if not page_permission_policy.user_has_any_permission(person, reports.WRITING):
        return []
    return [
        *_untranslated(person),
        _count(PastCheckReport, past_check.late(person)),
        _count(BrokenLinksReport, broken.mended_by(person)),
        *_figures(person),
    ]


def _untranslated(person: User) -> Iterator[Count]:
    """Yield how much is missing or outdated, pages and snippets, in each language in which `person` publishes."""
    publishing = page_permission_policy.instances_user_has_permission_for(person, "publish")
    homes = HomePage.objects.filter(pk__in=publishing.values("pk"))
    theirs = set(homes.values_list("locale__language_code", flat=True))
    href = reverse(TranslationsReport.index_url_name)
    kept = snippets_behind.behind() if theirs else []
    for code, name in settings.LANGUAGES:
        if code in theirs:
            label = _("Missing or outdated: %(language)s") % {"language": name}
            number = translated.behind(code).count() + sum(code in each.lacking for each in kept)
            yield Count(label, number, f"{href}?language={code}")


def _figures(person: User) -> Iterator[Count]:
    """Yield how many figures of the languages of `person` say something else than their source."""
    if own_language.languages_of(person):
        yield _count(FiguresApartReport, figures_apart.mended_by(person, figures_apart.found()))


def _count(report: Any, rows: QuerySet[Any]) -> Count:  # noqa: ANN401 - a report
    return Count(str(report.page_title), rows.count(), reverse(report.index_url_name))
