"""Rows that stand through a file: each test finds them as they were made, and one that commits makes its own."""

import pytest

from ashar.accounts.models import User
from tests.factories.people import PersonFactory

made = []


def a_person():
    made.append(1)
    return PersonFactory(email="standing@example.org", full_name="Айгүл")


@pytest.fixture(scope="module")
def standing_person(ground):
    return ground.build(a_person)


@pytest.fixture
def person(db, standing_person):
    return standing_person()


@pytest.fixture
def made_so_far():
    return len(made)


@pytest.mark.parametrize("turn", range(3))
def test_each_test_finds_it_as_it_was_made(person, turn):
    assert (person.full_name, User.objects.get().full_name) == ("Айгүл", "Айгүл")
    User.objects.update(full_name=f"{turn}")
    person.full_name = f"{turn}"
    assert len(made) == 1


@pytest.mark.parametrize("turn", range(2))
def test_one_that_deletes_it_harms_no_other(person, turn):
    person.delete()
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(2))
def test_one_that_commits_makes_its_own(made_so_far, person, turn):
    assert User.objects.count() == 1
    assert len(made) == made_so_far + 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_for_those_who_did_not_ask():
    assert not User.objects.exists()
