"""Passkeys where JavaScript is off: the page says so beside the button, and a form that comes empty says so again."""

import pytest
from allauth.mfa.models import Authenticator

from tests.ashar.accounts import signing_in

SAID = {
    "ky": "Кирүү ачкычына JavaScript керек",
    "ru": "Для ключа доступа нужен JavaScript",
    "en": "A passkey needs JavaScript, which is switched off in your browser.",
}
UNSAID = {"ky": "толтурул", "ru": "Обязательное поле", "en": "This field is required"}


@pytest.fixture(params=["ky", "ru", "en"])
def language(request):
    return request.param


def text_of(response) -> str:
    return response.content.decode().replace("\n", " ")


def test_the_sign_in_page_says_so_once_and_beside_the_button(client, db, language):
    html = text_of(client.get(signing_in.address("account_login", language)))
    assert html.count(SAID[language]) == 1
    assert html.index("passkey_login") < html.index(SAID[language]) < html.index("<h2>")


def test_signing_in_without_a_passkey_tells_why_it_went_nowhere(client, db, language):
    html = text_of(client.post(signing_in.address("mfa_login_webauthn", language), {"credential": ""}, follow=True))
    assert html.count(SAID[language]) == 2  # above, and beside the button
    assert UNSAID[language] not in html


def test_adding_one_tells_so_too(signed_in_giver, language):
    html = text_of(signed_in_giver.post(signing_in.address("mfa_add_webauthn", language), {"name": "Phone"}))
    assert (html.count(SAID[language]), UNSAID[language] in html) == (2, False)


def test_proving_who_one_is_tells_so_too(stale_giver, giver, language):
    Authenticator.objects.create(user=giver, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}})
    asked = signing_in.address("mfa_reauthenticate_webauthn", language)
    html = text_of(stale_giver.post(asked, {"credential": ""}, follow=True))
    assert (html.count(SAID[language]), UNSAID[language] in html) == (1, False)
