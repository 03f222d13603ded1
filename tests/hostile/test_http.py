"""Requests no browser of a person sends: never a fault of ours, never a way to another host, never a word believed."""

from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from ashar.payments.models import WebhookEvent
from tests.badinput import http
from tests.hostile import forms, outcomes, reading
from tests.hostile.doors import DOORS
from tests.hostile.forms import FORMS, URLENCODED
from tests.hostile.outcomes import CHECKOUT
from tests.hostile.test_doors import begin_payment
from tests.hostile.village import ADMINISTRATOR, ANONYMOUS, GIVER, PASSWORD, STAFF, Village

# Addresses that read a query, and one of each kind that does not.
READING = (
    "/ru/",
    "/ru/projects/",
    "/ru/projects/school/",
    "/ru/projects/school/give/",
    "/ru/projects/school/trail/",
    "/ru/projects/school/trail.csv",
    "/ru/accounts/login/",
    "/ru/no-such-page/",
    "/readyz",
    "/demo/mailbox/",
)
KEYED = (
    "/ru/projects/{}/give/",
    "/ru/projects/{}/trail/",
    "/ru/projects/{}/trail.csv",
    "/ru/projects/{}/",
    "/ru/gifts/{}/",
    "/ru/gifts/{}/payment/",
    "/ru/receipts/{}/",
    "/ru/notices/{}/",
    "/ru/styleguide/{}/",
    "/ru/accounts/password/reset/key/{}/",
    "/demo/mailbox/{}/",
    "/demo/mailbox/{}/html/",
    "/documents/{}/x.pdf",
    "/media/{}",
    "/{}/",
)
KEYED_OF_STAFF = (
    "/cms/gifts/inspect/{}/",
    "/cms/refunds/ask/{}/",
    "/cms/events/inspect/{}/",
    "/cms/journals/inspect/{}/",
)


@pytest.fixture(autouse=True)
def _uncounted():
    cache.clear()


def broken(responses: Iterable[tuple[str, object]]) -> list[str]:
    """Return what broke or led away, by name."""
    found = []
    for name, response in responses:
        end = outcomes.of(response)
        if response.status_code >= 500 or end.startswith("abroad"):
            found.append(f"{name}: {end}")
        if response.streaming:
            reading.body(response)
    return found


@pytest.mark.parametrize("who", [ANONYMOUS, GIVER])
def test_no_method_breaks_an_address(village: Village, sandbox, who):
    begin_payment(village)
    browser, before = village.enter(who), forms.state()
    with translation.override("ru"):
        places = sorted({door.address(village) for door in DOORS} - {"/ru/accounts/logout/"})

    asked = ((f"{method} {place}", browser.generic(method, place)) for place in places for method in http.METHODS)
    assert broken(asked) == []
    assert forms.state() == before


def test_heads_have_no_body(village: Village):
    browser = village.enter(ANONYMOUS)

    answers = {place: browser.head(place) for place in READING if not place.endswith(".csv")}
    assert {place: len(answer.content) for place, answer in answers.items()} == dict.fromkeys(answers, 0)


def test_no_query_breaks_a_page(village: Village):
    browser = village.enter(ANONYMOUS)

    asked = ((f"{place}?{query[:60]}", browser.get(f"{place}?{query}")) for place in READING for query in http.QUERIES)
    assert broken(asked) == []


def test_a_query_with_too_many_fields_is_turned_away(village: Village):
    assert village.enter(ANONYMOUS).get(f"/ru/projects/?{http.TOO_MANY_FIELDS}").status_code in {400, 413}


def test_nothing_that_is_no_key_opens_a_page(village: Village):
    browser = village.enter(GIVER)

    for place in KEYED:
        for key in http.NOT_KEYS:
            response = browser.get(place.replace("{}", key))
            assert broken([(f"{place} {key[:40]}", response)]) == []
            if "reset/key" not in place:
                assert response.status_code != 200, (place, key[:40])


def test_nothing_that_is_no_key_opens_a_room_of_the_staff(village: Village):
    officer = village.enter(STAFF[2])

    asked = (
        (f"{place} {key[:40]}", officer.get(place.replace("{}", key)))
        for place in KEYED_OF_STAFF
        for key in http.NOT_KEYS
    )
    assert broken(asked) == []


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_no_body_breaks_a_form_or_changes_anything(village: Village, form):
    browser, before, place = village.enter(form.who), forms.state(), form.address(village)

    for body in http.BODIES:
        cache.clear()
        response = browser.generic("POST", place, body.content, content_type=body.kind)
        assert broken([(body.name, response)]) == []

    assert forms.state() == before


def test_no_body_becomes_an_event_of_the_card_service(village: Village):
    browser, before = village.enter(ANONYMOUS), WebhookEvent.objects.count()

    answers = {
        body.name: browser.generic("POST", "/webhooks/stripe/", body.content, content_type=body.kind).status_code
        for body in http.BODIES
    }

    assert answers == dict.fromkeys(answers, 400)
    assert WebhookEvent.objects.count() == before


