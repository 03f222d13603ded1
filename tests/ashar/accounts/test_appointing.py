"""Roles are given and taken by administrators, never one's own, and every time with a row in the audit log."""

import pytest
from django.utils import translation

from ashar.accounts import admitting, appointing, roles, rules
from ashar.accounts.models import User
from ashar.audit.models import Entry
from tests.ashar.accounts.conftest import AT

VERBS = (appointing.give_role, appointing.take_role)


@pytest.fixture
def second_administrator(administrator):
    return admitting.first_administrator("second@example.org", at=AT, another=True)


def roles_of(person):
    return {role for role in roles.ALL if rules.is_in(person, role)}


def rows(person, *verbs):
    entries = Entry.objects.filter(
        subject_id=str(person.pk), verb__in=verbs or ["accounts.role_given", "accounts.role_taken"]
    )
    return [(entry.verb, entry.facts, entry.by, entry.at) for entry in entries.order_by("sequence")]


@pytest.mark.parametrize("role", roles.ALL)
def test_a_role_is_given_and_taken_and_both_are_remembered(giver, administrator, role):
    appointing.give_role(giver, role=role, by=administrator, at=AT)
    assert roles_of(giver) == {role}
    appointing.take_role(giver, role=role, by=administrator, at=AT)
    assert roles_of(giver) == set()
    assert rows(giver) == [
        ("accounts.role_given", {"role": role}, administrator, AT),
        ("accounts.role_taken", {"role": role, "left": role in roles.OF_STAFF}, administrator, AT),
    ]


def test_what_is_so_already_is_not_done_again(giver, administrator):
    for _twice in range(2):
        appointing.give_role(giver, role=roles.EDITOR, by=administrator, at=AT)
    for _twice in range(2):
        appointing.take_role(giver, role=roles.EDITOR, by=administrator, at=AT)
    assert [verb for verb, *_rest in rows(giver)] == ["accounts.role_given", "accounts.role_taken"]


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_changes_their_own_roles(administrator, second_administrator, verb):
    appointing.give_role(administrator, role=roles.EDITOR, by=second_administrator, at=AT)
    for role in (roles.EDITOR, roles.FINANCE_OFFICER):
        with pytest.raises(appointing.OwnAccount):
            verb(administrator, role=role, by=administrator, at=AT)
    assert roles_of(administrator) == {roles.EDITOR}
    assert len(rows(administrator)) == 1


@pytest.mark.parametrize("verb", VERBS)
def test_only_an_administrator_does(giver, code_giver, officer, verb):
    officer.is_staff = True
    officer.save()
    for by in (giver, code_giver, officer):
        with pytest.raises(appointing.NotAnAdministrator):
            verb(giver, role=roles.AUDITOR, by=by, at=AT)
    assert (roles_of(giver), rows(giver)) == (set(), [])


def test_an_administrator_who_left_does_not(giver, administrator):
    administrator.is_active = False
    with pytest.raises(appointing.NotAnAdministrator):
        appointing.give_role(giver, role=roles.AUDITOR, by=administrator, at=AT)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", ["", "Administrator", "editor", "Moderators"])
def test_what_is_no_role_is_refused(giver, administrator, verb, role):
    with pytest.raises(appointing.NoSuchRole):
        verb(giver, role=role, by=administrator, at=AT)


def test_a_closed_account_gets_no_role_but_loses_them(giver, administrator):
    appointing.give_role(giver, role=roles.EDITOR, by=administrator, at=AT)
    User.objects.filter(pk=giver.pk).update(is_active=False)
    with pytest.raises(appointing.AccountIsClosed):
        appointing.give_role(giver, role=roles.AUDITOR, by=administrator, at=AT)
    appointing.take_role(giver, role=roles.EDITOR, by=administrator, at=AT)
    assert list(giver.groups.all()) == []


def test_who_loses_the_last_staff_role_works_here_no_longer(officer, administrator):
    appointing.give_role(officer, role=roles.EDITOR, by=administrator, at=AT)
    works = []
    for role in (roles.FINANCE_OFFICER, roles.EDITOR):
        appointing.take_role(officer, role=role, by=administrator, at=AT)
        person = User.objects.get(pk=officer.pk)
        works.append((person.is_staff, rules.works_here(person)))
    assert works == [(True, True), (False, False)]


def test_a_volunteers_role_is_not_what_one_works_here_for(officer, administrator):
    admitting.admit("flag@example.org", roles=[roles.ASSOCIATION_LEADER], staff=True, by=administrator, at=AT)
    flagged = User.objects.get(email="flag@example.org")
    appointing.take_role(flagged, role=roles.ASSOCIATION_LEADER, by=administrator, at=AT)
    flagged.refresh_from_db()
    assert flagged.is_staff is True


def test_an_administrator_without_roles_stays_one(administrator, second_administrator):
    appointing.give_role(second_administrator, role=roles.EDITOR, by=administrator, at=AT)
    appointing.take_role(second_administrator, role=roles.EDITOR, by=administrator, at=AT)
    second_administrator.refresh_from_db()
    assert (second_administrator.is_staff, second_administrator.is_superuser) == (True, True)


def test_a_refusal_leaves_nothing_behind(administrator):
    with pytest.raises(appointing.OwnAccount):
        admitting.admit(administrator.email.upper(), roles=[roles.FINANCE_OFFICER], by=administrator, at=AT)
    assert (roles_of(administrator), rows(administrator)) == (set(), [])


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (appointing.NotAnAdministrator, "not_an_administrator"),
        (appointing.OwnAccount, "own_account"),
        (appointing.NoSuchRole, "no_such_role"),
        (appointing.AccountIsClosed, "account_is_closed"),
    ],
)
def test_each_refusal_has_a_code_and_a_sentence_in_three_languages(refusal, code):
    said = set()
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            said.add(str(refusal()))
    assert (refusal.code, len(said)) == (code, 3)
