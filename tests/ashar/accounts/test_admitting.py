"""Admitting people, the first administrator, roles and rules."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ashar.accounts import admitting, appointing, roles, rules
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.notices.models import Notice
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import AT, PASSWORD

pytestmark = pytest.mark.django_db


def test_an_admitted_person_has_a_verified_address_and_may_sign_in_by_code(client):
    user = admitting.admit("Leader@Example.org", roles=[roles.ASSOCIATION_LEADER], by=None, at=AT)
    assert (user.email, user.is_staff, user.has_usable_password()) == ("leader@example.org", False, False)
    assert EmailAddress.objects.get(user=user).verified
    signing_in.by_code(client, user)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_admitting_twice_adds_roles_and_leaves_the_rest(administrator):
    first = admitting.admit("eva@example.org", full_name="Ева", language="ru", roles=[roles.EDITOR], by=None, at=AT)
    again = admitting.admit(
        "EVA@example.org", full_name="Other", language="en", roles=[roles.AUDITOR], staff=True, by=administrator, at=AT
    )
    again.refresh_from_db()
    assert (again, again.full_name, again.language, again.is_staff) == (first, "Ева", "ru", True)
    assert {role for role in roles.ALL if rules.is_in(again, role)} == {roles.EDITOR, roles.AUDITOR}


def test_admitting_is_remembered_with_its_author(administrator):
    user = admitting.admit("eva@example.org", roles=[roles.EDITOR], staff=True, by=administrator, at=AT)
    entries = Entry.objects.filter(subject_id=str(user.pk)).order_by("sequence")
    assert [(entry.verb, entry.facts, entry.by) for entry in entries] == [
        ("accounts.admitted", {}, administrator),
        ("accounts.role_given", {"role": "Editor"}, administrator),
        ("accounts.promoted", {"administrator": False}, administrator),
    ]


def command(*arguments, capsys):
    call_command("first_administrator", *arguments)
    return capsys.readouterr().out


def test_the_first_administrator_gets_a_link_that_sets_a_password_once(client, capsys):
    said = command("Admin@Example.org", capsys=capsys)
    user = User.objects.get()
    assert (user.email, user.is_staff, user.is_superuser) == ("admin@example.org", True, True)
    [link] = re.findall(r"http://localhost:8000(/\S+)", said)
    form = client.get(link)["Location"]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.get(link).status_code == 200
    assert [letter.to for letter in mail.outbox] == [["admin@example.org"]]


def test_running_it_again_makes_nobody_and_gives_a_fresh_link(capsys):
    command("admin@example.org", capsys=capsys)
    entries = Entry.objects.count()
    assert "Set the password here" in command("admin@example.org", capsys=capsys)
    assert (User.objects.count(), Entry.objects.count()) == (1, entries)


def test_with_a_password_no_link_is_printed(administrator, capsys):
    said = command(administrator.email, capsys=capsys)
    assert "http" not in said
    assert "They have a password already" in said


def test_a_second_administrator_must_be_meant(administrator, capsys):
    with pytest.raises(CommandError, match=r"There is an administrator already: admin@example\.org\. Say --another"):
        command("other@example.org", capsys=capsys)
    assert User.objects.count() == 1
    command("other@example.org", "--another", capsys=capsys)
    assert User.objects.filter(is_superuser=True).count() == 2


def test_an_erased_administrator_does_not_stand_in_the_way(administrator, capsys):
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    command("other@example.org", capsys=capsys)
    assert User.objects.get(email="other@example.org").is_superuser


def test_an_existing_person_is_promoted(giver, capsys):
    command(giver.email, capsys=capsys)
    giver.refresh_from_db()
    assert (giver.is_superuser, giver.is_staff, giver.check_password(PASSWORD)) == (True, True, True)


@pytest.mark.parametrize("address", ["admin", "admin@", "@example.org", "a b@example.org"])
def test_what_is_no_address_makes_nobody(address, capsys):
    with pytest.raises(CommandError, match="is not an e-mail address"):
        command(address, capsys=capsys)
    assert not User.objects.exists()


def test_there_is_a_group_for_every_role_and_a_word_for_it():
    assert set(roles.ALL) <= set(Group.objects.values_list("name", flat=True))
    assert list(roles.LABELS) == list(roles.ALL)


def test_roles_are_given_to_nobody_else(giver, officer, administrator):
    assert rules.is_in(officer, roles.FINANCE_OFFICER)
    assert not rules.is_in(officer, roles.AUDITOR)
    assert not rules.is_in(giver, roles.FINANCE_OFFICER)
    assert not rules.is_in(administrator, roles.FINANCE_OFFICER)
    assert not rules.is_in(AnonymousUser(), roles.FINANCE_OFFICER)


def test_who_works_here(giver, officer, administrator):
    assert [rules.works_here(user) for user in (AnonymousUser(), giver, officer, administrator)] == [
        False,
        False,
        True,
        True,
    ]
    officer.is_active = False
    assert not rules.works_here(officer)
    assert not rules.is_in(officer, roles.FINANCE_OFFICER)


def test_one_account_per_address_whatever_its_case(giver):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Aigul@Example.org")


def test_a_language_that_we_do_not_speak_is_refused_by_the_database(giver):
    with pytest.raises(IntegrityError, match="user_language_is_ours"), transaction.atomic():
        User.objects.filter(pk=giver.pk).update(language="de")


def test_a_person_is_shown_by_name_else_by_address(giver):
    assert (giver.get_full_name(), str(giver)) == ("Айгүл Осмонова", "aigul@example.org")
    giver.full_name = ""
    assert giver.get_full_name() == "aigul@example.org"


def test_who_is_newly_admitted_by_a_person_is_told_by_letter(administrator):
    user = admitting.admit(
        "eva@example.org", full_name="Ева", language="ru", roles=[roles.EDITOR], by=administrator, at=AT
    )
    notice = Notice.objects.get()
    assert (notice.kind, notice.person, notice.language) == ("admitted", user, "ru")
    assert "Здравствуйте, Ева!" in notice.text
    assert "Ваша работа здесь: редактор." in notice.text


def test_who_was_here_before_or_is_admitted_by_the_machine_gets_no_letter(administrator, giver):
    admitting.admit(giver.email, roles=[roles.EDITOR], by=administrator, at=AT)
    admitting.admit("eva@example.org", by=None, at=AT)
    assert list(Notice.objects.all()) == []


def test_only_an_administrator_admits(officer):
    with pytest.raises(appointing.NotAnAdministrator):
        admitting.admit("eva@example.org", by=officer, at=AT)
    assert not User.objects.filter(email="eva@example.org").exists()


def test_nobody_admits_themselves_to_more(administrator):
    with pytest.raises(appointing.OwnAccount):
        admitting.admit("ADMIN@example.org", roles=[roles.FINANCE_OFFICER], by=administrator, at=AT)
    assert not rules.is_in(administrator, roles.FINANCE_OFFICER)


def test_a_closed_account_is_not_opened_by_admitting(administrator, giver):
    User.objects.filter(pk=giver.pk).update(is_active=False)
    for by in (administrator, None):
        with pytest.raises(appointing.AccountIsClosed):
            admitting.admit(giver.email, roles=[roles.EDITOR], by=by, at=AT)
    assert list(giver.groups.all()) == []


@pytest.mark.parametrize("promoted", [False, True])
def test_a_password_typed_by_a_stranger_does_not_get_what_the_owner_is_given(client, administrator, promoted):
    """Somebody signed up with an address that is not theirs and never proved it."""
    client.post(signing_in.address("account_signup"), {"email": "eva@example.org", "password1": PASSWORD})
    assert User.objects.get(email="eva@example.org").check_password(PASSWORD)
    if promoted:
        user = admitting.first_administrator("eva@example.org", at=AT, another=True)
    else:
        user = admitting.admit("eva@example.org", roles=[roles.FINANCE_OFFICER], by=administrator, at=AT)
    assert not User.objects.get(pk=user.pk).has_usable_password()
    signing_in.by_password(client, user, PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_password_of_who_proved_their_address_stays(giver, administrator):
    admitting.admit(giver.email, roles=[roles.EDITOR], by=administrator, at=AT)
    giver.refresh_from_db()
    assert giver.check_password(PASSWORD)
