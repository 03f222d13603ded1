"""Staff pages open after a second factor only; what guards the second factor itself."""

import re
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from ashar.accounts import factors, roles
from ashar.accounts.web import staff
from config import urls
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

STAFF_PAGES = ("/cms/", "/cms/images/", "/django-admin/", "/django-admin/taggit/tag/", "/till/")


@staff.staff_page
def till(request):
    return HttpResponse("till")


def shop(request):
    return HttpResponse("shop")


class Addresses:
    """The site's addresses and two pages more: one for staff, one for everybody."""

    def __init__(self):
        self.urlpatterns = [path("till/", till), path("shop/", shop), *urls.urlpatterns]
        self.handler403, self.handler404, self.handler429 = urls.handler403, urls.handler404, urls.handler429


@pytest.fixture(autouse=True)
def _two_pages_more(settings, monkeypatch):
    monkeypatch.setitem(sys.modules, "tests.addresses_of_a_till", Addresses())
    settings.ROOT_URLCONF = "tests.addresses_of_a_till"


def where(response):
    """Return the path one was sent to, without language and question."""
    return response.url.split("?")[0].removeprefix("/ky").removeprefix("/en")


@pytest.mark.parametrize("page", [pytest.param(page, id=page) for page in STAFF_PAGES])
class TestStaffPages:
    @pytest.fixture
    def address(self, page):
        return page

    @pytest.mark.django_db
    def test_a_visitor_is_sent_to_sign_in(self, client, address):
        response = client.get(address, follow=True)
        assert response.request["PATH_INFO"] == "/ky/accounts/login/"

    def test_staff_without_a_second_factor_get_the_page_to_set_one_up(self, client, administrator, address):
        signing_in.by_password(client, administrator, PASSWORD)
        response = client.get(address)
        assert (response.status_code, where(response)) == (302, "/accounts/2fa/")
        page = client.get(response.url).content.decode()
        assert "экинчи фактор керек" in page

    def test_a_code_by_mail_alone_does_not_open_it(self, client, administrator, address):
        signing_in.by_code(client, administrator)
        assert where(client.get(address)) == "/accounts/2fa/"

    def test_recovery_codes_alone_are_no_second_factor(self, client, administrator, address):
        Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})
        client.force_login(administrator)
        assert where(client.get(address)) == "/accounts/2fa/"

    def test_a_session_that_never_passed_it_is_asked_for_it(self, client, administrator, address):
        signing_in.with_an_app(administrator)
        client.force_login(administrator)
        assert where(client.get(address)) == "/accounts/2fa/reauthenticate/"

    def test_password_and_app_open_it(self, client, administrator, address):
        signing_in.with_an_app(administrator)
        signing_in.by_password(client, administrator, PASSWORD)
        client.post(signing_in.address("mfa_authenticate"), {"code": signing_in.app_code()})
        assert client.get(address).status_code == 200

    def test_after_a_long_day_staff_sign_in_anew(self, client, administrator, address):
        signing_in.as_staff(client, administrator)
        session = client.session
        [record] = session["account_authentication_methods"]
        session["account_authentication_methods"] = [{**record, "at": record["at"] - 12 * 3600 - 1}]
        session.save()
        assert where(client.get(address)) == "/accounts/login/"
        assert "_auth_user_id" not in client.session

    def test_a_giver_is_refused(self, client, giver, address):
        signing_in.as_staff(client, giver)
        response = client.get(address, follow=True)
        assert response.status_code == 403


@pytest.mark.parametrize("role", sorted(roles.ALL))
def test_staff_roles_need_a_second_factor_and_volunteers_do_not(client, giver, role):
    giver.groups.add(Group.objects.get(name=role))
    client.force_login(giver)
    response = client.get("/till/")
    expected = 302 if role in roles.OF_STAFF else 403
    assert response.status_code == expected
    if role in roles.OF_STAFF:
        assert where(response) == "/accounts/2fa/"


def test_who_may_open_the_wagtail_admin_works_here(client, giver):
    giver.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(giver)
    assert where(client.get("/cms/")) == "/accounts/2fa/"


def test_staff_without_a_second_factor_still_see_the_open_pages_and_their_account(client, administrator):
    client.force_login(administrator)
    assert client.get("/shop/").content == b"shop"
    account = client.get(signing_in.address("account"))
    assert "Your work here needs a second factor" in account.content.decode()


def test_open_pages_cost_visitors_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/shop/").content == b"shop"


