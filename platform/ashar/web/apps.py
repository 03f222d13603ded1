"""The Django app `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`ashar.web`."""

    name = "ashar.web"
    label = "web"

    def ready(self) -> None:
        """Register our own readiness probes."""
        from ashar.web import probes, readiness  # noqa: PLC0415 - probes import the ORM, which needs the apps

        readiness.register("database", probes.database)
        readiness.register("migrations", probes.migrations)
