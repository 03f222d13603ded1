"""Workflow: how a row may change its state, and the history of when it did.

- *state*: the value of a row's `state` column, one of its `TextChoices`.
- *verb*: the name of what somebody does (`open`, `close`); it moves a row from one state to another.
- *table*: all lawful verbs of one entity, written out literally in the `states.py` of its app.
- *move*: one lawful change of state, done by `moving.move` and by nothing else.
- *transition*: the row that remembers a move: who, when, from where to where.
- *staff label, public label*: two names of one state, for those who work with it and for everybody else.
- *drawing*: a table shown as a diagram and as a list; `manage.py states` writes both to docs/states.md.
"""

from ashar.workflow.table import Table

__all__ = ["Table"]
