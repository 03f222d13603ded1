"""The rooms speak the language of the account: not the browser's, nor one that was once chosen at Wagtail."""

import csv
import io
import re

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from ashar.accounts.models import User
from tests.ashar.accounts import signing_in
from tests.cms.conftest import LANGUAGES
from tests.factories.people import FinanceOfficerFactory

OTHER = {"ky": "en", "ru": "ky", "en": "ru"}
REFUNDS = {"ky": "Акчаны кайтаруу", "ru": "Возвраты", "en": "Refunds"}
CURRENCY = {"ky": "Валюта", "ru": "Валюта", "en": "Currency"}
FRONT_PAGE = {"ky": "Сайт башкармасы", "ru": "Администрирование сайта", "en": "Site administration"}


def spoken_in(response) -> tuple[str, str]:
    """Return the language that a page says it is in, in its head and to the browser."""
    [code] = re.findall(r'<html[^>]* lang="([a-z-]+)"', response.content.decode())
    return code, response["Content-Language"]


@pytest.fixture
def colleague(planted) -> User:
    return FinanceOfficerFactory()


@pytest.fixture(params=LANGUAGES)
def language(request, colleague) -> str:
    """What the colleague's account says."""
    User.objects.filter(pk=colleague.pk).update(language=request.param)
    return request.param


@pytest.fixture
def browser(colleague) -> Client:
    return signing_in.as_staff(Client(), colleague)


def test_the_account_wins_over_the_browser(browser, language):
    page = browser.get("/cms/refunds/", headers={"Accept-Language": OTHER[language]})
    assert spoken_in(page) == (language, language)
    assert REFUNDS[language] in page.content.decode()


def test_the_account_wins_over_a_cookie(browser, language):
    browser.cookies["language"] = OTHER[language]
    assert spoken_in(browser.get("/cms/refunds/")) == (language, language)


@pytest.mark.parametrize("wanted", [None, "en", "ky"])
def test_an_export_speaks_as_the_room_does(browser, language, wanted, waiting_refund):
    headers = {"Accept-Language": wanted} if wanted else {}
    told = b"".join(browser.get("/cms/refunds/?export=csv", headers=headers)).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(told)))[5] == CURRENCY[language]
    assert ("Refused by" in told) == (language == "en")


def test_the_account_wins_over_what_was_once_chosen_at_wagtail(browser, colleague, language):
    profile = UserProfile.objects.create(user=colleague, preferred_language=OTHER[language])
    assert spoken_in(browser.get("/cms/refunds/")) == (language, language)
    profile.refresh_from_db()
    profile.user.refresh_from_db()
    assert profile.get_preferred_language() == language  # which Wagtail's letters ask for


def test_wagtails_own_settings_do_not_offer_a_second_language(browser, colleague):
    page = browser.get("/cms/account/").content.decode()
    assert ("locale-current_time_zone" in page, "preferred_language" in page) == (True, False)
    browser.post("/cms/account/", {"locale-preferred_language": "en", "locale-current_time_zone": "Asia/Seoul"})
    assert UserProfile.objects.get(user=colleague).preferred_language == ""
    assert spoken_in(browser.get("/cms/refunds/")) == ("ru", "ru")


def test_djangos_own_admin_speaks_it_too(planted, language):
    chief = User.objects.create_superuser(email="chief@example.org", password="x", language=language)
    page = signing_in.as_staff(Client(), chief).get("/django-admin/", headers={"Accept-Language": OTHER[language]})
    assert spoken_in(page) == (language, language)
    assert FRONT_PAGE[language] in page.content.decode()


def test_a_page_that_says_its_language_in_its_address_keeps_it(browser, language):
    for code in LANGUAGES:
        assert spoken_in(browser.get(f"/{code}/accounts/"))[0] == code


@pytest.mark.parametrize(("asked", "door"), [("ru", "/ru/accounts/login/"), ("en", "/en/accounts/login/")])
def test_a_visitor_is_sent_to_sign_in_as_their_browser_asks(client, planted, asked, door):
    assert client.get("/cms/", headers={"Accept-Language": asked}, follow=True).request["PATH_INFO"] == door
