"""The Django app `places`."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PlacesConfig(AppConfig):
    """`ashar.places`."""

    name = "ashar.places"
    label = "places"

    def ready(self) -> None:
        """Let every database sort in Kyrgyz."""
        from ashar.places import sorting  # noqa: PLC0415 - as in the other apps: what reads the ORM comes when apps are ready

        connection_created.connect(sorting.teach, dispatch_uid="places.sorting")
