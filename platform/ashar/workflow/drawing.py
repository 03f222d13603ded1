"""A table drawn for people: a mermaid diagram and lists in markdown."""

from collections.abc import Iterable

from django.utils import translation

from ashar.workflow.table import Table

OPENING = """\
# States

Written by `manage.py states` from the tables in each app's `states.py`; do not edit by hand.
"""


def mermaid(table: Table) -> str:
    """Return `table` as a mermaid state diagram: entry states first, then one arrow per lawful move."""
    moves = [(source, target, verb) for verb, (sources, target) in table.transitions.items() for source in sources]
    targets = {target for source, target, _ in moves if source != target}
    sources = {source for source, target, _ in moves if source != target}
    states = table.all_states()
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state}" for state in states if state not in targets]
    lines += [f"    {source} --> {target}: {verb}" for source, target, verb in moves]
    lines += [f"    {state} --> [*]" for state in states if state not in sources]
    return "\n".join(lines)


def states_list(table: Table) -> str:
    """Return the states of `table` with both labels as a markdown table, in English."""
    with translation.override("en"):
        rows = [
            (f"`{state}`", str(table.staff_label(state)), str(table.public_label(state)), _verbs(table, state))
            for state in table.all_states()
        ]
    return _markdown(("State", "Staff read", "The public reads", "What may follow"), rows)


def moves_list(table: Table) -> str:
    """Return the verbs of `table` as a markdown table."""
    rows = [
        (f"`{verb}`", ", ".join(f"`{source}`" for source in sources), f"`{target}`")
        for verb, (sources, target) in table.transitions.items()
    ]
    return _markdown(("Verb", "From", "To"), rows)


def page(tables: Iterable[Table]) -> str:
    """Return the whole of docs/states.md."""
    return "\n".join([OPENING, *(_section(table) for table in tables)])


def _section(table: Table) -> str:
    title = table.entity.replace("_", " ").capitalize()
    diagram = f"```mermaid\n{mermaid(table)}\n```"
    return "\n\n".join([f"## {title}", states_list(table), moves_list(table), diagram]) + "\n"


def _verbs(table: Table, state: str) -> str:
    return ", ".join(f"`{verb}`" for verb in table.lawful(state)) or "nothing: it is final"


def _markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruler = tuple("---" for _ in head)
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in (head, ruler, *rows))
