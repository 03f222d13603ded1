import json
import uuid
from base64 import b64decode

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from ashar.outbox import sending
from ashar.outbox.models import Delivery, Message
from tests.ashar.outbox.conftest import AT, queue


def test_a_message_waits_for_every_consumer_of_its_topic(listen, send):
    listen(name="thanks")
    listen(name="matching")
    listen("gift.returned", name="regrets")

    message = send("gift.given", {"gift": "a", "parts": [1, None, {"b": True}]})

    kept = Message.objects.get()
    assert (kept.pk, kept.topic, kept.sent_at) == (message.pk, "gift.given", AT)
    assert kept.payload == {"gift": "a", "parts": [1, None, {"b": True}]}
    waiting = Delivery.objects.order_by("pk").values_list("consumer", "state", "attempts", "due_at", "resend_at")
    assert list(waiting) == [
        ("thanks", "waiting", 0, AT, AT + sending.NUDGE_GRACE),
        ("matching", "waiting", 0, AT, AT + sending.NUDGE_GRACE),
    ]
    assert str(kept) == f"gift.given {kept.pk}"
    assert str(Delivery.objects.get(consumer="thanks")) == f"{kept.pk} → thanks: waiting"


def test_sending_takes_two_statements_for_any_number_of_consumers(listen, django_assert_num_queries, db):
    for name in ("thanks", "matching", "search"):
        listen(name=name)

    with transaction.atomic(), django_assert_num_queries(2):
        sending.send("gift.given", {}, at=AT)


def test_a_message_that_nobody_listens_to_is_kept_without_deliveries(send):
    send("gift.given")

    assert (Message.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        sending.send("gift.given", {}, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_message_falls_with_its_change_and_no_worker_hears_of_it(listen):
    listen()

    with transaction.atomic():
        sending.send("gift.given", {}, at=AT)
        transaction.set_rollback(True)

    assert (Message.objects.count(), Delivery.objects.count(), queue()) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
def test_workers_hear_of_a_message_right_after_the_commit(listen, send):
    listen()

    message = send("gift.given")

    (file,) = queue()
    letter = json.loads(file.read_text())
    assert letter["headers"]["task"] == "outbox.deliver"
    assert json.loads(b64decode(letter["body"]))[1] == {"message_id": str(message.pk)}


@pytest.mark.django_db(transaction=True)
def test_workers_are_not_bothered_with_what_nobody_listens_to(send):
    send("gift.given")

    assert queue() == []


@pytest.mark.parametrize("key", ["message_id", "at", "two words", "", "7th"])
def test_a_key_that_cannot_be_an_argument_is_refused(send, key):
    with pytest.raises(ValueError, match="cannot be arguments of a consumer"):
        send("gift.given", {key: 1})


@pytest.mark.parametrize("value", [uuid.uuid4(), AT, {1, 2}, b"bytes"])
def test_what_is_not_json_is_refused_at_once(send, value):
    with pytest.raises(TypeError):
        send("gift.given", {"value": value})


def test_numbers_that_are_none_are_refused(send):
    with pytest.raises(ValueError, match="not JSON compliant"):
        send("gift.given", {"value": float("nan")})
