import logging
import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from ashar.notices import channels, dispatching
from ashar.notices.dispatching import PATIENCE
from ashar.notices.models import Dispatch, InboxItem, Notice
from ashar.outbox import delivering
from ashar.outbox.models import Delivery
from tests.ashar.notices.conftest import AT

HOUR = timedelta(hours=1)


class MailServer(channels.MailChannel):
    """A mail server that answers what the test wants, one answer per mail; None takes the mail."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked_at = []

    def send(self, notice, *, to, at):
        """Answer."""
        self.asked_at.append(at)
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        super().send(notice, to=to, at=at)


@pytest.fixture
def mail_server(monkeypatch):
    def answering(*answers):
        server = MailServer(*answers)
        monkeypatch.setattr(channels, "CHANNELS", (server, channels.InboxChannel()))
        return server

    return answering


@pytest.fixture
def smtp_refusing(settings):
    """A backend that refuses the recipient with a code of SMTP."""

    def refuse(code):
        settings.EMAIL_BACKEND = f"{__name__}.Refusing{code}"

    return refuse


class Refusing550:
    """No such mailbox."""

    code = 550

    def __init__(self, **_):
        pass

    def send_messages(self, messages):
        """Refuse."""
        raise SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"somebody@example.com said no")})


class Refusing451(Refusing550):
    """Come back later."""

    code = 451


def only():
    return Dispatch.objects.get()


def test_a_mail_carries_the_notice(tell, settings):
    settings.DEFAULT_FROM_EMAIL = "Ashar <ashar@ashar.example>"
    notice = tell()

    dispatching.dispatch(notice.pk, at=AT)

    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == (notice.subject, notice.text, ["aigul@example.com"])
    assert (sent.from_email, sent.reply_to) == ("Ashar <ashar@ashar.example>", ["Ashar <ashar@ashar.example>"])
    written = sent.message()
    assert written["Message-ID"] == f"<notice-{notice.pk}@ashar.example>"
    assert (written["Content-Language"], written["Auto-Submitted"]) == ("en", "auto-generated")
    assert [part.get_content_type() for part in written.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_mail_whose_kind_is_text_alone_has_html_too(tell):
    dispatching.dispatch(tell(language="ru").pk, at=AT)

    written = mail.outbox[0].message()
    assert [part.get_content_type() for part in written.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert written["Content-Language"] == "ru"


def test_answers_go_where_the_settings_say(tell, settings):
    settings.EMAIL_REPLY_TO = "help@ashar.example"

    dispatching.dispatch(tell().pk, at=AT)

    assert mail.outbox[0].reply_to == ["help@ashar.example"]


def test_a_sent_notice_says_when(tell):
    dispatching.dispatch(tell().pk, at=AT + HOUR)

    assert (only().state, only().sent_at, only().attempts, only().last_error) == ("sent", AT + HOUR, 1, "")


def test_a_notice_is_sent_once(tell):
    notice = tell()

    for _ in range(3):
        dispatching.dispatch(notice.pk, at=AT)

    assert len(mail.outbox) == 1


def test_the_inbox_gets_it_too(tell, aigul):
    notice = tell(person=aigul)

    dispatching.dispatch(notice.pk, at=AT + HOUR)

    item = InboxItem.objects.get()
    assert (item.notice, item.person, item.arrived_at, item.read_at) == (notice, aigul, AT + HOUR, None)
    assert str(item) == f"{notice.pk} in the inbox of {aigul.pk}"


def test_a_mail_server_that_is_away_does_not_keep_the_inbox_empty(tell, aigul, mail_server):
    mail_server(SMTPServerDisconnected())
    notice = tell(person=aigul)

    with pytest.raises(dispatching.NotYetSent, match=r"^mail$"):
        dispatching.dispatch(notice.pk, at=AT)

    assert dict(Dispatch.objects.values_list("channel", "state")) == {"mail": "waiting", "inbox": "sent"}
    assert InboxItem.objects.count() == 1


def test_a_failure_is_kept_without_an_address(tell, mail_server, caplog):
    mail_server(SMTPServerDisconnected("aigul@example.com"))
    notice = tell()

    with caplog.at_level(logging.WARNING), pytest.raises(dispatching.NotYetSent):
        dispatching.dispatch(notice.pk, at=AT)

    assert (only().state, only().attempts, only().last_error) == ("waiting", 1, "SMTPServerDisconnected")
    assert caplog.messages == [f"Notice {notice.pk} was not sent by mail (SMTPServerDisconnected)."]


def test_the_outbox_tries_again_for_a_day_and_then_the_notice_is_dead(tell, mail_server):
    server = mail_server(*[SMTPServerDisconnected()] * 50)
    tell()
    moments = [AT]
    for pause in PATIENCE:
        moments.append(moments[-1] + pause)

    for moment in [*moments, moments[-1] + HOUR]:
        delivering.drain(moment)

    assert server.asked_at == moments
    assert moments[-1] - AT >= dispatching.GIVE_UP_AFTER > moments[-2] - AT
    assert (only().state, only().attempts, only().sent_at) == ("dead", 9, None)
    assert Delivery.objects.get().state == "done"


def test_the_next_attempt_may_succeed(tell, mail_server):
    mail_server(SMTPServerDisconnected())
    tell()

    assert delivering.drain(AT) == 0
    assert delivering.drain(AT + PATIENCE[0]) == 1
    assert (only().state, only().attempts, only().last_error) == ("sent", 2, "")
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(tell, smtp_refusing):
    smtp_refusing(550)

    dispatching.dispatch(tell().pk, at=AT)

    assert (only().state, only().last_error) == ("dead", "refused for good")


def test_an_address_that_is_refused_for_now_is_tried_again(tell, smtp_refusing):
    smtp_refusing(451)

    with pytest.raises(dispatching.NotYetSent):
        dispatching.dispatch(tell().pk, at=AT)

    assert (only().state, only().last_error) == ("waiting", "SMTPRecipientsRefused")


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "a@example.com\nBcc: victim@example.com", "a b@example.com"])
def test_what_is_no_address_is_dead_at_once(tell, address):
    dispatching.dispatch(tell(email=address).pk, at=AT)

    assert (only().state, only().last_error) == ("dead", "no address")
    assert mail.outbox == []


def test_a_hostile_name_adds_no_header(tell):
    facts = {"name": "Eve\r\nBcc: victim@example.com", "arrived_on": AT}

    dispatching.dispatch(tell(facts=facts).pk, at=AT)

    written = mail.outbox[0].message()
    assert written["Bcc"] is None
    assert mail.outbox[0].recipients() == ["aigul@example.com"]
    assert written["Subject"].splitlines() == ["Your parcel is here: Eve"]


def test_an_inbox_whose_person_left_is_dead(tell, aigul):
    notice = tell(email="", person=aigul)
    Notice.objects.update(person=None)

    dispatching.dispatch(notice.pk, at=AT)

    assert Dispatch.objects.get(channel="inbox").last_error == "the account is gone"


def test_a_channel_that_was_removed_is_tried_again_until_it_is_too_late(tell):
    notice = tell()
    Dispatch.objects.update(channel="telegram")

    with pytest.raises(dispatching.NotYetSent):
        dispatching.dispatch(notice.pk, at=AT)
    dispatching.dispatch(notice.pk, at=AT + dispatching.GIVE_UP_AFTER)

    assert (only().state, only().last_error) == ("dead", "KeyError")


@pytest.mark.parametrize("change", [{"state": "sent"}, {"sent_at": AT}])
def test_sent_and_its_moment_go_together(tell, change):
    tell()

    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(tell):
    tell()
    start, finished = threading.Barrier(4), []

    def work():
        start.wait()
        finished.append(delivering.drain(AT))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(finished) == 1
    assert len(mail.outbox) == 1