def test_no_language_a_browser_asks_for_breaks_a_page(village: Village):
    for wanted in http.ACCEPT_LANGUAGES:
        answers = {
            place: Client().get(place, headers={"Accept-Language": wanted}) for place in ("/", "/ru/", "/no-such/")
        }
        assert broken(answers.items()) == [], wanted[:40]
        assert {place: outcomes.of(answer) for place, answer in answers.items()} == {
            "/": "wagtail_serve", "/ru/": "200", "/no-such/": "wagtail_serve"}, wanted[:40]  # fmt: skip


def test_no_other_host_is_answered_or_mentioned(village: Village):
    for host in http.BAD_HOSTS:
        for place in ("/ru/", "/ru/projects/school/", "/ru/accounts/password/reset/", "/healthz"):
            response = Client(raise_request_exception=False).get(place, SERVER_NAME="testserver", HTTP_HOST=host)
            if host:
                assert (response.status_code, "hostile" in reading.body(response)) == (400, False), (host, place)
            else:
                assert response.status_code < 500


@pytest.mark.parametrize(("name", "value"), list(http.SPOOFED.items()))
def test_no_header_is_believed(village: Village, name, value):
    browser = village.enter(ANONYMOUS)

    for place in (
        "/ru/projects/school/",
        "/ru/projects/school/give/",
        "/ru/accounts/login/",
        "/ru/accounts/",
        "/no-such",
    ):
        response = browser.get(place, headers={name: value})
        plain = browser.get(place)
        assert outcomes.of(response) == outcomes.of(plain)
        assert "hostile" not in reading.body(response)
        assert "hostile" not in response.get("Location", "")


def test_reset_letters_lead_to_our_own_host(village: Village, mailoutbox):
    mailoutbox.clear()
    for name, value in (("X-Forwarded-Host", "hostile.example"), ("Forwarded", "host=hostile.example")):
        browser = village.enter(ANONYMOUS)
        browser.post("/ru/accounts/password/reset/", {"email": "giver@example.org"}, headers={name: value})

    assert len(mailoutbox) == 2
    assert [letter for letter in mailoutbox if "hostile" in letter.message().as_string()] == []


@pytest.mark.parametrize("cookie", ["session", "csrftoken", "language", "messages"])
def test_no_cookie_breaks_a_page_or_opens_an_account(village: Village, cookie):
    for value in http.COOKIES:
        browser = Client(raise_request_exception=False)
        browser.cookies[cookie] = value
        answers = {
            place: browser.get(place) for place in ("/ru/", "/ru/projects/school/give/", "/ru/accounts/", "/cms/")
        }
        assert broken(answers.items()) == [], value[:40]
        assert outcomes.of(answers["/ru/accounts/"]) == "account_login"


def test_a_session_with_one_letter_changed_is_nobodys(village: Village):
    browser = village.enter(ADMINISTRATOR)
    own = browser.cookies["session"].value
    assert browser.get("/cms/").status_code == 200

    browser.cookies["session"] = own[:-1] + ("a" if own[-1] != "a" else "b")
    assert outcomes.of(browser.get("/cms/")) == "ashar.accounts.web.entrances.view"


@pytest.mark.parametrize("field", ["next", "redirect_to", "url", "return_to"])
def test_nobody_is_sent_to_a_foreign_place(village: Village, field):
    """Every way in and out of an account reads `next`; by GET, by POST and past the sign-in."""
    sign_in = {"login": "giver@example.org", "password": PASSWORD}
    for place in http.FOREIGN_PLACES:
        cache.clear()
        told = forms.encoded({field: place})
        stranger, giver = village.enter(ANONYMOUS), village.enter(GIVER)
        asked = [
            (
                "sign in",
                stranger.generic(
                    "POST", f"/ru/accounts/login/?{told}", forms.encoded(sign_in), content_type=URLENCODED
                ),
            ),
            ("signed in", giver.get(f"/ru/accounts/login/?{told}")),
            ("sign up", giver.get(f"/ru/accounts/signup/?{told}")),
            ("prove", giver.post(f"/ru/accounts/reauthenticate/?{told}", {"password": PASSWORD})),
            ("confirm", giver.post(f"/ru/accounts/confirm/?{told}", {"code": "A"})),
            ("out", giver.generic("POST", f"/ru/accounts/logout/?{told}", told, content_type=URLENCODED)),
            ("entrance", village.enter(STAFF[1]).get(f"/cms/login/?{told}")),
        ]
        assert broken(asked) == [], place
        assert {outcomes.of(response) for _name, response in asked} & {CHECKOUT} == set()


def test_no_path_that_begins_like_a_host_leads_to_it(village: Village):
    browser = village.enter(ANONYMOUS)

    for path in (
        "//hostile.example/",
        "//hostile.example",
        "//hostile.example/ru/projects",
        "/ru//hostile.example",
        "///hostile.example",
    ):
        response = browser.generic("GET", "/", PATH_INFO=path)
        assert not response.get("Location", "").startswith(("//", "http")), path
        assert response.status_code < 500


def test_a_form_without_its_token_changes_nothing(village: Village):
    browsers = {form.name: village.enter(form.who, enforce_csrf_checks=True) for form in FORMS}
    before = forms.state()

    answers = {form.name: forms.send(browsers[form.name], form, village).status_code for form in FORMS}

    assert answers == dict.fromkeys(answers, 403)
    assert forms.state() == before
