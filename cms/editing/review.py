"""The way of a page from its author over the proof-reader to the publisher. Wagtail writes the mails.

Each tree has its own workflow: the last step names those who publish in that tree, and so one of Wagtail's own kind of step
asks, tells and shows exactly them. See docs/decisions/0007.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.locks import WorkflowLock
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from ashar.accounts import roles
from ashar.accounts.models import User

# Names are kept in rows, which know no reader's language: so they say it in each. See docs/language.md.
NAME = "Автор, корректор, редактор · Author, proof-reader, editor"
PROOFREADING = "Текстти текшерүү · Вычитка · Proof-reading"
PUBLISHING = "Жарыялоо · Публикация · Publishing"


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


def _publishes(row: object, user: User) -> bool:
    return isinstance(row, Page) and bool(row.permissions_for_user(user).can_publish())


def plant(homes: Iterable[Page]) -> None:
    """Create the workflow of each tree with its two steps where it is missing, and let it stand for all below its home.

    Idempotent: of a workflow that is there, its steps stay as administrators have set them, and so does one they chose.
    """
    for home in homes:
        code = home.locale.language_code
        workflow, is_new = Workflow.objects.get_or_create(name=named(NAME, code))
        if is_new:
            _add_steps(workflow, code)
        WorkflowPage.objects.filter(page=home, workflow__name=NAME).update(workflow=workflow)  # once it was one for all
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


def named(name: str, code: str) -> str:
    """Return the name that a workflow or step bears in the tree of one language."""
    return f"{name} ({code})"


def _add_steps(workflow: Workflow, code: str) -> None:
    steps = (
        _step(PROOFREADING, roles.PROOFREADER),
        _step(named(PUBLISHING, code), roles.EDITOR, roles.EDITORS[code]),
    )
    for order, task in enumerate(steps):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)


def _step(name: str, *reading: str) -> Task:
    """Return the step of this name, for the groups `reading` when it is made here; trees may share one."""
    found = GroupApprovalTask.objects.filter(name=name, active=True).first()
    if found:
        return found.task_ptr
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(*Group.objects.filter(name__in=reading))
    return task.task_ptr
