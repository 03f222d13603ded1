"""Gifts of one form that was sent again with other answers follow one another."""

import uuid

import pytest

from diaspora import turns
from tests.factories import gifts

pytestmark = pytest.mark.usefixtures("db")


def test_a_token_has_one_that_follows_it_and_no_other_has_the_same():
    token, other = uuid.uuid4(), uuid.uuid4()

    assert turns.following(token) == turns.following(token)
    assert len({token, other, turns.following(token), turns.following(other)}) == 4


@pytest.mark.parametrize("turns_taken", [0, 1, 3])
def test_the_newest_is_the_last_turn_and_costs_one_query(django_assert_num_queries, turns_taken):
    first = last = gifts.StartedGiftFactory()
    gifts.StartedGiftFactory()  # of another form
    for _ in range(turns_taken):
        last = gifts.StartedGiftFactory(token=turns.following(last.token))

    with django_assert_num_queries(1):
        assert turns.newest(first) == last
    with django_assert_num_queries(1):
        assert turns.newest(last) == last
