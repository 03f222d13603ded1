"""The last letter to somebody who was erased is forgotten once it went, and no other letter is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from ashar.accounts.tasks import forget_sessions
from ashar.notices import tasks
from ashar.notices.models import Dispatch, Notice

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def letter(kind: str, state: str) -> Notice:
    notice = Notice.objects.create(
        kind=kind, key=f"{kind}:{state}", language="ky", subject="s", text="t", html="", told_at=AT
    )
    sent_at = AT if state == "sent" else None
    Dispatch.objects.create(notice=notice, channel="mail", address="a@example.org", state=state, sent_at=sent_at)
    return notice


@pytest.mark.parametrize(("state", "kept"), [("sent", False), ("dead", False), ("waiting", True)])
def test_a_last_letter_goes_once_nothing_of_it_is_on_its_way(state, kept):
    notice = letter("erasure_done", state)

    tasks.forget_last_letters()

    assert Notice.objects.filter(pk=notice.pk).exists() is kept
    assert Dispatch.objects.exists() is kept


def test_other_letters_stay():
    receipt = letter("gift_received", "sent")

    tasks.forget_last_letters()

    assert list(Notice.objects.all()) == [receipt]


def test_sessions_that_are_over_go_and_others_stay(client):
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(hours=1))

    forget_sessions()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
