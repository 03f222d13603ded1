"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")

application = get_wsgi_application()

from config import guarding  # noqa: E402 - models are there only now

guarding.refuse_demo_people()
