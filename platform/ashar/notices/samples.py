"""The kinds of notices that the installed apps have, and the facts with which each is previewed."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps


def kinds() -> list[str]:
    """Return every kind that has a folder `templates/notices/<kind>/` in an installed app, by name."""
    folders = [Path(config.path) / "templates" / "notices" for config in apps.get_app_configs()]
    return sorted({text.parent.name for folder in folders for text in folder.glob("*/*.txt")})


def facts_of(kind: str) -> dict[str, Any]:
    """Return the sample facts of `kind`; `LookupError` when no app's `notice_samples.SAMPLES` has it."""
    found: dict[str, dict[str, Any]] = {name: facts for module in _modules() for name, facts in module.SAMPLES.items()}
    return found[kind]


def _modules() -> list[ModuleType]:
    names = [f"{config.name}.notice_samples" for config in apps.get_app_configs()]
    return [import_module(name) for name in names if find_spec(name)]
