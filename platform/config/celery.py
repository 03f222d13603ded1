"""The queue: one Celery application for web, worker and beat."""

import os
import warnings

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import beat_init, worker_ready
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")

app = Celery("ashar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Our transport of files never reads a half-written message; it answers to kombu's own `filesystem://`.
TRANSPORT_ALIASES["filesystem"] = "ashar.outbox.file_broker:Transport"
# Root is who we are in a container; what the warning fears is pickle, and we accept JSON only.
warnings.filterwarnings("ignore", category=SecurityWarning)


@worker_ready.connect
def _worker_is_ready(**_: object) -> None:
    _leave_a_sign("worker")


@beat_init.connect
def _beat_is_ready(**_: object) -> None:
    _leave_a_sign("beat")


def _leave_a_sign(name: str) -> None:
    """Touch var/run/NAME: the supervisor waits for it, and a host may watch its date."""
    from django.conf import settings  # noqa: PLC0415 - Celery loads this module before Django's settings may be read

    folder = settings.VAR / "run"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()
