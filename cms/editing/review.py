"""The way of a page from its author over the proof-reader to the publisher. Wagtail writes the mails.

Each tree has its own workflow: the last step names those who publish in that tree, and so one of Wagtail's own kind of step
asks, tells and shows exactly them. See docs/decisions/0007.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask

from ashar.accounts import roles

# Names are kept in rows, which know no reader's language: so they say it in each. See docs/language.md.
NAME = "Автор, корректор, редактор · Author, proof-reader, editor"
PROOFREADING = "Текстти текшерүү · Вычитка · Proof-reading"
PUBLISHING = "Жарыялоо · Публикация · Publishing"


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
