"""The Django app `privacy`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    """`ashar.privacy`."""

    name = "ashar.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Read what every part says about the personal data it holds."""
        autodiscover_modules("personal_data")
