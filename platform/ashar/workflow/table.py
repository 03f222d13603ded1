"""The literal table of an entity's states and verbs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise

Transitions = Mapping[str, tuple[tuple[str, ...], str]]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The lawful moves of one entity: verb → (states it starts from, state it ends in).

    `states` brings the staff label of each state, `public` what everybody else reads (default: the staff label).
    A table that names a state outside `states` is refused with `ValueError` when the module is imported.
    """

    entity: str
    transitions: Transitions
    states: type[TextChoices] | None = None
    public: Mapping[str, str | Promise] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a table that contradicts itself."""
        known = set(self.states.values) if self.states else self._named()
        unknown = sorted((self._named() | set(self.public)) - known)
        if unknown:
            raise ValueError(f"Table {self.entity}: unknown states {unknown}")
        sourceless = sorted(verb for verb, (sources, _) in self.transitions.items() if not sources)
        if sourceless:
            raise ValueError(f"Table {self.entity}: verbs without a source state {sourceless}")

    def all_states(self) -> list[str]:
        """Return every state in its declared order (or, without `states`, in order of appearance)."""
        if self.states:
            return list(self.states.values)
        seen = [state for sources, target in self.transitions.values() for state in (*sources, target)]
        return list(dict.fromkeys(seen))

    def lawful(self, state: str) -> list[str]:
        """Return the verbs that may be done in `state`, in the table's order."""
        return [verb for verb, (sources, _) in self.transitions.items() if state in sources]

    def allows(self, verb: str, state: str) -> bool:
        """Tell whether `verb` may be done in `state`. Raises `KeyError` for a verb that the table does not have."""
        return state in self.transitions[verb][0]

    def target(self, verb: str) -> str:
        """Return the state in which `verb` ends."""
        return self.transitions[verb][1]

    def staff_label(self, state: str) -> str | Promise:
        """Return what those who work with the entity read."""
        return self.states(state).label if self.states else state

    def public_label(self, state: str) -> str | Promise:
        """Return what everybody else reads."""
        return self.public.get(state) or self.staff_label(state)

    def _named(self) -> set[str]:
        return {state for sources, target in self.transitions.values() for state in (*sources, target)}
