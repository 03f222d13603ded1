"""Secrets at rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.accounts import sealing

SECRET = "JBSWY3DPEHPK3PXP"


@given(st.text())
def test_what_was_sealed_can_be_opened(text):
    assert sealing.unseal(sealing.seal(text)) == text


def test_the_sealed_text_shows_nothing_and_never_repeats():
    first, second = sealing.seal(SECRET), sealing.seal(SECRET)
    assert first != second
    assert SECRET not in first + second


@pytest.mark.parametrize("strange", ["", SECRET, "gAAAAA"])
def test_what_was_not_sealed_is_never_given_back(strange):
    with pytest.raises(sealing.UnsealableError):
        sealing.unseal(strange)


def test_a_changed_text_does_not_open():
    sealed = sealing.seal(SECRET)
    changed = sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:]
    with pytest.raises(sealing.UnsealableError):
        sealing.unseal(changed)


def test_another_key_opens_only_as_a_fallback(settings):
    sealed = sealing.seal(SECRET)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    with pytest.raises(sealing.UnsealableError):
        sealing.unseal(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert sealing.unseal(sealed) == SECRET
