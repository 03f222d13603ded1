"""Nothing on the pay page runs, whatever a session is called."""

import html

from tests.ashar.payments.sandbox.talking import SESSION, plain


def test_texts_of_the_session_are_escaped(asking, at):
    nasty = "<img src=x onerror=alert(1)>"
    price = {"currency": "usd", "unit_amount": 5000, "product_data": {"name": nasty}}
    session = asking.v1.checkout.sessions.create(
        SESSION
        | {
            "line_items": [{"quantity": 2, "price_data": price}],
            "custom_text": {"submit": {"message": nasty}},
            "cancel_url": "https://ashar.example/?a=1&b=%22",
        }
    )
    shown = at(session.id).text
    assert nasty not in shown
    assert shown.count(html.escape(nasty)) == 2
    assert f"{html.escape(nasty)} × 2" in shown
    assert 'href="https://ashar.example/?a=1&amp;b=%22"' in shown


def test_no_script_no_inline_style_and_a_strict_policy(at, page_id):
    shown = at(page_id)
    assert "<script" not in shown.text
    assert " style=" not in shown.text
    assert "<style" not in shown.text
    assert shown.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self' http://localhost:8000"
    )


def test_the_style_is_served(sandbox):
    style = plain(sandbox.base_url, "GET", "/pay/checkout.css")
    assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "http" not in style.text
