from django.utils.translation import gettext_lazy, override

from ashar.workflow import Table, drawing
from tests.ashar.workflow.conftest import LETTER


def test_mermaid_draws_every_move_with_its_ends():
    lamp = Table("lamp", {"go": (("red",), "green"), "break": (("red", "green"), "dark")})

    assert drawing.mermaid(lamp).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> red",
        "    red --> green: go",
        "    red --> dark: break",
        "    green --> dark: break",
        "    dark --> [*]",
    ]


def test_a_move_that_stays_in_place_makes_neither_a_beginning_nor_an_end():
    lamp = Table("lamp", {"polish": (("red",), "red")})

    assert drawing.mermaid(lamp).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> red",
        "    red --> red: polish",
        "    red --> [*]",
    ]


def test_states_are_listed_with_both_labels():
    assert drawing.states_list(LETTER).splitlines() == [
        "| State | Staff read | The public reads | What may follow |",
        "| --- | --- | --- | --- |",
        "| `waiting` | Waiting | Waiting | `take`, `bury` |",
        "| `taken` | Taken | On its way | `return`, `bury` |",
        "| `done` | Done | Done | nothing: it is final |",
        "| `dead` | Dead | Dead | `return` |",
    ]


def test_moves_are_listed_with_their_states():
    assert drawing.moves_list(LETTER).splitlines() == [
        "| Verb | From | To |",
        "| --- | --- | --- |",
        "| `take` | `waiting` | `taken` |",
        "| `return` | `taken`, `dead` | `waiting` |",
        "| `bury` | `waiting`, `taken` | `dead` |",
    ]


def test_the_page_is_the_same_whoever_writes_it():
    with override("ru"):
        russian = drawing.page([LETTER])
    with override("en"):
        english = drawing.page([LETTER])

    assert russian == english


def test_a_bar_in_a_label_does_not_break_the_table():
    lamp = Table("lamp", {"go": (("red",), "green")}, public={"red": gettext_lazy("stop | wait")})

    assert "| `red` | red | stop \\| wait | `go` |" in drawing.states_list(lamp).splitlines()


def test_the_page_has_a_section_for_each_table():
    lamp = Table("street_lamp", {"go": (("red",), "green")})

    headings = [line for line in drawing.page([LETTER, lamp]).splitlines() if line.startswith("#")]

    assert headings == ["# States", "## Letter", "## Street lamp"]
