"""What happens to pages by the clock."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from cms.links import looking
from cms.pages import event_letters
from diaspora import attendance

log = logging.getLogger(__name__)


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Publish what is due and withdraw what has expired. Idempotent: a revision is published once."""
    call_command("publish_scheduled", verbosity=0)


@shared_task(name="cms.look_after_links")
def look_after_links() -> None:
    """Write down which links of public pages lead nowhere on our own site, by what is known of others. Idempotent."""
    looking.look(at=timezone.now())


@shared_task(name="cms.ask_for_links")
def ask_for_links() -> None:
    """Ask other sites for what pages link to; where the settings do not allow it, nothing. Idempotent."""
    if settings.CHECK_LINKS_OUTSIDE:
        looking.ask_others(at=timezone.now())


@shared_task(name="cms.remind_of_events")
def remind_of_events() -> None:
    """Write to those who come to an event that begins within a day. Idempotent: a word is reminded of once.

    One letter that cannot be written keeps nobody else's back.
    """
    at = timezone.now()
    for word in attendance.due(at=at):
        try:
            event_letters.remind(word, at=at)
        except Exception:
            log.exception("A reminder could not be written: attendance %s", word.pk)
