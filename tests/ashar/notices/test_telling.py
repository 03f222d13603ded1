import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from ashar.notices import telling
from ashar.notices.models import Dispatch, Notice
from ashar.outbox.models import Message
from tests.ashar.notices.conftest import AT, FACTS


def dispatches():
    return list(Dispatch.objects.order_by("pk").values_list("channel", "address", "state"))


def test_a_guest_is_told_by_mail(tell):
    notice = tell(email="guest@example.com")

    kept = Notice.objects.get()
    assert (kept.key, kept.kind, kept.language, kept.person, kept.told_at) == ("parcel:1", "parcel", "en", None, AT)
    assert kept.subject == "Your parcel is here: Айгүл"
    assert kept.text.startswith("Hello Айгүл,")
    assert dispatches() == [("mail", "guest@example.com", "waiting")]
    assert [(message.topic, message.payload) for message in Message.objects.all()] == [
        ("notice.due", {"notice": str(notice.pk)})
    ]
    assert str(kept) == "parcel:1"
    assert str(Dispatch.objects.get()) == f"{kept.pk} by mail: waiting"


def test_a_person_is_told_by_mail_and_in_the_inbox(tell, aigul):
    tell(email="", person=aigul)

    assert dispatches() == [("mail", "aigul@example.com", "waiting"), ("inbox", str(aigul.pk), "waiting")]
    assert Notice.objects.get().person == aigul


def test_an_address_given_for_the_occasion_comes_before_that_of_the_account(tell, aigul):
    tell(email="work@example.com", person=aigul)

    assert dispatches()[0] == ("mail", "work@example.com", "waiting")


def test_nobody_cannot_be_told(tell):
    with pytest.raises(ValueError, match=r"Nobody to tell about parcel:1"):
        tell(email="")

    assert Notice.objects.count() == 0


def test_what_was_told_is_not_told_again(tell):
    first = tell()

    second = tell(facts={**FACTS, "name": "Somebody else"}, email="somebody@example.com")

    assert second == first
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)
    assert dispatches() == [("mail", "aigul@example.com", "waiting")]
    assert second.subject == "Your parcel is here: Айгүл"


def test_another_key_is_another_notice(tell):
    assert tell(key="parcel:1") != tell(key="parcel:2")


def test_the_notice_remembers_the_language_that_it_was_written_in(tell):
    assert tell("letter", language="ky").language == "ru"


def test_telling_takes_seven_statements(django_assert_num_queries, db):
    with transaction.atomic(), django_assert_num_queries(8):
        telling.tell("parcel", key="parcel:1", language="en", at=AT, email="a@example.com", facts=FACTS)


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        telling.tell("parcel", key="parcel:1", language="en", at=AT, email="a@example.com", facts=FACTS)


@pytest.mark.django_db(transaction=True)
def test_a_notice_falls_with_its_change(tell):
    with transaction.atomic():
        telling.tell("parcel", key="parcel:1", language="en", at=AT, email="a@example.com", facts=FACTS)
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Dispatch.objects.count(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_tell_the_same_one_does(tell):
    start, told = threading.Barrier(5), []

    def say():
        start.wait()
        told.append(tell().pk)
        connection.close()

    threads = [threading.Thread(target=say) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == 5
    assert set(told) == {Notice.objects.get().pk}
    assert (Dispatch.objects.count(), Message.objects.count()) == (1, 1)


def test_a_notice_of_a_person_who_left_stays_without_them(tell, aigul):
    tell(email="", person=aigul)

    aigul.delete()

    assert Notice.objects.get().person is None


def test_only_our_languages_are_kept(tell):
    tell()

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(language="de")
