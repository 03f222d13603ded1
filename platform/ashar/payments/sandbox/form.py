"""Stripe's request encoding: form fields whose names carry the nesting in brackets (`a[b][0][c]=d`)."""

import re
from urllib.parse import parse_qsl

from ashar.payments.sandbox.faults import Fault

Raw = str | dict[str, "Raw"]
NAME = re.compile(r"(?P<head>[^\[\]]+)(?P<rest>(?:\[[^\[\]]*\])*)\Z")
PART = re.compile(r"\[([^\[\]]*)\]")
MOST_FIELDS = 1000
DEEPEST = 10


def decode(encoded: bytes) -> dict[str, Raw]:
    """Return the nested parameters of a query or body; lists are mappings with the keys "0", "1", ….

    Raises `Fault` for anything that is not UTF-8, not well nested, or both a value and a hash.
    """
    try:
        pairs = parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Fault("Invalid request: the parameters are not form-encoded UTF-8 text.", kept=False) from None
    tree: dict[str, Raw] = {}
    for name, value in pairs:
        _plant(tree, _path(name), value, name)
    return tree


def _path(name: str) -> list[str]:
    found = NAME.match(name)
    parts = [found["head"], *PART.findall(found["rest"])] if found else []
    if not 0 < len(parts) <= DEEPEST:
        raise Fault(f"Invalid request: cannot read the parameter name '{name}'.", param=name, kept=False)
    return parts


def _plant(tree: dict[str, Raw], path: list[str], value: str, name: str) -> None:
    branch = tree
    for part in path[:-1]:
        deeper = branch.setdefault(_key(branch, part), {})
        if isinstance(deeper, str):
            raise Fault("Invalid hash", param=name, kept=False)
        branch = deeper
    leaf = _key(branch, path[-1])
    if isinstance(branch.get(leaf), dict):
        raise Fault("Invalid string: a hash was given too", param=name, kept=False)
    branch[leaf] = value


def _key(branch: dict[str, Raw], part: str) -> str:
    """Return `part`, or the next number for the empty brackets of `expand[]=…`."""
    return part or str(len(branch))
