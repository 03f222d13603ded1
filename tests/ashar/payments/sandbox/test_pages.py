"""The pay page: three languages, no script, every card, and one payment however often the button is pressed."""

import html
import re

import pytest

from ashar.payments.sandbox.checkout import texts
from tests.ashar.payments.sandbox.pay_page import TYPED, thanks
from tests.ashar.payments.sandbox.talking import SESSION, plain, priced


def test_the_page_shows_what_is_paid(at, page_id):
    shown = at(page_id)
    assert shown.status == 200
    assert "50,00\u00a0USD" in shown.text
    assert "Мектептин чатыры" in shown.text
    assert 'value="giver@example.org"' in shown.text
    assert f'href="{SESSION["cancel_url"]}"' in shown.text
    assert texts.RU["banner"] in shown.text


@pytest.mark.parametrize(("locale", "language"), [("ru", "ru"), ("en", "en"), ("auto", "en"), ("fr", "en")])
def test_the_locale_of_the_session_decides(asking, at, locale, language):
    session = asking.v1.checkout.sessions.create(SESSION | {"locale": locale, "metadata": {}})
    shown = at(session.id, accept_language="fr")
    assert f'<html lang="{language}">' in shown.text
    assert html.escape(texts.TEXTS[language]["cards_how"]) in shown.text


def test_kyrgyz_comes_by_metadata(asking, at):
    session = asking.v1.checkout.sessions.create(SESSION | {"locale": "auto", "metadata": {"language": "ky"}})
    assert '<html lang="ky">' in at(session.id).text


@pytest.mark.parametrize(
    ("accepted", "language"), [("ky-KG,ru;q=0.8", "ky"), ("de, ru;q=0.5", "ru"), ("", "en"), ("*", "en")]
)
def test_else_the_browser_decides(asking, at, accepted, language):
    session = asking.v1.checkout.sessions.create(SESSION | {"locale": "auto", "metadata": {}})
    assert f'<html lang="{language}">' in at(session.id, accept_language=accepted).text


def test_the_three_languages_say_the_same():
    assert set(texts.KY) == set(texts.RU) == set(texts.EN)
    assert all(text.strip() for words in texts.TEXTS.values() for text in words.values())
    assert [key for key in texts.EN if texts.KY[key] == texts.EN[key] or texts.RU[key] == texts.EN[key]] == []


@pytest.mark.parametrize(
    ("language", "minor", "currency", "units", "text"),
    [
        ("en", 123_456_750, "usd", 100, "USD\u00a01,234,567.50"),
        ("ru", 123_456_750, "usd", 100, "1\u00a0234\u00a0567,50\u00a0USD"),
        ("ky", 70_000, "krw", 1, "70\u00a0000\u00a0KRW"),
        ("en", 5, "eur", 100, "EUR\u00a00.05"),
    ],
)
def test_sums_are_written_as_the_language_writes_them(language, minor, currency, units, text):
    assert texts.amount(minor, currency=currency, units=units, language=language) == text


def test_typing_a_good_card_pays(asking, at, page_id):
    done = at(page_id, TYPED)
    assert (done.status, done.headers["location"]) == (303, thanks(page_id))
    session = asking.v1.checkout.sessions.retrieve(page_id, {"expand": ["payment_intent.latest_charge"]})
    assert (session.payment_status, session.customer_details.name) == ("paid", "Бермет Асанова")
    card = session.payment_intent.latest_charge.payment_method_details.card
    assert (card.last4, card.exp_month, card.exp_year) == ("4242", 12, 2034)


@pytest.mark.parametrize("card", ["4242424242424242", "4000000000000259"])
def test_one_click_pays_with_a_test_card(asking, at, page_id, card):
    done = at(page_id, {"test_card": card, "email": "", "number": ""})
    assert (done.status, done.headers["location"]) == (303, thanks(page_id))
    assert asking.v1.checkout.sessions.retrieve(page_id).customer_details.email == "giver@example.org"


def test_one_click_keeps_the_address_that_was_typed(asking, at, page_id):
    at(page_id, {"test_card": "4242424242424242", "email": "other@example.org"})
    assert asking.v1.checkout.sessions.retrieve(page_id).customer_details.email == "other@example.org"


def test_every_offered_card_is_a_button(at, page_id):
    offered = re.findall(r'name="test_card" value="([0-9]+)"', at(page_id).text)
    assert offered == [
        "4242424242424242",
        "4000000000000002",
        "4000000000009995",
        "4000002500003155",
        "4000000000000259",
    ]


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("4000000000000002", "generic_decline"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000000069", "expired_card"),
        ("4000000000000127", "incorrect_cvc"),
        ("4000000000000119", "processing_error"),
        ("4111111111111111", "test_mode_live_card"),
    ],
)
def test_a_decline_comes_back_with_a_sentence(at, page_id, card, key):
    done = at(page_id, TYPED | {"number": card})
    assert (done.status, done.headers["location"]) == (303, f"/pay/{page_id}")
    assert f'role="alert"><li>{html.escape(texts.RU[key])}</li>' in at(page_id).text


