"""What notices do by the clock."""

from celery import shared_task

from ashar.notices.models import Dispatch, Notice
from ashar.notices.personal_data import LAST_LETTER


@shared_task(name="notices.forget_last_letters")
def forget_last_letters(**_: object) -> None:
    """Forget the last letters to people whose account was erased, once nothing of them is on its way. Idempotent."""
    waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING).values("notice")
    Notice.objects.filter(kind=LAST_LETTER).exclude(pk__in=waiting).delete()
