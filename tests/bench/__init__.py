"""What the budgets promise, measured: see `__main__`. A subject is a module `bench_<subject>.py` with `measure()`."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One figure: a ratio or a count, and the most it may be (none: it is only told)."""

    what: str
    value: float
    unit: str = ""
    at_most: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the figure is within its budget."""
        return self.at_most is None or self.value <= self.at_most

    def __str__(self) -> str:
        figure = f"{self.value:g}" if self.value == int(self.value) else f"{self.value:.2f}"
        budget = "" if self.at_most is None else f"   budget {self.at_most:g}"
        return f"{self.what:<58} {figure:>9} {self.unit:<12}{budget}{'' if self.is_kept else '   <- above'}"


def cpu_seconds(work: Callable[[], object], *, times: int = 20, rounds: int = 5) -> float:
    """Return the CPU seconds one call of `work` takes: the best of `rounds`, each of `times` calls, after one for warmth."""
    work()
    return min(_round(work, times) for _ in range(rounds))


def _round(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times
