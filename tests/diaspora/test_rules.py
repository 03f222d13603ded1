"""Who may do what in this part: by role, by leading, and only while the account is active."""

from functools import partial

import pytest

from ashar.accounts.models import User
from diaspora import rules
from tests.factories.associations import AssociationFactory
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, FinanceOfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db

WHO = {
    "nobody in particular": PersonFactory,
    "editor": EditorFactory,
    "finance officer": FinanceOfficerFactory,
    "administrator": partial(PersonFactory, is_superuser=True),
}
RULES = {"edit": rules.may_edit, "pools": rules.may_handle_pools}
LAWFUL = {("editor", "edit"), ("finance officer", "pools"), ("administrator", "edit"), ("administrator", "pools")}


def lawful(**more: object) -> set[tuple[str, str]]:
    people: dict[str, User] = {who: make(**more) for who, make in WHO.items()}
    return {(who, name) for who, person in people.items() for name, may in RULES.items() if may(person)}


def test_each_role_may_exactly_its_own():
    assert lawful() == LAWFUL


def test_whose_account_is_closed_may_nothing():
    assert lawful(is_active=False) == set()


def test_the_house_itself_may_everything():
    assert all(may(None) for may in RULES.values())


def test_a_leader_drafts_for_her_own_association_and_for_no_other():
    own, other = AssociationFactory(slug="own"), AssociationFactory(slug="other")
    leader = PersonFactory()
    own.leaderships.create(person=leader, since=NOON)

    assert [rules.may_draft_for(association, leader) for association in (own, other)] == [True, False]
    own.leaderships.update(until=NOON)
    assert not rules.may_draft_for(own, leader)
