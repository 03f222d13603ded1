"""`make shape`: the shape of the code in eight lines, with whatever stands above the house's ceilings."""

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture import sources

FUNCTION_CEILING = 40
MODULE_CEILING = 300
TEST_MODULE_CEILING = 500  # a table of cases is long and still easy to read
VIEW_CEILING = 15
TESTS_FLOOR = 1.5


@dataclass(frozen=True)
class Shape:
    """What is measured; ratios are of lines or of functions."""

    function_median: float
    function_p90: int
    function_max: int
    view_max: int
    module_max: int
    tests_to_source: float
    typed: float
    above: list[str]


def measure(program: list[Path], tests: list[Path]) -> Shape:
    """Return the shape of `program`; `above` names every function, view method and module over its ceiling."""
    functions = list(sources.functions(program))
    lengths = sorted(function.length for function in functions) or [0]
    views = [function for function in functions if function.is_view]
    modules = {path: sources.line_count(path) for path in program}
    test_modules = {path: sources.line_count(path) for path in tests}
    too_long = {path: lines for path, lines in modules.items() if lines > MODULE_CEILING}
    too_long |= {path: lines for path, lines in test_modules.items() if lines > TEST_MODULE_CEILING}
    return Shape(
        function_median=statistics.median(lengths),
        function_p90=lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0],
        function_max=lengths[-1],
        view_max=max((view.length for view in views), default=0),
        module_max=max(modules.values(), default=0),
        tests_to_source=sum(test_modules.values()) / max(1, sum(modules.values())),
        typed=sum(function.is_typed for function in functions) / max(1, len(functions)),
        above=[
            *(
                str(function)
                for function in sources.functions([*modules, *test_modules])
                if function.length > FUNCTION_CEILING
            ),
            *(f"{view}: a view method above {VIEW_CEILING}" for view in views if view.length > VIEW_CEILING),
            *(f"{path.relative_to(sources.ROOT)} ({lines} lines)" for path, lines in too_long.items()),
        ],
    )


def report(shape: Shape) -> str:
    """Return the lines that `make shape` prints."""
    ratio_note = "" if shape.tests_to_source >= TESTS_FLOOR else "  <- below"
    return "\n".join([
        f"function length, median   {shape.function_median:>6.0f}   aim 7",
        f"function length, p90      {shape.function_p90:>6}   aim 20",
        f"function length, max      {shape.function_max:>6}   ceiling {FUNCTION_CEILING}",
        f"view method length, max   {shape.view_max:>6}   ceiling {VIEW_CEILING}",
        f"module length, max        {shape.module_max:>6}   ceiling {MODULE_CEILING}",
        f"test lines / source lines {shape.tests_to_source:>6.2f}   floor {TESTS_FLOOR}{ratio_note}",
        f"functions with types      {shape.typed:>6.0%}",
        *(f"above its ceiling: {name}" for name in shape.above),
    ])  # fmt: skip


if __name__ == "__main__":
    found = measure(sources.source_files(), sources.test_files())
    sys.stdout.write(report(found) + "\n")
    sys.exit(1 if found.above else 0)