def test_after_a_decline_another_card_pays(asking, at, page_id):
    at(page_id, {"test_card": "4000000000000002"})
    assert at(page_id, TYPED).headers["location"] == thanks(page_id)
    assert [charge.status for charge in asking.v1.charges.list().data] == ["succeeded", "failed"]


@pytest.mark.parametrize(
    ("changes", "field", "key"),
    [
        ({"number": "4242424242424241"}, "number", "incorrect_number"),
        ({"number": "42"}, "number", "incorrect_number"),
        ({"number": ""}, "number", "incorrect_number"),
        ({"number": "４２４２424242424242"}, "number", "incorrect_number"),
        ({"expiry": "13/34"}, "expiry", "invalid_expiry"),
        ({"expiry": "00/34"}, "expiry", "invalid_expiry"),
        ({"expiry": "soon"}, "expiry", "invalid_expiry"),
        ({"expiry": "10/26"}, "expiry", "expired_card"),
        ({"cvc": "12"}, "cvc", "invalid_cvc"),
        ({"cvc": "abcd"}, "cvc", "invalid_cvc"),
        ({"name": "  "}, "name", "wrong_name"),
        ({"email": "giver"}, "email", "wrong_email"),
        ({"email": "a@b.org\r\nBcc: c@d.org"}, "email", "wrong_email"),
    ],
)
def test_a_wrong_field_is_named(asking, at, page_id, changes, field, key):
    shown = at(page_id, TYPED | changes)
    assert shown.status == 422
    assert f'id="{field}-wrong">{html.escape(texts.RU[key])}</span>' in shown.text
    assert f'aria-describedby="{field}-wrong"' in shown.text
    assert asking.v1.payment_intents.list().data == []


def test_this_month_still_counts(at, page_id):
    assert at(page_id, TYPED | {"expiry": "11/2026"}).status == 303


def test_what_was_typed_stays_but_never_the_card(at, page_id):
    shown = at(page_id, TYPED | {"cvc": "x", "name": '"><script>'})
    assert 'value="&quot;&gt;&lt;script&gt;"' in shown.text
    assert "4242 4242 4242 4242" not in re.sub(r"<b>.*?</b>", "", shown.text)


def test_a_one_click_card_with_a_wrong_address_is_asked_again(at, page_id):
    assert at(page_id, {"test_card": "4242424242424242", "email": "giver"}).status == 422


def test_a_made_up_test_card_is_not_a_card(at, page_id):
    assert at(page_id, {"test_card": "4111111111111111"}).status == 422


def test_pressing_twice_pays_once(asking, at, page_id):
    assert at(page_id, TYPED).headers["location"] == thanks(page_id)
    assert at(page_id, TYPED).headers["location"] == thanks(page_id)
    assert len(asking.v1.charges.list().data) == 1


def test_a_paid_page_leads_to_the_thanks(sandbox, at, page_id):
    sandbox.pay(page_id)
    assert at(page_id).headers["location"] == thanks(page_id)


def test_an_expired_page_says_so_and_leads_back(asking, at, page_id):
    asking.v1.checkout.sessions.expire(page_id)
    for shown in (at(page_id), at(page_id, TYPED), at(page_id, confirm=True)):
        assert shown.status == 410
        assert html.escape(texts.RU["expired"]) in shown.text
        assert f'href="{SESSION["cancel_url"]}"' in shown.text
    assert asking.v1.charges.list().data == []


@pytest.mark.parametrize(
    "place", ["/pay/cs_test_none", "/pay/", "/pay/x/confirm", "/pay/cs_test_none/../..", "/pay/%ff"]
)
def test_an_unknown_page_is_not_there(sandbox, place):
    assert plain(sandbox.base_url, "GET", place, accept_language="ru").status == 404


def test_without_a_way_back_there_is_no_link(asking, at):
    params = {name: value for name, value in SESSION.items() if name != "cancel_url"}
    assert 'class="back"' not in at(asking.v1.checkout.sessions.create(params).id).text


def test_every_field_has_a_label(at, page_id):
    shown = at(page_id).text
    assert re.findall(r'<label for="(\w+)"', shown) == re.findall(r'<input id="(\w+)"', shown) == list(TYPED)


def test_head_answers_without_a_body(sandbox, page_id):
    seen = plain(sandbox.base_url, "HEAD", f"/pay/{page_id}")
    assert (seen.status, seen.text) == (200, "")


@pytest.mark.parametrize(("submit_type", "key"), [("donate", "donate"), ("pay", "pay"), ("auto", "pay")])
def test_the_button_says_what_it_does(asking, at, submit_type, key):
    session = asking.v1.checkout.sessions.create(priced(5000, "usd", submit_type=submit_type, locale="en", metadata={}))
    assert f'<button class="pay">{texts.EN[key]}</button>' in at(session.id).text
