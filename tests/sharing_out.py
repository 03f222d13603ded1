"""Which of several parallel test processes runs which tests: a file stays together, and so does all that needs the town.

A plugin of pytest. The town is the dearest thing to build and mostly waits, so one process begins with it and the others
work through the files meanwhile, the longest first, so that none is still busy when the others are done.
"""

import pytest
from xdist.scheduler import LoadFileScheduling

IN_TOWN = ("tests/faults/", "tests/journeys/")
LONG = ("tests/hostile/",)  # a minute and more in one file: every address and every role


class _ByFileAndTown(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "town" if nodeid.startswith(IN_TOWN) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """Share the files out in the order in which they were collected, for `--dist loadfile`."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return _ByFileAndTown(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the town where another process does the rest; else put browsers last, whose breaks smaller tests name."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: (not item.nodeid.startswith(IN_TOWN), not item.nodeid.startswith(LONG)))
    else:
        items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
