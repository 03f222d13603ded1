"""Celery: the queue and its clock. The database stays the truth; a lost message is sent again from the outbox."""

from pathlib import Path
from typing import Any

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 25
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Bishkek"


def _every(seconds: int, task: str) -> dict[str, Any]:
    """Describe a task of the clock. One that no worker took until the next is due is dropped: they must not pile up."""
    return {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 30)}}


_DAY = 24 * 3600
CELERY_BEAT_SCHEDULE = {
    "relay the outbox": _every(5, "outbox.relay"),
    "show that a worker works": _every(15, "outbox.heartbeat"),
    "work through the webhook inbox": _every(10, "payments.process_inbox"),
    "look for payments that never came back": _every(60, "payments.resolve"),
    "ask the provider for events that never came": _every(_DAY, "payments.catch_up"),
    "fetch exchange rates": _every(3600, "money.fetch_rates"),
    "prove the books": _every(600, "ledger.check"),
    "publish pages that are due": _every(15, "cms.publish_scheduled"),
    "look after links": _every(3600, "cms.look_after_links"),
    "ask other sites for links": _every(1800, "cms.ask_for_links"),
    "remind of events that are near": _every(3600, "cms.remind_of_events"),
    "close projects whose last day is over": _every(3600, "diaspora.close_past"),
    "open and close calls by the clock": _every(60, "grants.follow_clock"),
    "forget answers nobody came back to": _every(60, "diaspora.forget_answers"),
    "forget messages that are done": _every(_DAY, "outbox.forget"),
    "forget sessions that are over": _every(_DAY, "accounts.forget_sessions"),
    "forget what is past its date": _every(_DAY, "privacy.keep"),
    "forget where last letters went": _every(3600, "notices.forget_last_letters"),
}


def queue_settings(redis_url: str, folder: Path) -> dict[str, Any]:
    """Return the broker's settings: Redis when there is one, else files under `folder`."""
    if redis_url:
        return {"CELERY_BROKER_URL": redis_url, "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 900}}
    return {
        "CELERY_BROKER_URL": "filesystem://localhost//",  # without a host kombu warns
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(folder / "messages"),
            "data_folder_out": str(folder / "messages"),
            "control_folder": str(folder / "control"),
        },
    }
