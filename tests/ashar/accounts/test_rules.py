"""Who handles money: the one rule that draws the buttons, opens the doors and guards the verbs of refunds, events and closings."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from tests.factories.people import PersonFactory


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser(email="chief@ashar.kg", password="x")


@pytest.mark.parametrize("role", ["", *roles.ALL])
def test_of_all_roles_finance_officers_handle_money(db, role):
    assert rules.handles_money(PersonFactory(role=role)) is (role == roles.FINANCE_OFFICER)


def test_administrators_handle_money(administrator):
    assert rules.handles_money(administrator) is True


def test_whoever_left_does_not(administrator):
    officer = PersonFactory(role=roles.FINANCE_OFFICER)
    for person in (officer, administrator):
        person.is_active = False
    assert (rules.handles_money(officer), rules.handles_money(administrator)) == (False, False)


def test_visitors_do_not():
    assert rules.handles_money(AnonymousUser()) is False


def test_it_costs_one_query(administrator, django_assert_num_queries):
    officer = PersonFactory(role=roles.FINANCE_OFFICER)
    with django_assert_num_queries(1):
        assert (rules.handles_money(officer), rules.handles_money(administrator)) == (True, True)
