"""A witness inside the town, and villages that take gifts."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.witness import Witness
from tests.town import COMMANDS, Town


@pytest.fixture(scope="package")
def witness(town: Town) -> Iterator[Witness]:
    """Somebody inside who can be asked."""
    witness = Witness(town)
    yield witness
    witness.leave()


@pytest.fixture(scope="package")
def village(witness: Witness) -> Callable[..., str]:
    """Open a village project with a match pool of its own; return its name."""

    def opened(slug: str, *, rooms: int = 100) -> str:
        witness.ask("open_village", slug=slug, rooms=rooms)
        return slug

    return opened


@pytest.fixture(scope="module")
def site(town: Town) -> Iterator[Town]:
    """The town, with every process running again after whatever a module did to it."""
    yield town
    if missing := [name for name in COMMANDS if name not in town.processes]:
        town.start(*missing)
