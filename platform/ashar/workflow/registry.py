"""Which tables the installed apps have."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from ashar.workflow.table import Table


def tables() -> list[Table]:
    """Return every `Table` that stands in the `states` module of an installed app, by name. Imports those modules.

    Raises `ValueError` for two different tables of one name.
    """
    found: dict[str, Table] = {}
    for table in _tables_in_apps():
        if found.setdefault(table.entity, table) is not table:
            raise ValueError(f"Two tables are called {table.entity}: their histories could not be told apart.")
    return [found[name] for name in sorted(found)]


def _tables_in_apps() -> list[Table]:
    names = [f"{config.name}.states" for config in apps.get_app_configs()]
    modules = [import_module(name) for name in names if find_spec(name)]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Table)]
