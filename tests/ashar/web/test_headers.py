"""Headers that keep a page from being framed, sniffed, scripted or sent elsewhere."""

import pytest

from config.settings.content_security import card_page


@pytest.fixture
def headers(client, db):
    return client.get("/ky/styleguide/").headers


def test_policy(headers, settings):
    directives = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert directives == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'none'",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": f"'self' {card_page(settings.STRIPE_API_BASE)}",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize("word", ["unsafe-inline", "unsafe-eval", "*", "blob:"])
def test_policy_has_no_hole(headers, word):
    assert word not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_header(headers, name, value):
    assert headers[name] == value


def test_error_pages_are_guarded_alike(client, db):
    response = client.get("/ky/styleguide/no-such-thing/")

    assert response.status_code == 404
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("api_base", "origin"),
    [
        ("", "https://checkout.stripe.com"),
        ("http://127.0.0.1:8011", "http://127.0.0.1:8011"),
        ("http://127.0.0.1:8011/v1", "http://127.0.0.1:8011"),
    ],
)
def test_giver_may_be_sent_to_the_card_page_only(api_base, origin):
    assert card_page(api_base) == origin


def test_anonymous_page_sets_no_cookie(client, db):
    assert client.get("/ky/styleguide/card/").cookies == {}
