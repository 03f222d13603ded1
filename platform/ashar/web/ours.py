"""Which of the installed apps are ours."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings


def our_apps() -> list[AppConfig]:
    """Return the installed apps whose source lies in this repository, lowest layer first (the reverse of settings)."""
    root = Path(settings.ROOT)
    return [config for config in reversed(list(apps.get_app_configs())) if _is_ours(Path(config.path), root)]


def folders() -> list[Path]:
    """Return the folders of our apps, in the same order."""
    return [Path(config.path) for config in our_apps()]


def _is_ours(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and "site-packages" not in path.parts
