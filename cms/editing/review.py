"""The way of a page from its author over the proof-reader to the publisher. Wagtail writes the mails."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from ashar.accounts import roles

# Names are kept in rows, which know no reader's language: so they say it in each. See docs/language.md.
NAME = "Автор, корректор, редактор · Author, proof-reader, editor"
STEPS = (
    ("Текстти текшерүү · Вычитка · Proof-reading", roles.PROOFREADER),
    ("Жарыялоо · Публикация · Publishing", roles.EDITOR),
)


def plant(homes: Iterable[Page]) -> Workflow:
    """Create the workflow with its two steps where it is missing, and let it stand for everything below `homes`.

    Idempotent: of a workflow that is there, its steps stay as administrators have set them.
    """
    workflow, is_new = Workflow.objects.get_or_create(name=NAME)
    for order, (name, role) in enumerate(STEPS if is_new else ()):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(*Group.objects.filter(name=role))
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=order)
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    return workflow
