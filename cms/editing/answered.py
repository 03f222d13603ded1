"""What an editor is told after a button: in which step a page is now, and what was not done because of a mistake in the form.

Wagtail says “saved” after “Approve”, and “not saved” of a page that was not published though its draft is kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, WorkflowState

from ashar.web import calendar
from cms.editing.spoken_anew import said

NOT_DONE = {
    "action-publish": gettext_lazy("Not published: the form has mistakes, each is marked."),
    "action-submit": gettext_lazy("Not sent on its way: the form has mistakes, each is marked."),
}


def let_buttons_answer() -> None:
    """Let Wagtail say of a page in a step what became of it, and of a form with mistakes what was not done."""
    EditView.add_save_confirmation_message = _telling_of_the_step(EditView.add_save_confirmation_message)
    WorkflowActionView.post = _telling_after(WorkflowActionView.post)
    messages.validation_error = _telling_what_was_not_done(messages.validation_error)


def tell(request: HttpRequest, page: Page) -> None:
    """Say where `page`, which somebody has just answered in a step, is now: with whom next, with readers, or with its author."""
    page = Page.objects.get(pk=page.pk).specific
    buttons = [messages.button(page.url, said("View live"))] if page.live and not page.scheduled_revision else []
    messages.success(request, sentence(page), buttons=buttons)


def sentence(page: Page) -> str:
    """Return what became of `page` by the last answer in a step of its way; hours are by the active clock, which is named."""
    told = {"page": page.get_admin_display_title()}
    state = page.workflow_states.order_by("-pk").first()
    planned = page.scheduled_revision
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("“%(page)s” was sent back: changes are asked for.") % told
    if page.current_workflow_task:
        return _("“%(page)s” is approved. Next step: %(step)s.") % {**told, "step": page.current_workflow_task.name}
    if planned:
        at = calendar.moment(planned.approved_go_live_at)
        return _("“%(page)s” is approved and goes out by itself: %(at)s.") % {**told, "at": at}
    if page.live:
        return _("“%(page)s” is approved and published.") % told
    return _("“%(page)s” is approved.") % told


def _telling_of_the_step(of_wagtail: Callable[[EditView], None]) -> Callable[[EditView], None]:
    @wraps(of_wagtail)
    def add_save_confirmation_message(view: EditView) -> None:
        if view.action_name_and_method[0] == "perform_workflow_action":
            tell(view.request, view.page)
        else:
            of_wagtail(view)

    return add_save_confirmation_message


def _telling_after(of_wagtail: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(of_wagtail)
    def post(view: WorkflowActionView, request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        answer = of_wagtail(view, request, *args, **told)
        view.task_state.refresh_from_db()
        if view.task_state.finished_at:  # a form that lacks its comment ends nothing
            tell(request, view.object)
        return answer

    return post


def _telling_what_was_not_done(of_wagtail: Callable[..., None]) -> Callable[..., None]:
    @wraps(of_wagtail)
    def validation_error(request: HttpRequest, message: str, form: Any, buttons: Any = None) -> None:  # noqa: ANN401 - any form
        refused = next((words for action, words in NOT_DONE.items() if action in request.POST), None)
        of_wagtail(request, str(refused or message), form, buttons)

    return validation_error
