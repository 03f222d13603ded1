"""Signing up and in: by code, by password; what strangers cannot find out; what the limits stop."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import authenticate
from django.core import mail
from django.test import Client, RequestFactory

from ashar.accounts.models import User
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

STRANGER = "stranger@example.org"


def who(client):
    return client.session.get("_auth_user_id")


def shape(response):
    """Return what a visitor can tell two answers apart by: status, headers that speak, body without what is always new."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, response.get("Location"), body.replace("aigul@example.org", "X").replace(STRANGER, "X")


def follow(client, response):
    return shape(client.get(response["Location"]))


@pytest.mark.django_db
def test_signing_up_takes_an_address_and_a_code_and_keeps_the_language(client):
    sent = client.post(
        signing_in.address("account_signup", "ru"), {"email": "Meerim@Example.org", "full_name": "Мээрим"}
    )
    assert sent.url == "/ru/accounts/confirm-email/"
    assert who(client) is None
    client.post(sent.url, {"code": signing_in.code_of(mail.outbox[0])})
    meerim = User.objects.get(email="meerim@example.org")
    assert who(client) == str(meerim.pk)
    assert (meerim.full_name, meerim.language, meerim.has_usable_password(), meerim.is_staff) == (
        "Мээрим",
        "ru",
        False,
        False,
    )
    assert EmailAddress.objects.get(user=meerim).verified


@pytest.mark.django_db
def test_signing_up_with_a_password(client):
    client.post(signing_in.address("account_signup"), {"email": "meerim@example.org", "password1": PASSWORD})
    assert User.objects.get(email="meerim@example.org").check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password1234", "meerim@example.org"])
def test_a_weak_password_is_refused(client, password):
    form = {"email": "meerim@example.org", "password1": password}
    assert client.post(signing_in.address("account_signup"), form).status_code == 200
    assert not User.objects.exists()


def test_signing_in_by_password(client, giver):
    response = signing_in.by_password(client, giver, PASSWORD)
    assert (response.url, who(client)) == ("/en/accounts/home/", str(giver.pk))


def test_signing_in_by_code(client, code_giver):
    response = signing_in.by_code(client, code_giver)
    assert (response.url, who(client)) == ("/en/accounts/home/", str(code_giver.pk))


def test_a_wrong_code_thrice_ends_it(client, code_giver):
    client.post(signing_in.address("account_request_login_code"), {"email": code_giver.email})
    right = signing_in.code_of(mail.outbox[-1])
    for _ in range(3):
        client.post(signing_in.address("account_confirm_login_code"), {"code": "WRONG-CODE"})
    client.post(signing_in.address("account_confirm_login_code"), {"code": right})
    assert who(client) is None


def test_after_sign_in_one_lands_where_one_wanted_to_go_but_never_elsewhere(client, giver):
    wanted = signing_in.by_password(client, giver, PASSWORD, next="/en/accounts/data/")
    assert wanted.url == "/en/accounts/data/"
    elsewhere = signing_in.by_password(Client(), giver, PASSWORD, next="https://evil.example/")
    assert elsewhere.url == "/en/accounts/home/"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("account_login", {"login": "{}", "password": "not-the-password"}),
        ("account_request_login_code", {"email": "{}"}),
        ("account_reset_password", {"email": "{}"}),
        ("account_signup", {"email": "{}"}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answer(giver, name, form):
    def answer(email):
        client = Client()
        response = client.post(signing_in.address(name), {key: text.format(email) for key, text in form.items()})
        return shape(response), follow(client, response) if response.status_code == 302 else None

    known, letters = answer(giver.email), len(mail.outbox)
    unknown = answer(STRANGER)
    assert known == unknown
    assert len(mail.outbox) == 2 * letters
    assert User.objects.filter(email=STRANGER).count() == (name == "account_signup")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("account_signup", "account_email_verification_sent"),
        ("account_request_login_code", "account_confirm_login_code"),
    ],
)
def test_known_and_unknown_addresses_get_the_same_answers_to_wrong_codes(giver, first, second):
    def answers(email):
        client = Client()
        client.post(signing_in.address(first), {"email": email})
        forms = [{"action": "resend"}, *[{"code": "WRNG-CDE"}] * 4]
        tries = [client.post(signing_in.address(second), form) for form in forms]
        return [shape(each) for each in tries]

    assert answers(giver.email) == answers(STRANGER)


def test_signing_up_again_tells_the_owner_only(client, giver):
    client.post(signing_in.address("account_signup"), {"email": giver.email, "password1": "another-password"})
    giver.refresh_from_db()
    assert giver.check_password(PASSWORD)
    assert [letter.to for letter in mail.outbox] == [[giver.email]]


def test_five_wrong_passwords_close_the_door_for_a_while_even_for_the_right_one(client, giver):
    for _ in range(5):
        assert signing_in.by_password(client, giver, "wrong").status_code == 200
    assert "Too many failed" in signing_in.by_password(client, giver, PASSWORD).content.decode()
    assert who(client) is None


