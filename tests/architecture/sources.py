"""Our own files, parsed once, for the tests and the report that look at the code's shape."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("platform", "diaspora", "grants", "cms", "search")


@dataclass(frozen=True)
class Function:
    """One function or method of ours."""

    path: Path
    node: ast.FunctionDef | ast.AsyncFunctionDef
    class_name: str

    @property
    def length(self) -> int:
        """Lines from `def` to the last one, without the docstring, which is not to be saved on."""
        first = self.node.body[0]
        is_doc = (
            isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
        )
        doc = (first.end_lineno or 0) - first.lineno + 1 if is_doc else 0
        return (self.node.end_lineno or 0) - self.node.lineno + 1 - doc

    @property
    def is_typed(self) -> bool:
        """Whether it says what it returns."""
        return self.node.returns is not None

    @property
    def is_view(self) -> bool:
        """Whether it stands in a `web` folder or a views module and takes a request."""
        arguments = [argument.arg for argument in self.node.args.args]
        return "request" in arguments[:2] and (self.path.name == "views.py" or "web" in self.path.parts)

    def __str__(self) -> str:
        name = f"{self.class_name}.{self.node.name}" if self.class_name else self.node.name
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {name} ({self.length} lines)"


def python_files(*folders: str) -> list[Path]:
    """Return our `.py` files under `folders`, migrations left out."""
    return [path for folder in folders for path in _walk(ROOT / folder) if "migrations" not in path.parts]


def source_files() -> list[Path]:
    """Return the program's files."""
    return python_files(*PARTS)


def test_files() -> list[Path]:
    """Return the tests' files."""
    return python_files("tests")


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(paths: list[Path]) -> Iterator[Function]:
    """Return every function and method in `paths`."""
    for path in paths:
        yield from _functions(path, tree(path), class_name="")


def line_count(path: Path) -> int:
    """Return the number of lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path, node: ast.AST, class_name: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(path, child, class_name)
        inside = child.name if isinstance(child, ast.ClassDef) else class_name
        yield from _functions(path, child, inside)


def _walk(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__", "node_modules", "vendor"})
        yield from (Path(where) / name for name in sorted(names) if name.endswith(".py"))
