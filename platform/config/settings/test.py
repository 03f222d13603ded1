"""Settings of the tests: the same program with fast hashing, a mailbox in memory and folders of its own."""

import os
import tempfile
from pathlib import Path

from config.settings.queue import queue_settings
from config.settings.site import *  # noqa: F403 - the same program
from config.settings.site import DATABASES, STORAGES

# One folder per test process: runs beside one another never meet. The tests' conftest.py makes it and removes it.
VAR = Path(tempfile.gettempdir()) / f"ashar-tests-{os.getpid()}"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
globals().update(queue_settings("", VAR / "queue"))  # in either profile; a test that is about Redis asks for it by name

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "pages", "pages-version", "cards", "answers")
}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that threads meet in one database as the site's processes do; it need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
