"""The composition root: settings, URLs, WSGI, ASGI and Celery. It imports everyone and is imported by no one."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
