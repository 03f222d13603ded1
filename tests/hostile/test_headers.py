"""Headers on every kind of answer, cookies' flags, and pages that neither load nor run anything foreign or inline."""

import pytest
from django.test import Client

from ashar.accounts import roles
from tests.hostile import reading
from tests.hostile.forms import FORMS
from tests.hostile.test_doors import begin_payment
from tests.hostile.village import ANONYMOUS, GIVER, PASSWORD, Village

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What kind of answer, and a request that gets it from a stranger: status, method, address.
KINDS = {
    "a kept page": (200, "GET", "/ru/"),
    "the same page again": (200, "GET", "/ru/"),
    "a form": (200, "GET", "/ru/projects/school/give/"),
    "a wrong form": (303, "POST", "/ru/projects/school/give/"),
    "a table": (200, "GET", "/ru/projects/school/trail.csv"),
    "a probe": (200, "GET", "/readyz"),
    "a bare word": (200, "GET", "/healthz"),
    "a page of an account": (200, "GET", "/ru/accounts/login/"),
    "to a language": (302, "GET", "/"),
    "to sign in": (302, "GET", "/ru/accounts/"),
    "a missing slash": (301, "GET", "/ru/projects/school/give"),
    "a wrong request": (400, "POST", "/webhooks/stripe/"),
    "nothing there": (404, "GET", "/ru/no-such-page/"),
    "no such receipt": (404, "GET", "/ru/receipts/hostile/"),
    "not that way": (405, "POST", "/healthz"),
    "not that way, for a person": (405, "DELETE", "/ru/projects/school/trail/"),
    "no such picture": (404, "GET", "/media/images/none.png"),
    "the card service": (303, "POST", "{unpaid}"),
}
OURS_ONLY = (
    "default-src 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "script-src 'self';",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_answer_is_guarded(village: Village, sandbox, kind):
    begin_payment(village)
    status, method, place = KINDS[kind]
    place = place.replace("{unpaid}", f"/ru/gifts/{village.unpaid_gift.pk}/payment/")
    browser = village.enter(ANONYMOUS)
    response = [browser.generic(method, place, headers={"Accept": "text/html"}) for _ in range(2)][-1]

    assert response.status_code == status
    assert {name: response.get(name) for name in FIXED} == FIXED
    policy = f"{response['Content-Security-Policy']};"
    assert [part for part in OURS_ONLY if part not in policy and part.rstrip(";") + ";" not in policy] == []
    assert "unsafe" not in policy


def test_an_unknown_host_is_refused_guarded(village: Village):
    response = Client().get("/ru/", HTTP_HOST="hostile.example")

    assert (response.status_code, response["X-Frame-Options"], response["X-Content-Type-Options"]) == (
        400,
        "DENY",
        "nosniff",
    )


@pytest.mark.parametrize(
    "place", ["/ru/accounts/", "/ru/my/gifts/", "/ru/notices/", "/ru/accounts/data/", "/ru/accounts/login/"]
)
def test_personal_pages_are_kept_by_nothing_on_the_way(village: Village, place):
    response = village.enter(GIVER if "login" not in place else ANONYMOUS).get(place)

    assert {"no-store", "private"} & set(response["Cache-Control"].replace(",", " ").split())


def test_a_gift_tells_its_address_to_no_other_site(village: Village):
    """Not `no-referrer`: a browser then sends forms of the page with no origin either, and they are refused."""
    for place in village.own_pages():
        page = reading.body(village.enter(ANONYMOUS).get(place))
        assert '<meta name="robots" content="noindex">' in page
        assert ('<meta name="referrer" content="same-origin">' in page) is ("/gifts/" in place)


def test_cookies_are_closed_to_scripts_and_to_other_sites(village: Village):
    browser = village.enter(ANONYMOUS)
    browser.get("/ru/accounts/login/")
    browser.post("/ru/accounts/login/", {"login": "giver@example.org", "password": PASSWORD})
    cookies = {name: (bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"])
               for name, cookie in browser.cookies.items() if cookie.value and name != "messages"}  # fmt: skip

    assert cookies == dict.fromkeys(("session", "csrftoken"), (True, "Lax", "/", ""))


def test_a_stranger_who_only_reads_gets_no_cookie(village: Village):
    read = [place for place in village.public_pages() if not {"give", "accounts", "styleguide"} & set(place.split("/"))]

    assert {place: set(Client().get(place).cookies) for place in read} == {place: set() for place in read}


def test_no_page_of_ours_runs_or_loads_anything_inline_or_foreign(village: Village):
    stranger, giver = village.enter(ANONYMOUS), village.enter(GIVER)
    of_accounts = [form.address(village) for form in FORMS if form.who == GIVER]
    places = [(stranger, place) for place in (*village.public_pages(), *village.own_pages(), "/ru/no-such-page/")]
    places += [(giver, place) for place in ("/ru/my/gifts/", "/ru/notices/", "/ru/accounts/2fa/", "/ru/accounts/2fa/webauthn/",
                                            "/ru/accounts/data/", "/ru/accounts/erasure/", *of_accounts)]  # fmt: skip

    answers = {place: browser.get(place) for browser, place in places}
    pages = {
        place: reading.body(answer) for place, answer in answers.items() if "html" in answer.get("Content-Type", "")
    }
    assert {place: found for place, page in pages.items() if (found := reading.faults(page))} == {}
    assert len(pages) > 60


def test_the_reader_sees_what_it_looks_for():
    """A search that finds nothing proves something only when it can find."""
    planted = {
        "<script>1</script>": ["inline script"],
        "<p onclick=x>": ["onclick on <p> = x"],
        "<p style='x'>": ["style on <p> = x"],
        "<style>p{}</style>": ["<style>"],
        "<iframe src='/'>": ["<iframe>"],
        "<a href='javascript:x'>": ["javascript in href of <a> = javascript:x"],
        "<img src='https://cdn.example/x.png'>": ["foreign src of <img> = https://cdn.example/x.png"],
        "<form action='//cdn.example/'>": ["foreign action of <form> = //cdn.example/"],
        "<a href='https://cdn.example/'>": ["foreign href of <a> = https://cdn.example/"],
        "<hostile>": ["broke out as <hostile>"],
    }
    innocent = "<script src='/static/x.js'></script><a href='https://t.me/x'>x</a><a href='/ru/'>x</a><img src='data:image/png;base64,x'>"

    assert {page: reading.faults(page) for page in planted} == planted
    assert reading.faults(innocent) == []


def test_rooms_of_the_staff_are_framed_by_nobody(village: Village):
    response = village.enter(roles.AUDITOR).get("/cms/gifts/")

    assert (response.status_code, response["X-Frame-Options"]) == (200, "DENY")
    assert "no-store" in response["Cache-Control"]
