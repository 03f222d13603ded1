"""Every account page, for everybody, in three languages, without anything inline."""

import re
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Group
from django.core import mail

from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

LANGUAGES = ("ky", "ru", "en")
OPEN = ("account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_inactive")
OWN = (
    "account",
    "account_email",
    "account_change_password",
    "account_logout",
    "account_export",
    "account_erasure",
    "mfa_index",
)
AFTER_A_QUESTION = ("mfa_activate_totp", "mfa_add_webauthn", "account_set_password")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OPEN)
def test_anybody_sees_the_open_pages(client, name, language):
    assert client.get(signing_in.address(name, language)).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN)
def test_who_is_signed_in_sees_their_own_pages(signed_in_giver, name, language):
    assert signed_in_giver.get(signing_in.address(name, language)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN[:3] + OWN[4:] + AFTER_A_QUESTION)
def test_visitors_are_sent_to_sign_in_and_back(client, name):
    page = signing_in.address(name)
    response = client.get(page)
    assert (response.status_code, unquote(response.url)) == (302, f"/en/accounts/login/?next={page}")


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_what_guards_the_account_asks_for_the_password_again(stale_giver, name):
    page = signing_in.address(name)
    asked = stale_giver.get(page)
    assert asked.url == f"/en/accounts/reauthenticate/?next={page.replace('/', '%2F')}"
    stale_giver.post(asked.url, {"password": PASSWORD})
    assert stale_giver.get(page).status_code == 200


@pytest.mark.parametrize("name", ["account_email", *AFTER_A_QUESTION[:2]])
def test_right_after_signing_in_nothing_is_asked_again(signed_in_giver, name):
    assert signed_in_giver.get(signing_in.address(name)).status_code == 200


@pytest.mark.parametrize("name", AFTER_A_QUESTION[:2])
def test_signing_in_is_fresh_for_five_minutes(signed_in_giver, name):
    for seconds, status in ((295, 200), (10, 302)):
        session = signed_in_giver.session
        [record] = session["account_authentication_methods"]
        session["account_authentication_methods"] = [{**record, "at": record["at"] - seconds}]
        session.save()
        assert signed_in_giver.get(signing_in.address(name)).status_code == status


def test_a_password_without_the_second_factor_is_no_proof(client, giver):
    signing_in.with_an_app(giver)
    signing_in.by_password(client, giver, PASSWORD)
    [half] = client.session["account_authentication_methods"]
    client.post(signing_in.address("mfa_authenticate"), {"code": signing_in.app_code()})
    whole = client.session["account_authentication_methods"]
    assert [record.get("reauthenticated", False) for record in (half, *whole)] == [False, False, True]
    assert client.get(signing_in.address("mfa_add_webauthn")).status_code == 200


def pages(client, giver_client):
    for name in OPEN:
        yield name, client.get(signing_in.address(name)).content.decode()
    for name in OWN:
        yield name, giver_client.get(signing_in.address(name)).content.decode()


NAMED = re.compile(r"<(label|legend|th|dt|button|h1|h2)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
# Names of languages and people apart.
ENGLISH = re.compile(r"\b(?!(?:English|Ashar|en|aigul|example|org)\b)[A-Za-z]{2,}\b")


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_no_label_of_the_account_pages_is_english(signed_in_giver, giver, language):
    RecoveryCodes.activate(giver)
    names = (*OWN, "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_reauthenticate")
    places = [signing_in.address(name, language) for name in names]
    found = {place: _english_labels(signed_in_giver.get(place)) for place in places}
    assert found == {place: [] for place in places}


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_no_label_of_the_pages_of_a_passkey_is_english(signed_in_giver, giver, language):
    passkey = Authenticator.objects.create(user=giver, type=Authenticator.Type.WEBAUTHN, data={"name": "Ачкыч"})
    pages_of_it = [
        f"/{language}/accounts/2fa/webauthn/",
        *(f"/{language}/accounts/2fa/webauthn/keys/{passkey.pk}/{page}/" for page in ("edit", "remove")),
    ]
    found = {place: _english_labels(signed_in_giver.get(place)) for place in pages_of_it}
    assert found == {place: [] for place in pages_of_it}


def _english_labels(response):
    """Return the labels, headings and buttons of a page that hold an English word."""
    assert response.status_code == 200, response.request["PATH_INFO"]
    said = [TAG.sub(" ", text) for _tag, text in NAMED.findall(response.content.decode())]
    return [" ".join(text.split()) for text in said if ENGLISH.search(text)]


def test_nothing_inline_and_one_heading_on_every_page(client, django_user_model, giver):
    signing_in.by_password(client, giver, "tulpar-jaiyloo-77")
    visitor = client.__class__()
    for name, html in pages(visitor, client):
        assert re.findall(r"<[^>]+\s(?:style|on\w+)=", html) == [], name
        assert re.findall(r"<style", html) == [], name
        assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag and "json" not in tag] == [], (
            name
        )
        assert len(re.findall(r"<h1", html)) == 1, name
        assert "<title> ·" not in html, name
        assert 'name="robots" content="noindex"' in html, name


def test_scripts_stand_only_where_a_passkey_is_used(client, giver):
    signing_in.by_password(client, giver, "tulpar-jaiyloo-77")
    with_scripts = {name for name, html in pages(client.__class__(), client) if "<script src" in html}
    assert with_scripts == {"account_login"}


@pytest.mark.django_db
def test_the_forms_have_labels_and_no_placeholders(client):
    html = client.get(signing_in.address("account_signup")).content.decode()
    assert "placeholder" not in html
    assert re.findall(r'<label class="field-label" for="(\w+)"', html) == ["id_email", "id_full_name", "id_password1"]
    assert " required" not in html
    assert "novalidate" in html


@pytest.mark.django_db
def test_a_wrong_form_says_so_in_the_title_and_beside_the_field(client):
    response = client.post(signing_in.address("account_signup"), {"email": "no address"})
    html = response.content.decode()
    title = " ".join(re.findall(r"<title>(.*)</title>", html, re.DOTALL)[0].split())
    assert (response.status_code, title) == (200, "Error: Signup · Ashar")
    assert 'href="#id_email"' in html
    assert mail.outbox == []


def test_the_account_page_is_never_stored(signed_in_giver):
    header = signed_in_giver.get(signing_in.address("account"))["Cache-Control"]
    assert header == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.parametrize("count", [0, 3])
def test_the_account_page_takes_the_same_queries_whatever_roles(client, giver, count, django_assert_num_queries):
    giver.groups.set(Group.objects.filter(name__in=["Association leader", "Editor", "Auditor"])[:count])
    signing_in.as_staff(client, giver)
    client.get(signing_in.address("account"))
    with django_assert_num_queries(5):  # session, person, factors, roles, open erasure request
        client.get(signing_in.address("account"))