@pytest.fixture
def set_up_an_app():
    """Return how a person sets up an app: they read the secret on the page and type what the app shows."""

    def set_up(client):
        page = signing_in.address("mfa_activate_totp")
        shown = client.get(page).content.decode()
        assert 'src="data:image/svg+xml' in shown
        secret = re.search(r'id="authenticator_secret" type="text" value="(\w+)"', shown)[1]
        return secret, client.post(page, {"code": signing_in.app_code(secret=secret)})

    return set_up


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor after the commit
def test_setting_up_an_app_opens_the_staff_pages_at_once_and_shows_recovery_codes_once(
    client, administrator, set_up_an_app
):
    signing_in.by_password(client, administrator, PASSWORD)
    _secret, done = set_up_an_app(client)
    codes = client.get(done.url).content.decode()
    assert len(re.findall(r"<li><code>(\d{8})</code>", codes)) == 10
    assert "<script" not in codes
    assert client.get("/till/").content == b"till"
    assert mail.outbox[-1].subject == "Аутентификатор колдонмосу кошулду"
    again = client.get(signing_in.address("mfa_view_recovery_codes"))
    assert again.status_code == 404 or not re.findall(r"<code>\d{8}</code>", again.content.decode())


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor after the commit
def test_setting_up_an_app_ends_the_other_sessions(client, administrator, set_up_an_app):
    elsewhere = Client()
    signing_in.by_password(elsewhere, administrator, PASSWORD)
    signing_in.by_password(client, administrator, PASSWORD)
    set_up_an_app(client)
    account = signing_in.address("account")
    assert (client.get(account).status_code, elsewhere.get(account).status_code) == (200, 302)


def test_an_app_that_shows_another_code_is_not_set_up(client, giver):
    signing_in.by_password(client, giver, PASSWORD)
    page = signing_in.address("mfa_activate_totp")
    client.get(page)
    assert "Incorrect code." in client.post(page, {"code": "000000"}).content.decode()
    assert not factors.has_one(giver)


def test_a_code_opens_once(client, administrator):
    signing_in.with_an_app(administrator)
    code = signing_in.app_code()
    answers = []
    for each in (Client(), Client()):
        signing_in.by_password(each, administrator, PASSWORD)
        answers.append(each.post(signing_in.address("mfa_authenticate"), {"code": code}).status_code)
    assert answers == [302, 200]


def test_an_old_code_does_not_open(client, administrator):
    signing_in.with_an_app(administrator)
    signing_in.by_password(client, administrator, PASSWORD)
    client.post(signing_in.address("mfa_authenticate"), {"code": signing_in.app_code(steps=2)})
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(client, administrator, set_up_an_app):
    signing_in.by_password(client, administrator, PASSWORD)
    set_up_an_app(client)
    wrapped = Authenticator.objects.get(user=administrator, type=Authenticator.Type.RECOVERY_CODES).wrap()
    code = wrapped.get_unused_codes()[0]
    opened = []
    for each in (Client(), Client()):
        signing_in.by_password(each, administrator, PASSWORD)
        each.post(signing_in.address("mfa_authenticate"), {"code": code})
        opened.append("_auth_user_id" in each.session)
    assert opened == [True, False]


def test_wrong_codes_are_limited(client, administrator):
    signing_in.with_an_app(administrator)
    signing_in.by_password(client, administrator, PASSWORD)
    page = signing_in.address("mfa_authenticate")
    for _ in range(6):
        client.post(page, {"code": "000000"})
    client.post(page, {"code": signing_in.app_code()})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor after the commit
def test_staff_keep_their_last_second_factor_and_givers_need_not(administrator, giver, set_up_an_app):
    for user, kept in ((administrator, True), (giver, False)):
        each = Client()
        signing_in.by_password(each, user, PASSWORD)
        set_up_an_app(each)
        each.post(signing_in.address("mfa_deactivate_totp"))
        assert factors.has_one(user) is kept


def test_staff_may_drop_one_of_two(client, administrator):
    signing_in.with_an_app(administrator)
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    app = Authenticator.objects.get(user=administrator, type=Authenticator.Type.TOTP)
    assert not factors.is_last(app)
    app.delete()
    assert factors.is_last(Authenticator.objects.get(user=administrator))


def test_the_database_holds_no_secret_that_makes_codes(client, administrator, set_up_an_app):
    signing_in.by_password(client, administrator, PASSWORD)
    secret, _done = set_up_an_app(client)
    stored = [str(data) for data in Authenticator.objects.values_list("data", flat=True)]
    assert len(stored) == 2
    assert all(secret not in text for text in stored)


def test_the_settings_of_passkeys():
    assert settings.MFA_SUPPORTED_TYPES == ["totp", "webauthn", "recovery_codes"]
    assert settings.MFA_PASSKEY_LOGIN_ENABLED is True
    assert settings.MFA_WEBAUTHN_USER_VERIFICATION == "required"
    assert not hasattr(settings, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN")


def test_a_passkey_sign_in_without_javascript_ends_on_the_sign_in_page_with_a_word(client, db):
    response = client.post(signing_in.address("mfa_login_webauthn"), {"credential": ""}, follow=True)
    assert response.request["PATH_INFO"] == "/en/accounts/login/"
    assert 'role="alert"' in response.content.decode()


def test_the_mark_of_a_staff_page_is_what_the_middleware_sees():
    request = RequestFactory().get("/anything/")
    assert (staff.is_staff_page(request, till), staff.is_staff_page(request, shop)) == (True, False)
