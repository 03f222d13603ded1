"""Addresses without a language: health, readiness, the browser's worker and uploaded pictures."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from ashar.web import health, media, offline

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("offline-worker.js", offline.worker, name="offline-worker"),
]
if settings.MEDIA_IS_LOCAL:
    urlpatterns.append(path("media/<path:path>", media.serve, name="media"))
