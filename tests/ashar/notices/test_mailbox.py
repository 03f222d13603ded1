import pytest
from django.core.mail import BadHeaderError, EmailMessage, get_connection, send_mail
from django.urls import reverse

from ashar.notices import dispatching
from ashar.notices.channels import mail
from ashar.notices.models import MailboxMessage
from tests.ashar.notices.conftest import AT, FACTS


@pytest.fixture(autouse=True)
def _mails_go_to_the_mailbox(settings):
    settings.EMAIL_BACKEND = "ashar.notices.mailbox.MailboxBackend"
    settings.DEMO = True


@pytest.fixture
def parcel(tell):
    dispatching.dispatch(tell(facts={**FACTS, "name": "Eve <b>bold</b>"}).pk, at=AT)
    return MailboxMessage.objects.get()


def test_a_notice_is_kept_whole(tell):
    notice = tell()

    dispatching.dispatch(notice.pk, at=AT)

    kept = MailboxMessage.objects.get()
    assert kept.message_id == f"<notice-{notice.pk}@ashar.example>"
    assert (kept.to, kept.subject, kept.language) == ("aigul@example.com", notice.subject, "en")
    assert (kept.text, kept.html) == (notice.text, notice.html)
    assert str(kept) == "aigul@example.com: Your parcel is here: Айгүл"


def test_a_mail_handed_over_twice_is_kept_once(tell):
    notice = tell()
    for _ in range(2):
        mail(notice, to="aigul@example.com").send()

    assert MailboxMessage.objects.get().message_id == f"<notice-{notice.pk}@ashar.example>"


def test_any_other_mail_is_kept_as_well(db):
    assert send_mail("Code", "123456", None, ["a@example.com", "b@example.com"]) == 1

    kept = MailboxMessage.objects.get()
    assert (kept.to, kept.text, kept.html, kept.language) == ("a@example.com, b@example.com", "123456", "", "")


def test_several_mails_are_several_rows(db):
    mails = [EmailMessage(subject, "text", to=["a@example.com"]) for subject in ("one", "two")]

    assert get_connection().send_messages(mails) == 2
    assert sorted(MailboxMessage.objects.values_list("subject", flat=True)) == ["one", "two"]


def test_a_mail_that_no_server_would_take_is_refused_here_too(db):
    with pytest.raises(BadHeaderError):
        send_mail("Code\nBcc: victim@example.com", "123456", None, ["a@example.com"])

    assert MailboxMessage.objects.count() == 0


def test_the_list_shows_mails_newest_first(client, db):
    for subject in ("first", "second", "third"):
        send_mail(subject, "text", None, ["a@example.com"])

    response = client.get(reverse("mailbox"))

    assert [message.subject for message in response.context["page"]] == ["third", "second", "first"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many_mails_as_for_one(client, db, django_assert_num_queries, count):
    for _ in range(count):
        send_mail("subject", "text", None, ["a@example.com"])

    with django_assert_num_queries(2):
        client.get(reverse("mailbox"))


def test_the_list_has_pages(client, db):
    for number in range(31):
        send_mail(f"mail {number}", "text", None, ["a@example.com"])

    response = client.get(reverse("mailbox"), {"page": 2})

    assert [message.subject for message in response.context["page"]] == ["mail 0"]
    assert client.get(reverse("mailbox"), {"page": "nonsense"}).context["page"].number == 1


def test_an_empty_mailbox_says_so(client, db):
    response = client.get("/demo/mailbox/", headers={"accept-language": "ru"}, follow=True)

    assert "Писем пока нет." in response.content.decode()


def test_one_mail_is_shown_with_its_text_escaped_and_its_links_alive(client, parcel):
    page = client.get(reverse("mailbox-message", args=[parcel.pk])).content.decode()

    assert "Hello Eve &lt;b&gt;bold&lt;/b&gt;," in page
    assert '<a href="https://ashar.example/en/" rel="nofollow">https://ashar.example/en/</a>' in page
    assert "<b>bold</b>" not in page
    assert reverse("mailbox-html", args=[parcel.pk]) in page


def test_a_mail_without_html_offers_none(client, db):
    send_mail("Code", "123456", None, ["a@example.com"])
    plain = MailboxMessage.objects.get()

    page = client.get(reverse("mailbox-message", args=[plain.pk])).content.decode()

    assert reverse("mailbox-html", args=[plain.pk]) not in page
    assert client.get(reverse("mailbox-html", args=[plain.pk]), follow=True).status_code == 404


def test_html_is_a_document_of_its_own_in_a_sandbox(client, parcel):
    response = client.get(reverse("mailbox-html", args=[parcel.pk]))

    assert response.content.decode() == parcel.html
    policy = {directive.strip() for directive in response["Content-Security-Policy"].split(";")}
    assert policy == {"default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "sandbox"}


@pytest.mark.parametrize("name", ["mailbox-message", "mailbox-html"])
def test_a_mail_that_is_not_there_is_not_found(client, db, name):
    assert client.get(reverse(name, args=[999]), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["mailbox", "mailbox-message", "mailbox-html"])
def test_outside_the_demo_there_is_no_mailbox(client, parcel, settings, name):
    settings.DEMO = False
    arguments = [] if name == "mailbox" else [parcel.pk]

    assert client.get(reverse(name, args=arguments), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["mailbox", "mailbox-message", "mailbox-html"])
def test_the_mailbox_is_only_read(client, parcel, name):
    arguments = [] if name == "mailbox" else [parcel.pk]

    assert client.post(reverse(name, args=arguments)).status_code == 405
