"""The wish to be forgotten."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import translation

from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.outbox.models import Message
from ashar.privacy import erasing
from ashar.privacy.models import ErasureRequest
from tests.ashar.privacy.people import AT, LATER, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def aigul():
    return person("aigul")


@pytest.fixture
def officer():
    return person("officer")


@pytest.fixture
def wish(aigul):
    return erasing.ask(aigul, by=aigul, at=AT)


def test_a_wish_has_an_author_and_a_date_and_is_announced_once(aigul, wish):
    assert erasing.ask(aigul, by=aigul, at=LATER) == wish
    assert (wish.person, wish.asked_by, wish.asked_at) == (aigul, aigul, AT)
    assert [(message.topic, message.payload) for message in Message.objects.all()] == [
        ("privacy.erasure_asked", {"request": wish.pk})
    ]
    assert Entry.objects.filter(verb="privacy.erasure_asked").count() == 1


def test_the_open_wish_of_a_person(aigul, officer, wish):
    assert erasing.open_request_of(aigul) == wish
    assert erasing.open_request_of(officer) is None


def test_a_withdrawn_wish_is_closed_and_a_new_one_may_be_made(aigul, wish):
    erasing.withdraw(wish, by=aigul, at=LATER)
    assert (wish.withdrawn_at, erasing.open_request_of(aigul)) == (LATER, None)
    assert erasing.ask(aigul, by=aigul, at=LATER) != wish


def test_a_closed_wish_can_neither_be_withdrawn_nor_carried_out(aigul, officer, wish):
    stale = ErasureRequest.objects.get(pk=wish.pk)
    erasing.withdraw(wish, by=aigul, at=LATER)
    with pytest.raises(erasing.RequestIsClosed):
        erasing.withdraw(stale, by=aigul, at=LATER)
    with pytest.raises(erasing.RequestIsClosed):
        erasing.carry_out(stale, by=officer, at=LATER)
    assert User.objects.get(pk=aigul.pk).email == "aigul@example.org"


def test_nobody_carries_out_their_own_wish(aigul, wish):
    with pytest.raises(erasing.OwnRequest) as refused:
        erasing.carry_out(wish, by=aigul, at=LATER)
    with translation.override("ru"):
        assert str(refused.value) == "Ваш собственный запрос должен выполнить кто-то другой."
    assert erasing.open_request_of(aigul) == wish


def test_carried_out_the_account_is_blunted_and_others_are_untouched(aigul, officer, wish):
    EmailAddress.objects.create(user=aigul, email=aigul.email, verified=True, primary=True)
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    Authenticator.objects.create(user=aigul, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    aigul.groups.add(Group.objects.get(name="Editor"))
    done = erasing.carry_out(wish, by=officer, at=LATER)
    forgotten = User.objects.get(pk=aigul.pk)
    assert (forgotten.email, forgotten.full_name, forgotten.is_active) == (f"erased-{aigul.pk}@invalid", "", False)
    assert (forgotten.has_usable_password(), forgotten.session_generation) == (False, 1)
    assert not forgotten.groups.exists()
    assert done["account"] == {"addresses": 1, "second_factors": 1}
    assert [row.user for row in EmailAddress.objects.all()] == [officer]
    assert User.objects.get(pk=officer.pk).full_name == "Officer"


def test_carrying_out_is_remembered_in_counts(officer, wish):
    erasing.carry_out(wish, by=officer, at=LATER)
    wish.refresh_from_db()
    entry = Entry.objects.get(verb="privacy.erasure_carried_out")
    assert (wish.carried_out_by, wish.carried_out_at, entry.by) == (officer, LATER, officer)
    assert entry.facts["account"] == {"addresses": 0, "second_factors": 0}


def test_the_account_goes_last_so_that_others_still_find_the_person(aigul, officer, wish, monkeypatch):
    seen = {}
    monkeypatch.setitem(erasing._erasers, "zz-letters", lambda whose: seen.update(email=whose.email) or {})
    done = erasing.carry_out(wish, by=officer, at=LATER)
    assert seen == {"email": "aigul@example.org"}
    assert list(done)[-1] == "account"


def test_one_part_that_fails_leaves_everything_as_it_was(aigul, officer, wish, monkeypatch):
    monkeypatch.setitem(erasing._erasers, "zz-broken", lambda _whose: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erasing.carry_out(wish, by=officer, at=LATER)
    assert User.objects.get(pk=aigul.pk).full_name == "Aigul"
    assert erasing.open_request_of(aigul) == wish


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({}, "one_open_erasure_request_per_person|UNIQUE"),
        ({"carried_out_at": LATER}, "erasure_has_an_author_and_a_date"),
        ({"withdrawn_at": LATER, "carried_out_at": LATER}, "erasure_"),
    ],
)
def test_the_database_refuses_rows_that_make_no_sense(aigul, wish, facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ErasureRequest.objects.create(person=aigul, asked_by=aigul, asked_at=AT, **facts)


def test_a_wish_shows_whose_and_when(aigul, wish):
    assert str(wish) == f"{aigul.pk} 2026-11-23"
