"""Stripe's bracket encoding, read back exactly, and nothing half-read."""

from contextlib import suppress
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ashar.payments.sandbox import form
from ashar.payments.sandbox.faults import Fault


@pytest.mark.parametrize(
    ("encoded", "tree"),
    [
        (b"", {}),
        (b"a=1", {"a": "1"}),
        (b"a=", {"a": ""}),
        (b"a", {"a": ""}),
        (b"a[b][c]=d&a[b][e]=f", {"a": {"b": {"c": "d", "e": "f"}}}),
        (b"a[0]=x&a[1]=y", {"a": {"0": "x", "1": "y"}}),
        (b"a[]=x&a[]=y", {"a": {"0": "x", "1": "y"}}),
        (b"a[0][b]=x&a[0][c]=y", {"a": {"0": {"b": "x", "c": "y"}}}),
        (b"a%5Bb%5D=%D3%A9", {"a": {"b": "ө"}}),
        (b"a=1&a=2", {"a": "2"}),
        (b"a=1+2%2B3", {"a": "1 2+3"}),
    ],
)
def test_nesting_is_read(encoded, tree):
    assert form.decode(encoded) == tree


@pytest.mark.parametrize(
    "encoded",
    [
        b"a=1&a[b]=2", b"a[b]=2&a=1", b"a[b]=1&a[b][c]=2", b"[a]=1", b"a[b=1", b"a]b=1", b"a[b]c=1", b"=1", b"a[[b]]=1",
        b"a=%ff", b"\xff=1", b"a" + b"[b]" * 10 + b"=1", b"&".join(b"a%d=1" % number for number in range(1001)),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(encoded):
    with pytest.raises(Fault) as refusal:
        form.decode(encoded)
    assert (refusal.value.status, refusal.value.kept) == (400, False)


names = some.text(some.characters(codec="utf-8", exclude_characters="[]"), min_size=1, max_size=8)
trees = some.dictionaries(
    names,
    some.recursive(
        some.text(max_size=8), lambda inner: some.dictionaries(names, inner, min_size=1, max_size=3), max_leaves=6
    ),
)


def flat(tree, prefix=""):
    for name, value in tree.items():
        full = f"{prefix}[{name}]" if prefix else name
        if isinstance(value, dict):
            yield from flat(value, full)
        else:
            yield full, value


@given(trees)
def test_whatever_is_encoded_comes_back(tree):
    encoded = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in flat(tree))
    assert form.decode(encoded.encode()) == tree


@given(some.binary(max_size=60))
def test_bytes_are_read_or_refused(encoded):
    with suppress(Fault):
        assert isinstance(form.decode(encoded), dict)
