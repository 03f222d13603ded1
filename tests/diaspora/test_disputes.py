"""What finance officers are written when a giver's bank claims a gift back, and that nobody else is."""

import pytest
from django.db import transaction

from ashar.money import Money
from ashar.notices.models import Notice
from ashar.outbox import delivering
from ashar.outbox.models import Message
from ashar.payments import facts, returns
from ashar.payments.models import Dispute
from diaspora import disputes
from diaspora.models import Gift
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, FinanceOfficerFactory, PersonFactory

HEADINGS = {
    ("open", "ky"): "Банк салымды талашып жатат: ",
    ("open", "ru"): "Банк оспаривает взнос: ",
    ("open", "en"): "A bank claims a gift back: ",
    ("won", "ky"): "Талашта уттук: ",
    ("won", "ru"): "Оспаривание выиграно: ",
    ("won", "en"): "A dispute was won: ",
    ("lost", "ky"): "Талашта уттурдук: ",
    ("lost", "ru"): "Оспаривание проиграно: ",
    ("lost", "en"): "A dispute was lost: ",
}


@pytest.fixture
def gift(school) -> Gift:
    return ReceivedGiftFactory(project=school)


@pytest.fixture
def officer(db):
    return FinanceOfficerFactory(email="officer@example.org", language="en")


def hear(gift: Gift, status: str) -> None:
    """Let the bank's word reach the payment, as settling does."""
    seen = facts.Dispute(id="dp_1", status=status, amount=Money(50_00, "USD"), transactions=())
    with transaction.atomic():
        returns.recognise_disputes(gift.payment, (seen,), at=NOON)


def letters() -> list[tuple[str, str]]:
    """Return who was written about a dispute and how the letter begins, first told first."""
    told = Notice.objects.filter(kind="dispute_moved").order_by("told_at", "key")
    return [(notice.person.email, notice.subject.partition(":")[0]) for notice in told]


def words_of_topic() -> list[str]:
    return [message.payload["state"] for message in Message.objects.filter(topic="dispute.moved").order_by("pk")]


def test_officers_hear_that_a_dispute_opens_and_how_it_ends(gift, officer):
    hear(gift, "needs_response")
    delivering.drain(NOON)
    opened = letters()
    hear(gift, "won")
    delivering.drain(NOON)

    assert opened == [("officer@example.org", "A bank claims a gift back")]
    assert sorted(letters()) == [*opened, ("officer@example.org", "A dispute was won")]


def test_the_same_word_twice_is_announced_once(gift):
    for status in ("needs_response", "under_review", "lost", "lost"):
        hear(gift, status)
    assert sorted(words_of_topic()) == ["lost", "open"]


def test_what_is_decided_when_we_first_hear_of_it_is_one_word(gift):
    hear(gift, "lost")
    assert words_of_topic() == ["lost"]


def test_the_same_message_twice_is_one_letter(gift, officer):
    hear(gift, "needs_response")
    dispute = Dispute.objects.get()
    for _ in range(2):
        disputes.tell_officers(dispute.pk, state="open", at=NOON)
    assert len(letters()) == 1


def test_neither_the_giver_nor_other_staff_nor_who_left_is_written(gift, officer):
    PersonFactory(email=gift.email)
    EditorFactory(email="editor@example.org")
    left = FinanceOfficerFactory(email="left@example.org")
    left.is_active = False
    left.save()
    before = Notice.objects.exclude(kind="dispute_moved").count()

    hear(gift, "needs_response")
    delivering.drain(NOON)

    assert [address for address, _heading in letters()] == ["officer@example.org"]
    assert Notice.objects.exclude(kind="dispute_moved").count() == before


@pytest.mark.parametrize(("state", "language"), HEADINGS)
def test_each_officer_reads_it_in_their_language(gift, state, language):
    FinanceOfficerFactory(language=language)
    hear(gift, "needs_response")
    disputes.tell_officers(Dispute.objects.get().pk, state=state, at=NOON)
    notice = Notice.objects.get(kind="dispute_moved")

    assert (notice.language, notice.subject.startswith(HEADINGS[state, language])) == (language, True)
    assert f"/cms/gifts/inspect/{gift.pk}/" in notice.text
    assert gift.email not in notice.text
    assert gift.name not in notice.text
