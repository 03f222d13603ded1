"""The policies of the money rooms and of the room of people, asked directly as Wagtail asks it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from wagtail.permissions import policy_registry

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from cms.staff import policy
from cms.wagtail_hooks import ROOMS
from tests.cms.conftest import ADMINISTRATOR, GIVER

MAY_READ = {roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR}
MAY_ACT = {roles.FINANCE_OFFICER, ADMINISTRATOR}
EVERYBODY = (GIVER, *roles.ALL, ADMINISTRATOR)
WRITING = ("add", "change", "delete")


@pytest.fixture
def books() -> policy.OfficersRead:
    return policy.OfficersRead(ROOMS[-1].model)


def acts(person: User | AnonymousUser) -> bool:
    """Whether the money rooms take a request of `person` that changes something."""
    request = RequestFactory().post("/")
    request.user = person
    try:
        return policy.officer(request) == person
    except PermissionDenied:
        return False


@pytest.mark.parametrize("role", EVERYBODY)
class TestRoles:
    def test_reading(self, person_of, books, role):
        assert books.user_has_permission(person_of(role), "view") is (role in MAY_READ)

    def test_acting(self, person_of, role):
        person = person_of(role)
        assert acts(person) is rules.handles_money(person) is (role in MAY_ACT)

    def test_writing_is_open_to_nobody(self, person_of, books, role):
        assert books.user_has_any_permission(person_of(role), WRITING) is False

    def test_one_right_of_several_is_enough(self, person_of, books, role):
        assert books.user_has_any_permission(person_of(role), {"change", "view"}) is (role in MAY_READ)

    def test_whoever_left_may_nothing(self, person_of, role):
        person = person_of(role)
        person.is_active = False
        assert (policy.may_read(person), acts(person)) == (False, False)


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_room_of_people_is_the_administrators(person_of, role):
    people, person = policy.AdministratorsRead(User), person_of(role)
    assert people.user_has_permission(person, "view") is (role == ADMINISTRATOR)
    assert people.user_has_any_permission(person, WRITING) is False
    assert list(people.users_with_permission("view")) == ([person] if role == ADMINISTRATOR else [])
    person.is_active = False
    assert people.user_has_permission(person, "view") is False


def test_wagtail_asks_these_policies():
    assert isinstance(policy_registry.get_by_type(User), policy.AdministratorsRead)
    assert {type(policy_registry.get_by_type(room.model)) for room in ROOMS} == {policy.OfficersRead}


def test_visitors_may_nothing(db):
    assert (policy.may_read(AnonymousUser()), acts(AnonymousUser())) == (False, False)


def test_the_people_who_may_read_are_named(person_of, books):
    people = {role: person_of(role) for role in EVERYBODY}
    gone = User.objects.create_superuser(email="gone@example.org", password="x", is_active=False)
    readers = set(books.users_with_permission("view"))
    assert readers == {people[role] for role in MAY_READ}
    assert gone not in readers


@pytest.mark.parametrize("action", WRITING)
def test_the_people_who_may_write_are_none(person_of, books, action):
    person_of(ADMINISTRATOR)
    assert list(books.users_with_permission(action)) == []


def test_an_officer_who_is_also_an_auditor_is_named_once(person_of, books):
    officer = person_of(roles.FINANCE_OFFICER)
    officer.groups.add(*person_of(roles.AUDITOR).groups.all())
    assert list(books.users_with_permission("view")).count(officer) == 1
