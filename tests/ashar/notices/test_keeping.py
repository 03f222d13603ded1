"""Letters are kept as long as people are told, and not a day longer."""

from datetime import UTC, datetime, timedelta

import pytest

from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.notices.models import Dispatch, InboxItem, MailboxMessage, Notice
from ashar.privacy import retention

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def aigul():
    return User.objects.create_user("aigul@example.org")


def letter(key: str, *, told_at: datetime, person: User) -> Notice:
    notice = Notice.objects.create(
        kind="parcel", key=key, language="ky", person=person, subject="s", text="t", told_at=told_at
    )
    Dispatch.objects.create(notice=notice, channel="mail", address="a@example.org", state="sent", sent_at=told_at)
    InboxItem.objects.create(notice=notice, person=person, arrived_at=told_at)
    return notice


def mail(number: int, *, received_at: datetime) -> MailboxMessage:
    return MailboxMessage.objects.create(
        message_id=f"<{number}>", sender="ashar@localhost", to="a@example.org", received_at=received_at
    )


def test_a_letter_goes_after_a_year_with_its_ways_and_its_place_in_the_inbox(aigul):
    letter("old", told_at=AT - timedelta(days=365) - SECOND, person=aigul)
    young = letter("young", told_at=AT - timedelta(days=365), person=aigul)

    assert retention.keep(at=AT) == {"notice notices.Notice notices.Dispatch": 1}
    assert [
        list(model.objects.values_list(field, flat=True))
        for model, field in ((Notice, "pk"), (Dispatch, "notice"), (InboxItem, "notice"))
    ] == [[young.pk]] * 3


def test_the_demos_mailbox_forgets_after_thirty_days():
    mail(1, received_at=AT - timedelta(days=30) - SECOND)
    young = mail(2, received_at=AT - timedelta(days=30))

    assert retention.keep(at=AT) == {"sign-in notices.MailboxMessage": 1}
    assert list(MailboxMessage.objects.all()) == [young]


def test_the_oldest_go_first_when_there_are_too_many(aigul, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    monkeypatch.setattr(retention, "MOST_BATCHES", 1)
    for years in (2, 3):
        letter(f"{years} years", told_at=AT - timedelta(days=365 * years + 1), person=aigul)
        mail(years, received_at=AT - timedelta(days=365 * years))

    retention.keep(at=AT)

    assert [notice.key for notice in Notice.objects.all()] == ["2 years"]
    assert [kept.message_id for kept in MailboxMessage.objects.all()] == ["<2>"]


def test_the_audit_log_counts_and_names_nobody(aigul):
    letter("old", told_at=AT - timedelta(days=366), person=aigul)

    retention.keep(at=AT)

    assert Entry.objects.get().facts == {"models": ["notices.Notice", "notices.Dispatch"], "count": 1}
