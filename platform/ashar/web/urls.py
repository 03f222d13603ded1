"""Addresses without a language: health, readiness and uploaded pictures."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from ashar.web import health, media

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
if settings.MEDIA_IS_LOCAL:
    urlpatterns.append(path("media/<path:path>", media.serve, name="media"))
