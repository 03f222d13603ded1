"""Every migration of ours can be taken back, and keeps schema, triggers and data apart."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations import Migration, RunPython, RunSQL

from tests.architecture import sources


def ours() -> dict[str, Migration]:
    """Read our own files only: a neighbour's migration asks the database while it is imported."""
    found = {}
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        if folder.is_relative_to(sources.ROOT) and ".venv" not in folder.parts:
            for path in sorted(folder.glob("[0-9]*.py")):
                module = import_module(f"{config.name}.migrations.{path.stem}")
                found[f"{config.label}.{path.stem}"] = module.Migration(path.stem, config.label)
    return found


LOADED = ours()


@pytest.mark.parametrize("migration", LOADED.values(), ids=LOADED.keys())
def test_migration_can_be_taken_back(migration: Migration) -> None:
    assert [operation.describe() for operation in migration.operations if not operation.reversible] == []


@pytest.mark.parametrize("migration", LOADED.values(), ids=LOADED.keys())
def test_schema_and_data_do_not_share_a_migration(migration: Migration) -> None:
    by_hand = [isinstance(operation, RunPython | RunSQL) for operation in migration.operations]

    assert all(by_hand) or not any(by_hand)
