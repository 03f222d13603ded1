import pytest
from django.db.models import TextChoices
from django.utils import translation

from ashar.workflow import Table
from tests.ashar.workflow.conftest import LETTER


class Light(TextChoices):
    RED = "red", "Red lamp"
    GREEN = "green", "Green lamp"


def test_states_stand_in_their_declared_order():
    assert LETTER.all_states() == ["waiting", "taken", "done", "dead"]


def test_without_choices_states_stand_in_order_of_appearance():
    table = Table("lamp", {"stop": (("green", "amber"), "red"), "go": (("red",), "green")})

    assert table.all_states() == ["green", "amber", "red"]


@pytest.mark.parametrize(
    ("state", "verbs"),
    [("waiting", ["take", "bury"]), ("taken", ["return", "bury"]), ("dead", ["return"]), ("done", [])],
)
def test_lawful_names_the_verbs_of_a_state(state, verbs):
    assert LETTER.lawful(state) == verbs


def test_target_is_where_a_verb_ends():
    assert {verb: LETTER.target(verb) for verb in LETTER.transitions} == {
        "take": "taken",
        "return": "waiting",
        "bury": "dead",
    }


def test_allows_knows_only_its_own_verbs():
    assert LETTER.allows("take", "waiting") is True
    assert LETTER.allows("take", "done") is False
    with pytest.raises(KeyError):
        LETTER.allows("eat", "waiting")


def test_labels_differ_by_audience():
    with translation.override("en"):
        assert (LETTER.staff_label("taken"), LETTER.public_label("taken")) == ("Taken", "On its way")
        assert LETTER.public_label("waiting") == "Waiting"


def test_without_choices_a_state_is_its_own_label():
    table = Table("lamp", {"go": (("red",), "green")})

    assert table.staff_label("red") == "red"


def test_a_table_with_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match=r"Table lamp: unknown states \['amber'\]"):
        Table("lamp", {"warn": (("green",), "amber")}, states=Light)


def test_a_public_label_of_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match=r"unknown states \['blue'\]"):
        Table("lamp", {"go": (("red",), "green")}, states=Light, public={"blue": "Blue"})


def test_a_verb_that_starts_nowhere_is_refused():
    with pytest.raises(ValueError, match=r"verbs without a source state \['go'\]"):
        Table("lamp", {"go": ((), "green")}, states=Light)
