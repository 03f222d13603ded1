"""allauth's letters: in the language of the person, in the frame of all our mails, with links to where the site stands."""

import re
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

TEMPLATES = Path(allauth.__file__).parent / "templates"
FRAMES = {"account/email/base", "account/email/base_notification"}
LETTERS = sorted(
    {
        path.relative_to(TEMPLATES).as_posix().removesuffix("_message.txt")
        for part in ("account", "mfa")
        for path in (TEMPLATES / part / "email").glob("*_message.txt")
    }
    - FRAMES
)
SIGNATURES = {
    "ky": "«Ашар» платформасы жөнөттү. Бул катка жооп берүүнүн кереги жок.",
    "ru": "Отправлено платформой «Ашар». Отвечать на это письмо не нужно.",
    "en": "Made by Ashar. You need not answer this message.",
}
FACTS = {
    "code": "KX2P-9RTD",
    "ip": "192.0.2.7",
    "user_agent": "Lynx <b>2.9</b> https://phishing.example/",
    "timestamp": datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "password_reset_url": "http://elsewhere.example/ky/accounts/password/reset/key/1-a/?next=/ky/",
    "signup_url": "http://elsewhere.example/ky/accounts/signup/",
    "activate_url": "http://elsewhere.example/ky/accounts/confirm-email/1/",
}


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("ky", "Кирүү коду", "Саламатсызбы! Бул — Ашар."),
        ("ru", "Код для входа", "Здравствуйте! Это Ашар."),
        ("en", "Sign-In Code", "Hello from Ashar!"),
    ],
)
def test_a_code_comes_in_the_persons_language_whatever_the_page_speaks(code_giver, language, subject, greeting):
    type(code_giver).objects.filter(pk=code_giver.pk).update(language=language)
    for page_language in ("ky", "ru", "en"):
        Client().post(signing_in.address("account_request_login_code", page_language), {"email": code_giver.email})
    assert [letter.subject for letter in mail.outbox] == [subject] * 3
    assert {letter.body.splitlines()[0] for letter in mail.outbox} == {greeting}


def test_a_letter_to_a_second_address_is_in_the_persons_language_too(client, code_giver):
    EmailAddress.objects.create(user=code_giver, email="second@example.org", verified=True)
    client.post(signing_in.address("account_request_login_code", "en"), {"email": "Second@example.org"})
    assert mail.outbox[0].subject == "Код для входа"


@pytest.mark.django_db
def test_a_letter_to_a_stranger_is_in_the_language_of_the_page(client):
    client.post(signing_in.address("account_request_login_code", "ru"), {"email": "stranger@example.org"})
    assert mail.outbox[0].subject == "Такой учётной записи нет"


@pytest.mark.django_db
def test_the_first_letter_is_in_the_language_of_the_sign_up_page(client):
    client.post(signing_in.address("account_signup", "ky"), {"email": "meerim@example.org"})
    assert mail.outbox[0].subject == "Электрондук дарегиңизди ырастаңыз"


def test_a_changed_password_is_told_by_letter_in_the_persons_language(signed_in_giver, giver):
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-one-3", "password2": "a-new-long-one-3"}
    signed_in_giver.post(signing_in.address("account_change_password", "en"), new)
    assert [letter.subject for letter in mail.outbox] == ["Сырсөз өзгөртүлдү"]
    assert mail.outbox[0].to == [giver.email]


def html_of(letter):
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return html


@pytest.fixture
def written(code_giver):
    """Write one letter of allauth's to a person who reads `spoken`, and return it."""

    def write(prefix, spoken):
        code_giver.language = spoken
        get_adapter().send_mail(prefix, code_giver.email, {**FACTS, "user": code_giver})
        return mail.outbox[-1]

    return write


@pytest.mark.parametrize("spoken", ["ky", "ru", "en"])
@pytest.mark.parametrize("prefix", LETTERS)
def test_every_letter_comes_as_text_and_in_the_one_frame(written, prefix, spoken):
    letter = written(prefix, spoken)
    html = html_of(letter)
    assert letter.body.endswith(f"\n\n{SIGNATURES[spoken]}\n")
    assert (html.count(SIGNATURES[spoken]), html.count(f'<html lang="{spoken}">'), html.count("</html>")) == (1, 1, 1)
    assert f"<h1>{letter.subject}</h1>" in html


@pytest.mark.parametrize("prefix", LETTERS)
def test_no_letter_leads_to_the_host_that_was_asked_nor_to_a_strangers(written, prefix, settings):
    letter = written(prefix, "ru")
    assert "elsewhere.example" not in letter.body + html_of(letter)
    assert {
        href for href in re.findall(r'href="(.*?)"', html_of(letter)) if not href.startswith(settings.SITE_URL)
    } == set()


@pytest.mark.parametrize("prefix", LETTERS)
def test_every_letter_has_the_headers_of_all_our_mails(written, prefix, settings):
    settings.EMAIL_REPLY_TO = "help@ashar.example"
    letter = written(prefix, "ky")
    assert letter.reply_to == ["help@ashar.example"]
    assert letter.extra_headers == {"Content-Language": "ky", "Auto-Submitted": "auto-generated"}


def test_headers_that_allauth_asks_for_stay(code_giver):
    facts = {**FACTS, "user": code_giver}
    letter = get_adapter().render_mail(
        "account/email/login_code", [code_giver.email], facts, headers={"X-Of": "allauth"}
    )
    assert (letter.to, letter.extra_headers["X-Of"]) == ([code_giver.email], "allauth")


def test_a_code_stands_by_itself_and_large(client, code_giver):
    client.post(signing_in.address("account_request_login_code"), {"email": code_giver.email})
    code = signing_in.code_of(mail.outbox[0])
    assert html_of(mail.outbox[0]).count(f'<p class="code">{code}</p>') == 1


def test_the_link_of_a_forgotten_password_stands_where_the_site_does(client, giver, settings):
    settings.SITE_URL = "https://ashar.example"
    client.post(signing_in.address("account_reset_password", "ky"), {"email": giver.email})
    [link] = re.findall(r"^http\S+$", mail.outbox[0].body, re.MULTILINE)
    assert re.fullmatch(r"https://ashar\.example/ky/accounts/password/reset/key/[\w-]+/", link)
    assert html_of(mail.outbox[0]).count(f'<a class="button" href="{link}">') == 1


@pytest.mark.django_db
def test_the_link_for_a_stranger_stands_where_the_site_does(client, settings):
    settings.SITE_URL = "https://ashar.example"
    client.post(signing_in.address("account_request_login_code", "ru"), {"email": "stranger@example.org"})
    assert 'href="https://ashar.example/ru/accounts/signup/"' in html_of(mail.outbox[0])


def test_what_a_browser_says_of_itself_is_only_words(written):
    html = html_of(written("account/email/password_changed", "en"))
    assert "- Browser: Lynx &lt;b&gt;2.9&lt;/b&gt; https://phishing.example/" in html


def test_the_time_of_a_change_says_its_zone(written):
    letter = written("account/email/password_changed", "ru")
    assert "- Дата: 23 ноября 2026\N{NO-BREAK SPACE}г., 15:00 (время Бишкека)\n" in letter.body


def test_no_letter_names_the_host_as_the_site(client, code_giver):
    client.post(signing_in.address("account_request_login_code"), {"email": code_giver.email})
    assert "testserver" not in mail.outbox[0].body + html_of(mail.outbox[0])
