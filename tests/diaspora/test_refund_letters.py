"""Who is written about a refund that takes two people, and what the letters say."""

import uuid

import pytest

from ashar.accounts.models import User
from ashar.money import Money
from ashar.notices.models import Notice
from ashar.outbox import delivering
from ashar.payments import refunds
from ashar.payments.models import Refund
from diaspora import refund_letters
from diaspora.models import Gift
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, FinanceOfficerFactory

WAITS = {
    "ky": "Кайтаруу экинчи адамды күтүүдө: ",
    "ru": "Возврат ждёт второго человека: ",
    "en": "A refund waits for a second person: ",
}
REFUSED = {"ky": "Кайтаруу четке кагылды: ", "ru": "В возврате отказано: ", "en": "A refund was refused: "}
WHY = "Paid once, see the statement"


@pytest.fixture
def gift(school, fresh_rates) -> Gift:
    return ReceivedGiftFactory(project=school, amount=Money(500_00, "USD"), name="Бермет Исакова")


@pytest.fixture
def asker(db) -> User:
    return FinanceOfficerFactory(email="asker@example.org", language="en")


def asked(gift: Gift, by: User, dollars: int = 500) -> Refund:
    refund = refunds.request(
        gift.payment, amount=Money(dollars * 100, "USD"), reason="Ката", by=by, token=uuid.uuid4(), at=NOON
    )
    delivering.drain(NOON)
    return refund


def told(kind: str) -> list[str]:
    return sorted(notice.person.email for notice in Notice.objects.filter(kind=kind))


def test_every_other_officer_at_work_is_written_and_nobody_else(gift, asker):
    FinanceOfficerFactory(email="second@example.org")
    FinanceOfficerFactory(email="third@example.org")
    FinanceOfficerFactory(email="left@example.org", is_active=False)
    EditorFactory()
    User.objects.create_superuser("chief@example.org")
    asked(gift, asker)
    assert told("refund_waits") == ["second@example.org", "third@example.org"]


def test_where_no_other_officer_is_the_administrators_are_written(gift, asker):
    User.objects.create_superuser("chief@example.org")
    asked(gift, asker)
    assert told("refund_waits") == ["chief@example.org"]


def test_a_small_one_waits_for_nobody(gift, asker):
    FinanceOfficerFactory()
    refund_id = asked(gift, asker, dollars=1).pk
    refund_letters.tell_waiting(refund_id, at=NOON)
    assert told("refund_waits") == []


def test_the_same_message_twice_is_one_letter_each(gift, asker):
    second = FinanceOfficerFactory(email="second@example.org")
    refund = asked(gift, asker)
    refund_letters.tell_waiting(refund.pk, at=NOON)
    refunds.refuse(refund, reason=WHY, by=second, at=NOON)
    for _time in range(2):
        refund_letters.tell_refused(refund.pk, at=NOON)
    assert (told("refund_waits"), told("refund_refused")) == (["second@example.org"], ["asker@example.org"])


def test_only_who_asked_hears_of_the_refusal_and_why(gift, asker):
    second = FinanceOfficerFactory(email="second@example.org")
    refund = asked(gift, asker)
    refunds.refuse(refund, reason=WHY, by=second, at=NOON)
    delivering.drain(NOON)
    notice = Notice.objects.get(kind="refund_refused")
    assert (notice.person, WHY in notice.text, f"/cms/refunds/inspect/{refund.pk}/" in notice.text) == (
        asker, True, True,
    )  # fmt: skip


def test_who_asked_and_left_is_not_written(gift, asker):
    refund = asked(gift, asker)
    User.objects.filter(pk=asker.pk).update(is_active=False)
    refunds.refuse(refund, reason=WHY, by=FinanceOfficerFactory(), at=NOON)
    delivering.drain(NOON)
    assert told("refund_refused") == []


@pytest.mark.parametrize("language", WAITS)
def test_each_reads_it_in_their_language_without_the_giver(gift, language):
    asker, second = (FinanceOfficerFactory(language=language) for _person in range(2))
    refunds.refuse(asked(gift, asker), reason=WHY, by=second, at=NOON)
    delivering.drain(NOON)
    waits, refused = (Notice.objects.get(kind=kind) for kind in ("refund_waits", "refund_refused"))
    assert [waits.subject.startswith(WAITS[language]), refused.subject.startswith(REFUSED[language])] == [True] * 2
    assert [word for word in (gift.email, gift.name) if word in waits.text + refused.text] == []