@pytest.mark.django_db
def test_five_sign_ups_an_hour_from_one_network(client):
    answers = [
        client.post(signing_in.address("account_signup"), {"email": f"person{number}@example.org"}).status_code
        for number in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_three_codes_a_minute_for_one_address(client, code_giver):
    page = signing_in.address("account_request_login_code")
    answers = [Client().post(page, {"email": code_giver.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 200]
    assert len(mail.outbox) == 3


@pytest.mark.django_db
def test_behind_a_proxy_each_visitor_has_their_own_limit(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    page = signing_in.address("account_signup")

    def sign_up(number, forwarded):
        form = {"email": f"person{number}@example.org"}
        return Client().post(page, form, headers={"X-Forwarded-For": forwarded}).status_code

    assert [sign_up(number, "203.0.113.7") for number in range(6)] == [302] * 5 + [429]
    assert sign_up(7, "203.0.113.8") == 302
    assert sign_up(8, "198.51.100.1, 203.0.113.7") == 429  # what the visitor claims before the proxy does not count


@pytest.mark.django_db
def test_without_a_proxy_a_claimed_address_does_not_count():
    page = signing_in.address("account_signup")
    answers = [
        Client()
        .post(page, {"email": f"person{number}@example.org"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
        .status_code
        for number in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_the_admins_own_forms_cannot_sign_anybody_in(administrator):
    for door in ("/django-admin/login/", "/cms/login/", "/ky/_util/login/", "/ru/_util/login/", "/en/_util/login/"):
        client = Client()
        response = client.post(door, {"username": administrator.email, "password": PASSWORD})
        assert (response.status_code, who(client)) == (302, None), door
        assert "/accounts/login/?next=" in response.url, door


@pytest.mark.parametrize("page", ["/django-admin/", "/cms/", "/cms/pages/", "/django-admin/auth/group/"])
def test_visitors_of_the_admins_come_to_the_one_sign_in(client, db, page):
    response = client.get(page, follow=True)
    assert response.request["PATH_INFO"] == "/ky/accounts/login/"
    assert response.wsgi_request.GET["next"] == page


def test_a_door_sends_nobody_to_another_site(client, db):
    assert client.get("/cms/login/?next=https://evil.example/").url == "/ky/accounts/login/?next=%2Fcms%2F"


@pytest.mark.parametrize("door", ["/django-admin/login/", "/cms/login/", "/en/_util/login/"])
def test_who_is_signed_in_and_may_not_enter_is_refused_not_sent_in_circles(signed_in_giver, door):
    assert signed_in_giver.get(door).status_code == 403


@pytest.mark.parametrize("door", ["/cms/password_reset/", "/cms/account/"])
def test_wagtails_own_password_pages_are_closed(client, db, door):
    assert client.get(door).status_code in {302, 404}
    assert mail.outbox == []


def test_a_question_with_a_username_never_finds_anybody(giver):
    request = RequestFactory().post("/")
    assert authenticate(request, username=giver.email, password=PASSWORD) is None


def test_there_is_one_backend_and_no_second_counter():
    assert settings.AUTHENTICATION_BACKENDS == ["ashar.accounts.backends.SignInBackend"]
    assert [name for name in (*settings.INSTALLED_APPS, *settings.MIDDLEWARE) if "axes" in name] == []


def test_an_account_that_may_not_sign_in_stays_out(client, giver):
    User.objects.filter(pk=giver.pk).update(is_active=False)
    response = signing_in.by_password(client, giver, PASSWORD)
    assert (response.url, who(client)) == ("/en/accounts/inactive/", None)


def test_a_session_gets_a_new_key_at_sign_in_and_a_guarded_cookie(client, giver):
    client.get(signing_in.address("account_login"))
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    signing_in.by_password(client, giver, PASSWORD)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert client.session.session_key != before
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 3600)


def test_a_changed_password_ends_every_session_but_this_one(client, giver):
    elsewhere = Client()
    signing_in.by_password(client, giver, PASSWORD)
    signing_in.by_password(elsewhere, giver, PASSWORD)
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-one-3", "password2": "a-new-long-one-3"}
    client.post(signing_in.address("account_change_password"), new)
    account = signing_in.address("account")
    assert [each.get(account).status_code for each in (client, elsewhere)] == [200, 302]
    giver.refresh_from_db()
    assert giver.check_password("a-new-long-one-3")


def test_a_first_password_ends_every_session_but_this_one(signed_in_code_giver, code_giver):
    client, elsewhere = signed_in_code_giver, Client()
    signing_in.by_code(elsewhere, code_giver)
    new = {"password1": "a-new-long-one-3", "password2": "a-new-long-one-3"}
    before = client.session.session_key
    client.post(signing_in.address("account_set_password"), new)
    account = signing_in.address("account")
    assert [each.get(account).status_code for each in (client, elsewhere)] == [200, 302]
    assert client.session.session_key != before
    code_giver.refresh_from_db()
    assert code_giver.check_password("a-new-long-one-3")


def test_a_forgotten_password_is_set_by_a_link_that_works_once(client, giver, settings):
    client.post(signing_in.address("account_reset_password"), {"email": giver.email})
    [link] = re.findall(rf"{re.escape(settings.SITE_URL)}(/\S+)", mail.outbox[0].body)
    form = client.get(link)["Location"]
    client.post(form, {"password1": "a-new-long-one-3", "password2": "a-new-long-one-3"})
    giver.refresh_from_db()
    assert giver.check_password("a-new-long-one-3")
    assert who(client) is None
    assert "This link is not valid" in Client().get(link).content.decode()


def test_signing_out_takes_a_post(signed_in_giver):
    page = signing_in.address("account_logout")
    assert signed_in_giver.get(page).status_code == 200
    assert who(signed_in_giver) is not None
    signed_in_giver.post(page)
    assert who(signed_in_giver) is None
