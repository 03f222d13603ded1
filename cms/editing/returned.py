"""A page that was sent back for changes waits for whoever sent it on its way, and its form says who sent it back and why."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from ashar.accounts.models import User
from cms.editing.lines import Line, line

BRIEF = 140  # signs of a comment on the desk; the form has all of it


def answers(person: User) -> QuerySet[TaskState]:
    """Return the answers by which pages of `person` came back and have not been sent on again, the longest waiting first."""
    back = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=person)
    return (
        TaskState.objects.filter(pk__in=back.values("current_task_state"))
        .select_related("finished_by", "task", "workflow_state")
        .order_by("finished_at", "pk")
    )


def lines(person: User, *, most: int) -> dict[int, Line]:
    """Return by key the pages that came back to `person`, who may still change them. Two queries."""
    found = {int(answer.workflow_state.object_id): answer for answer in answers(person)}
    may_change = page_permission_policy.instances_user_has_permission_for(person, "change")
    pages = may_change.filter(pk__in=list(found)).select_related("locale").in_bulk()
    waiting = [(pages[key], answer) for key, answer in found.items() if key in pages][:most]
    return {page.pk: line(page, sentence(answer, most=BRIEF), answer.finished_at) for page, answer in waiting}


def sentence(answer: TaskState, *, most: int = 0) -> str:
    """Return who sent a page back and what they ask for, in `most` signs of theirs where it is said."""
    comment = " ".join(answer.comment.split())
    told = {"person": (answer.finished_by and answer.finished_by.full_name) or answer.task.name}  # never an address
    if not comment:
        return _("Sent back by %(person)s: changes are asked for.") % told
    return _("Sent back by %(person)s: “%(comment)s”") % {
        **told,
        "comment": Truncator(comment).chars(most) if most else comment,
    }


def say(request: HttpRequest, page: Page) -> None:
    """Say at the head of the form of a page that came back what it came back for. A hook before Wagtail shows the form."""
    if request.method != "GET":
        return
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES and state.current_task_state:
        messages.warning(request, sentence(state.current_task_state))
