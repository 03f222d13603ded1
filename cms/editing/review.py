"""The way of a page from its author over the proof-reader to the publisher. Wagtail writes the mails.

Each tree has its own workflow: the last step names those who publish in that tree, and so one of Wagtail's own kind of step
asks, tells and shows exactly them. See docs/decisions/0007.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import Group
from wagtail.admin.mail import WorkflowStateSubmissionEmailNotifier
from wagtail.locks import WorkflowLock
from wagtail.models import GroupApprovalTask, Page, Task, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from ashar.accounts import roles
from ashar.accounts.models import User


class Named(NamedTuple):
    """What a workflow and its two steps are called in the language of their tree: rows know no reader's."""

    way: str
    proofreading: str
    publishing: str


# No two languages may share a name: it is what a row is found by. See docs/language.md.
NAMES = {
    "ky": Named("Текшерүү жана жарыялоо", "Текстти текшерүү", "Жарыялоо"),
    "ru": Named("Вычитка и публикация", "Вычитка", "Публикация"),
    "en": Named("Proof-reading and publishing", "Proof-reading", "Publishing"),
}
WAGTAILS_OWN = "Moderators approval"
# What they were called when each name said it in all languages, and one step of proof-reading was shared.
FORMER = Named(
    "Автор, корректор, редактор · Author, proof-reader, editor",
    "Текстти текшерүү · Вычитка · Proof-reading",
    "Жарыялоо · Публикация · Publishing",
)


class LockedButForPublishers(WorkflowLock):
    """While a page waits in a step, those edit it who answer there, and those who may publish it without any step."""

    def for_user(self, user: User) -> bool:
        """Say whether it keeps `user` from editing."""
        return bool(super().for_user(user)) and not _publishes(self.object, user)


def let_publishers_take_over() -> None:
    """Open a page that waits in the step of another to those who may publish it: to write, to publish, to end its way.

    They still answer in no step but their own.
    """
    of_wagtail = WorkflowState.user_can_cancel

    def may_cancel(state: WorkflowState, user: User) -> bool:
        page = state.content_object
        return bool(of_wagtail(state, user)) or (
            _publishes(page, user) and not (page.locked and page.locked_by != user)
        )

    GroupApprovalTask.lock_class = LockedButForPublishers
    WorkflowState.user_can_cancel = may_cancel


def let_steps_alone_write() -> None:
    """Tell administrators once that a page was sent on its way: in the letter on its first step, which they get as well."""

    def nobody(_notifier: WorkflowStateSubmissionEmailNotifier, _state: WorkflowState, **_facts: object) -> set[User]:
        return set()

    WorkflowStateSubmissionEmailNotifier.get_recipient_users = nobody


def _publishes(row: object, user: User) -> bool:
    return isinstance(row, Page) and bool(row.permissions_for_user(user).can_publish())


def plant(homes: Iterable[Page]) -> None:
    """Create the workflow of each tree with its two steps where it is missing, and let it stand for all below its home.

    Idempotent: of a workflow that is there, its steps stay as administrators have set them, and so does one they chose. What
    still bears the name of an earlier version is called anew.
    """
    for home in homes:
        code = home.locale.language_code
        _call_anew(code)
        stands = WorkflowPage.objects.filter(page=home).exclude(workflow__name=FORMER.way)  # once it was one for all
        if not stands.exists():
            WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": _workflow(code)})


def _workflow(code: str) -> Workflow:
    names = NAMES[code]
    found: Workflow | None = Workflow.objects.filter(name=names.way).order_by("pk").first()
    if found:
        return found
    _end_wagtails_own()
    workflow = Workflow.objects.create(name=names.way)
    steps = (_step(names.proofreading, roles.PROOFREADER), _step(names.publishing, roles.EDITOR, roles.EDITORS[code]))
    for order, task in enumerate(steps):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def _end_wagtails_own() -> None:
    """End the way that Wagtail plants above all trees, with its step for moderators, whom we do not have."""
    for kind in (Workflow, Task):
        for found in kind.objects.filter(name=WAGTAILS_OWN, active=True):
            found.deactivate()


def _step(name: str, *reading: str) -> Task:
    """Make a step for the groups `reading`: an administrator's own of the same name may be for others."""
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(*Group.objects.filter(name__in=reading))
    return task.task_ptr


def _call_anew(code: str) -> None:
    """Give the workflow and the steps of a tree the names they have now, and the tree a step of proof-reading of its own."""
    names = NAMES[code]
    Task.objects.filter(name=f"{FORMER.publishing} ({code})").update(name=names.publishing)
    for workflow in Workflow.objects.filter(name=f"{FORMER.way} ({code})"):
        Workflow.objects.filter(pk=workflow.pk).update(name=names.way)
        for shared in GroupApprovalTask.objects.filter(name=FORMER.proofreading, workflow_tasks__workflow=workflow):
            _own(workflow, shared, names.proofreading)


def _own(workflow: Workflow, shared: GroupApprovalTask, name: str) -> None:
    """Give `workflow` a step `name` in the place of one it shares: that one, when nobody else needs it, else its like.

    What waits in the step, or has passed it, has passed its own.
    """
    if not WorkflowTask.objects.filter(task=shared).exclude(workflow=workflow).exists():
        Task.objects.filter(pk=shared.pk).update(name=name)
        return
    own = GroupApprovalTask.objects.create(name=name, active=shared.active)
    own.groups.set(shared.groups.all())
    WorkflowTask.objects.filter(workflow=workflow, task=shared).update(task=own)
    TaskState.objects.filter(workflow_state__workflow=workflow, task=shared).update(task=own)
