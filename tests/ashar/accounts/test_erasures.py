"""A wish to be forgotten is seen by staff, carried out by somebody else, and the person is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from ashar.accounts.models import User
from ashar.notices.models import Dispatch, Notice
from ashar.outbox import delivering
from ashar.privacy import due, erasing
from tests.ashar.accounts.conftest import AT

DAY = timedelta(days=1)


@pytest.fixture
def wish(giver):
    return erasing.ask(giver, by=giver, at=AT)


def said(capsys, *words):
    call_command("erasures", *words)
    return capsys.readouterr().out.splitlines()


def refusal(*words):
    with pytest.raises(CommandError) as refused:
        call_command("erasures", *words)
    return str(refused.value)


@pytest.mark.parametrize(
    ("waited", "days_left", "is_urgent"),
    [
        (timedelta(0), 30, False),
        (20 * DAY, 10, False),
        (20 * DAY + timedelta(seconds=1), 9, True),
        (30 * DAY, 0, True),
        (31 * DAY, -1, True),
    ],
)
def test_a_wish_older_than_twenty_days_is_urgent(wish, waited, days_left, is_urgent):
    assert due.due(at=AT + waited) == [due.Due(wish, days_left=days_left, is_urgent=is_urgent)]


def test_the_oldest_wish_comes_first_and_closed_ones_do_not_come(wish, giver, code_giver, officer):
    older = erasing.ask(code_giver, by=code_giver, at=AT - DAY)
    erasing.withdraw(erasing.ask(officer, by=officer, at=AT - 2 * DAY), by=officer, at=AT)

    assert [line.request for line in due.due(at=AT)] == [older, wish]


def test_the_command_lists_who_waits_and_marks_who_waits_long(giver, code_giver, capsys):
    now = timezone.now()
    fresh = erasing.ask(giver, by=giver, at=now)
    old = erasing.ask(code_giver, by=code_giver, at=now - 25 * DAY)
    broken = f"{old.pk}  bakyt@example.org  asked {old.asked_at:%Y-%m-%d}  4 days left  DUE"

    assert said(capsys) == [broken, f"{fresh.pk}  aigul@example.org  asked {now:%Y-%m-%d}  29 days left"]


def test_the_command_says_when_we_broke_our_word(giver, capsys):
    asked_at = timezone.now() - 32 * DAY
    wish = erasing.ask(giver, by=giver, at=asked_at)

    assert said(capsys) == [f"{wish.pk}  aigul@example.org  asked {asked_at:%Y-%m-%d}  3 days late  DUE"]


def test_the_command_says_when_nobody_waits(db, capsys):
    assert said(capsys) == ["Nobody waits to be forgotten."]


def test_the_command_forgets_the_person(wish, giver, officer, capsys):
    lines = said(capsys, "--carry-out", str(wish.pk), "--by", "Nurlan@example.org")

    giver.refresh_from_db()
    wish.refresh_from_db()
    assert (giver.email, giver.is_active, wish.carried_out_by) == (f"erased-{giver.pk}@invalid", False, officer)
    assert lines[-1] == f"Request {wish.pk} is carried out; a letter tells the person."
    assert "account: addresses 1, second_factors 0" in lines


def test_the_person_is_told_under_the_address_that_is_gone_by_then(wish, giver, officer):
    delivering.drain(AT)
    mail.outbox.clear()

    erasing.carry_out(wish, by=officer, at=AT + DAY)
    delivering.drain(AT + DAY)

    assert [(letter.to, letter.subject) for letter in mail.outbox] == [(["aigul@example.org"], "Аккаунтуңуз өчүрүлдү")]
    assert Notice.objects.get(kind="erasure_done").person is None
    assert list(Dispatch.objects.values_list("notice__kind", "state")) == [("erasure_done", "sent")]


def test_the_person_is_not_told_what_did_not_happen(wish, officer, monkeypatch):
    monkeypatch.setitem(erasing._erasers, "zz-broken", lambda _whose: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erasing.carry_out(wish, by=officer, at=AT + DAY)

    assert Notice.objects.filter(kind="erasure_done").count() == 0


def test_an_unknown_wish_is_refused(officer):
    assert refusal("--carry-out", "77", "--by", officer.email) == "There is no request 77."


@pytest.mark.parametrize("by", [[], ["--by", "bakyt@example.org"], ["--by", "nobody@example.org"]])
def test_only_somebody_who_works_here_carries_it_out(wish, code_giver, by):
    assert refusal("--carry-out", str(wish.pk), *by) == "Say --by EMAIL: the address of somebody who works here."
    assert erasing.open_request_of(wish.person) == wish


def test_nobody_carries_out_their_own_wish(officer):
    own = erasing.ask(officer, by=officer, at=AT)

    assert refusal("--carry-out", str(own.pk), "--by", officer.email) == (
        "Somebody else must carry out your own request."
    )
    assert User.objects.get(pk=officer.pk).is_active


def test_a_wish_is_carried_out_once(wish, officer):
    erasing.carry_out(wish, by=officer, at=AT)

    assert refusal("--carry-out", str(wish.pk), "--by", officer.email) == "This request is already closed."
