"""Letters in the language of the person, and our words over allauth's."""

from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import translation

from ashar.web import catalogues
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

THEIRS = Path(allauth.__file__).parent
MET = ("account", "mfa", "templates/account", "templates/mfa")


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
    assert mail.outbox[0].subject == "Неизвестная учётная запись"


@pytest.mark.django_db
def test_the_first_letter_is_in_the_language_of_the_sign_up_page(client):
    client.post(signing_in.address("account_signup", "ky"), {"email": "meerim@example.org"})
    assert mail.outbox[0].subject == "Электрондук дарегиңизди ырастаңыз"


def test_a_changed_password_is_told_by_letter_in_the_persons_language(signed_in_giver, giver):
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-one-3", "password2": "a-new-long-one-3"}
    signed_in_giver.post(signing_in.address("account_change_password", "en"), new)
    assert [letter.subject for letter in mail.outbox] == ["Сырсөз өзгөртүлдү"]
    assert mail.outbox[0].to == [giver.email]


def test_no_letter_names_the_host_as_the_site(client, code_giver):
    client.post(signing_in.address("account_request_login_code"), {"email": code_giver.email})
    assert "testserver" not in mail.outbox[0].body
    assert mail.outbox[0].body.rstrip().endswith("Ашар\nlocalhost:8000")


def ours(language):
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    return [message for message in catalogues.read(path, language) if message.id]


def theirs(language=None):
    """Return allauth's messages: those of its pages and letters, or its whole catalogue in `language`."""
    if language:
        path = THEIRS / "locale" / language / "LC_MESSAGES" / "django.po"
        return {(message.context, key(message)): message for message in catalogues.read(path, language)}
    found = {}
    for part in MET:
        found |= {(each.context, key(each)): each for each in catalogues.messages_of(THEIRS / part) if each.id}
    return found


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_sentence_of_allauth_that_a_person_meets_is_translated(language):
    translated = {(message.context, key(message)) for message in ours(language) if message.string}
    translated |= {where for where, message in theirs(language).items() if message.string and not message.fuzzy}
    assert sorted(str(missing) for missing in theirs().keys() - translated) == []


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_our_wording_is_of_sentences_that_allauth_still_says(language):
    gone = {(message.context, key(message)) for message in ours(language)} - theirs().keys()
    assert gone == set()


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_our_wording_keeps_the_placeholders(language):
    for message in ours(language):
        assert set(catalogues.PLACEHOLDER.findall(message.string)) == set(catalogues.PLACEHOLDER.findall(message.id))


def test_russian_asks_for_a_code_and_writes_an_account_in_one_way(client, db):
    page = client.get(signing_in.address("account_request_login_code", "ru")).content.decode()
    assert ("Запросить код" in page, "Код запроса" in page) == (True, False)
    with translation.override("ru"):
        told = {translation.gettext(key(message)) for message in theirs().values()}
    assert [sentence for sentence in told if "четн" in sentence.lower()] == []


@pytest.mark.parametrize(("language", "said"), [("ky", "Сырсөз"), ("ru", "Пароль"), ("en", "Password")])
def test_one_word_for_one_thing(language, said):
    with translation.override(language):
        assert translation.gettext("Password") == said


def test_kyrgyz_says_password_and_mail_as_people_do():
    texts = " ".join(message.string for message in ours("ky")).lower()
    assert [word for word in ("купуя", "эмейл", "passkey", "дуруст") if word in texts] == []
