import sys
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from ashar.workflow import Table, drawing, registry
from tests.ashar.workflow.conftest import LETTER


@pytest.fixture
def states_of(monkeypatch):
    """Give an app a `states` module for the length of a test."""

    def install(app, **tables):
        module = ModuleType(f"{app}.states")
        vars(module).update(tables)
        module.__spec__ = sys.modules[app].__spec__
        monkeypatch.setitem(sys.modules, f"{app}.states", module)

    return install


def test_tables_are_found_in_the_states_of_installed_apps(states_of):
    states_of("ashar.outbox", LETTER=LETTER, SAME=LETTER, something_else=1)

    assert [table for table in registry.tables() if table is LETTER] == [LETTER]


def test_tables_come_in_order_of_their_names(states_of):
    states_of("ashar.outbox", LETTER=LETTER, LAMP=Table("a_lamp", {"go": (("red",), "green")}))

    names = [table.entity for table in registry.tables()]

    assert names == sorted(names)
    assert names[0] == "a_lamp"


def test_two_tables_of_one_name_are_refused(states_of):
    states_of("ashar.outbox", LETTER=LETTER, OTHER=Table("letter", {"go": (("red",), "green")}))

    with pytest.raises(ValueError, match="Two tables are called letter"):
        registry.tables()


def test_states_writes_the_page_and_then_calls_it_fresh(tmp_path, capsys):
    page = tmp_path / "states.md"

    call_command("states", path=page)
    call_command("states", "--check", path=page)

    assert page.read_text(encoding="utf-8") == drawing.page(registry.tables())
    assert capsys.readouterr().out.splitlines() == [f"{page} is written.", f"{page} is fresh."]


@pytest.mark.parametrize("text", [None, "# States\n"])
def test_check_fails_for_a_page_that_is_missing_or_stale(tmp_path, text):
    page = tmp_path / "states.md"
    if text:
        page.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"is stale: run `manage.py states`"):
        call_command("states", "--check", path=page)
