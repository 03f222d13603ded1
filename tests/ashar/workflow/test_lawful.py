"""The proof of a table notices every way in which verbs can stray from it."""

import pytest
from django.db import transaction

from ashar.outbox.models import Delivery
from ashar.workflow import moving
from ashar.workflow.models import Transition
from tests import lawful
from tests.ashar.workflow.conftest import AT, LETTER


def move(letter, verb):
    with transaction.atomic(durable=True):
        moving.move(letter, verb, table=LETTER, by=None, at=AT)


@pytest.fixture
def verbs():
    return {verb: lambda letter, verb=verb: move(letter, verb) for verb in LETTER.transitions}


def prove(letter_in, verbs):
    lawful.assert_obeyed(LETTER, make=letter_in, verbs=verbs)


def test_verbs_that_keep_to_the_table_pass(letter_in, verbs):
    prove(letter_in, verbs)

    assert Transition.objects.count() == sum(len(sources) for sources, _ in LETTER.transitions.values())


def test_a_verb_that_was_not_tried_is_noticed(letter_in, verbs):
    del verbs["bury"]

    with pytest.raises(AssertionError, match="every verb of the table is tried"):
        prove(letter_in, verbs)


def test_a_verb_that_the_table_does_not_know_is_noticed(letter_in, verbs):
    verbs["eat"] = verbs["take"]

    with pytest.raises(AssertionError, match="every verb of the table is tried"):
        prove(letter_in, verbs)


def test_a_verb_that_refuses_too_much_is_noticed(letter_in, verbs):
    def bury(letter):
        if letter.state == "taken":
            raise moving.UnlawfulMove(entity="letter", verb="bury", state="taken")
        move(letter, "bury")

    with pytest.raises(AssertionError):
        prove(letter_in, verbs | {"bury": bury})


def test_a_verb_that_ends_elsewhere_is_noticed(letter_in, verbs):
    with pytest.raises(AssertionError):
        prove(letter_in, verbs | {"take": lambda letter: move(letter, "bury")})


def test_a_verb_that_leaves_no_history_is_noticed(letter_in, verbs):
    def take(letter):
        if letter.state != "waiting":
            move(letter, "take")
        Delivery.objects.filter(pk=letter.pk).update(state="taken")

    with pytest.raises(AssertionError):
        prove(letter_in, verbs | {"take": take})


def test_a_verb_that_refuses_but_changes_the_row_is_noticed(letter_in, verbs):
    def take(letter):
        if letter.state == "dead":
            Delivery.objects.filter(pk=letter.pk).update(state="waiting")
        move(letter, "take")

    with pytest.raises(AssertionError, match="a refused take changed the row"):
        prove(letter_in, verbs | {"take": take})


def test_another_refusal_comes_through(letter_in, verbs):
    def take(_letter):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        prove(letter_in, verbs | {"take": take})
