"""What the tests look for in our syntax trees; each scan yields sentences that name file, line and fault."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import sources

MONEY_FIELDS = {"FloatField", "DecimalField"}
MONEY_WORDS = ("minor", "amount", "ratio", "rate", "nominal", "gross", "share", "fee_", "value_e4", "dollars")
HTTP = ("django.http", "django.shortcuts", "django.views")
ENVIRONMENT = {"environ", "getenv", "putenv"}


def inexact_money(path: Path) -> Iterator[str]:
    """Find float and decimal columns, and calls of `float`."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Call) and _name(node.func) in MONEY_FIELDS | {"float"}:
            yield _at(path, node, _name(node.func))


def true_division(path: Path) -> Iterator[str]:
    """Find `/` with an amount, a ratio or a rate on either side, which makes a float of it."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and _is_of_money(node):
            yield _at(path, node, "/")


def hidden_order(path: Path) -> Iterator[str]:
    """Find `ordering` in a Meta class, and `save` or `delete` overridden in a model."""
    for node in ast.walk(sources.tree(path)):
        if not isinstance(node, ast.ClassDef):
            continue
        for child in node.body:
            if node.name == "Meta" and isinstance(child, ast.Assign) and _name(child.targets[0]) == "ordering":
                yield _at(path, child, "Meta.ordering")
            if isinstance(child, ast.FunctionDef) and child.name in {"save", "delete"} and _is_model(node):
                yield _at(path, child, f"{node.name}.{child.name}")


def environment_reads(path: Path) -> Iterator[str]:
    """Find `os.environ`, `os.getenv` and their imports."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in ENVIRONMENT and _name(node.value) == "os":
            yield _at(path, node, f"os.{node.attr}")
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and ENVIRONMENT & {alias.name for alias in node.names}
        ):
            yield _at(path, node, "from os import")


def http_imports(path: Path) -> Iterator[str]:
    """Find imports of anything that speaks HTTP."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(HTTP):
            yield _at(path, node, node.module or "")


def key_locks(path: Path) -> Iterator[str]:
    """Find row locks that also lock the key: whoever refers to the row would wait for them at its commit."""
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Call) and _name(node.func) == "select_for_update" and not _is_set(node, "no_key"):
            yield _at(path, node, "select_for_update without no_key=True")


def _is_set(call: ast.Call, name: str) -> bool:
    return any(word.arg == name and ast.unparse(word.value) == "True" for word in call.keywords)


def _is_model(node: ast.ClassDef) -> bool:
    """Models are told by their bases: `models.Model`, a Page, an abstract user."""
    return any(_name(base).endswith(("Model", "Page", "AbstractUser", "AbstractBaseUser")) for base in node.bases)


def _is_of_money(node: ast.BinOp) -> bool:
    names = " ".join(_name(part) for part in ast.walk(node)).lower()
    return any(word in names for word in MONEY_WORDS)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _at(path: Path, node: ast.stmt | ast.expr, what: str) -> str:
    return f"{path.name}:{node.lineno} {what}"
