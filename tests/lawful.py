"""States × verbs: tries every verb in every state and asserts that exactly the lawful ones work.

def test_a_project_obeys_its_table(db, project_in):
    verbs = {"open": lambda project: projects.open(project, by=leader, at=AT), ...}

    lawful.assert_obeyed(states.PROJECT, make=project_in, verbs=verbs)
"""

from collections.abc import Callable, Mapping

from django.db import models

from ashar.workflow import Table, moving
from ashar.workflow.models import Transition

Verbs = Mapping[str, Callable[[models.Model], object]]


def assert_obeyed(table: Table, *, make: Callable[[str], models.Model], verbs: Verbs) -> None:
    """Assert that `verbs` do what `table` says in every state: no more, no less, each lawful move remembered once.

    `make(state)` returns a fresh saved row in that state, fit for every rule but the state. `verbs` has a callable for
    every verb of the table; it takes the row. Other errors than `UnlawfulMove` come through.
    """
    assert sorted(verbs) == sorted(table.transitions), "every verb of the table is tried"
    pairs = [(state, verb) for state in table.all_states() for verb in table.transitions]

    worked = {(state, verb) for state, verb in pairs if _works(table, make(state), verb, verbs[verb])}

    assert worked == {(state, verb) for state, verb in pairs if table.allows(verb, state)}


def _works(table: Table, row: models.Model, verb: str, act: Callable[[models.Model], object]) -> bool:
    before, moves = _stored_state(row), _moves(table, row)
    try:
        act(row)
    except moving.UnlawfulMove:
        assert (_stored_state(row), _moves(table, row)) == (before, moves), f"a refused {verb} changed the row"
        return False
    assert _stored_state(row) == table.target(verb)
    assert _moves(table, row) == [*moves, (verb, before, table.target(verb))]
    return True


def _stored_state(row: models.Model) -> str:
    return type(row)._base_manager.values_list("state", flat=True).get(pk=row.pk)


def _moves(table: Table, row: models.Model) -> list[tuple[str, str, str]]:
    moves = Transition.objects.filter(entity=table.entity, entity_id=str(row.pk)).order_by("pk")
    return list(moves.values_list("verb", "from_state", "to_state"))
