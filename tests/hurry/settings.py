"""The site's settings for a town in a hurry.

The clock ticks often, what a killed process held is free again soon, and nobody waits for files to be compressed.
"""

from config.settings.site import *  # noqa: F403 - the same program
from config.settings.site import CELERY_BEAT_SCHEDULE, INSTALLED_APPS, STORAGES

EVERY = {"outbox.relay": 1, "payments.process_inbox": 1, "payments.resolve": 5, "cms.publish_scheduled": 1}  # seconds

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.hurry"]
OUTBOX_LEASE_SECONDS = 4
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": EVERY.get(entry["task"], entry["schedule"])}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
