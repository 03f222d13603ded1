"""Sealed texts: they open under a key of the ring, for their purpose, and not otherwise."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.privacy import sealing
from ashar.privacy.sealing import UnknownKeyError, UnsealableError

SECRET, PURPOSE = "JBSWY3DPEHPK3PXP", "tests.secret"
OLD, NEW = ("2025", b"o" * 32), ("2026", b"n" * 32)


@pytest.fixture
def ring(settings):
    """The ring before a new key came."""
    settings.KEY_RING = (OLD,)
    return settings


def seal(text: str = SECRET) -> str:
    return sealing.seal(text, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    return sealing.unseal(sealed, purpose=PURPOSE)


@given(st.text())
def test_what_was_sealed_opens(text):
    assert unseal(seal(text)) == text


def test_a_sealed_text_names_its_key_and_shows_nothing_else(ring):
    assert re.fullmatch(r"1\.2025\.[A-Za-z0-9_-]+=*", seal())
    assert SECRET not in seal()
    assert SECRET.encode() not in urlsafe_b64decode(seal().split(".")[2])


def test_it_is_never_twice_the_same(ring):
    assert len({seal() for _ in range(20)}) == 20


class TestRotation:
    def test_the_newest_key_seals_and_the_old_one_still_opens(self, ring):
        before = seal()
        ring.KEY_RING = (NEW, OLD)
        assert seal().startswith("1.2026.")
        assert (unseal(before), unseal(seal())) == (SECRET, SECRET)

    def test_what_the_newest_key_seals_is_known_from_what_it_does_not(self, ring):
        before = seal()
        assert sealing.is_newest(before)
        ring.KEY_RING = (NEW, OLD)
        assert [sealing.is_newest(text) for text in (before, seal(), SECRET, "")] == [False, True, False, False]

    def test_a_key_that_left_the_ring_is_named(self, ring):
        before = seal()
        ring.KEY_RING = (NEW,)
        with pytest.raises(UnknownKeyError, match=r"^KEY_RING holds no key '2025'$"):
            unseal(before)

    def test_another_key_under_the_same_id_opens_nothing(self, ring):
        before = seal()
        ring.KEY_RING = (("2025", NEW[1]),)
        with pytest.raises(UnsealableError, match="was changed"):
            unseal(before)

    def test_the_id_of_another_key_opens_nothing_even_if_the_key_is_the_same(self, ring):
        ring.KEY_RING = (OLD, ("2026", OLD[1]))
        with pytest.raises(UnsealableError, match="was changed"):
            unseal(seal().replace("1.2025.", "1.2026."))


class TestFailingClosed:
    @pytest.mark.parametrize("place", [0, 11, 12, 20, -16, -1])
    def test_one_bit_changed_anywhere_and_it_does_not_open(self, ring, place):
        head, hidden = seal().rsplit(".", 1)
        raw = bytearray(urlsafe_b64decode(hidden))
        raw[place] ^= 1
        with pytest.raises(UnsealableError, match="was changed"):
            unseal(f"{head}.{urlsafe_b64encode(bytes(raw)).decode()}")

    def test_what_was_sealed_for_one_purpose_does_not_open_for_another(self, ring):
        with pytest.raises(UnsealableError, match="sealed for something else"):
            sealing.unseal(seal(), purpose="tests.other")

    @pytest.mark.parametrize("length", [0, 1, 11, 12, 27])
    def test_what_is_cut_short_does_not_open(self, ring, length):
        head, hidden = seal().rsplit(".", 1)
        cut = urlsafe_b64encode(urlsafe_b64decode(hidden)[:length]).decode()
        with pytest.raises(UnsealableError, match="was changed"):
            unseal(f"{head}.{cut}")

    @pytest.mark.parametrize("strange", ["", SECRET, "1.2025", "1.2025.ө", "1.2025.a", "1.2025.a.b", "1.2025.!!!!"])
    def test_what_was_never_sealed_is_not_given_back(self, ring, strange):
        with pytest.raises(UnsealableError, match="is not sealed"):
            unseal(strange)

    def test_another_way_of_sealing_is_refused(self, ring):
        with pytest.raises(UnsealableError, match="in a way we know"):
            unseal(seal().replace("1.", "2.", 1))

    @given(st.text())
    def test_whatever_stands_there_is_refused_as_unsealable(self, text):
        with pytest.raises(UnsealableError):
            unseal(text)
