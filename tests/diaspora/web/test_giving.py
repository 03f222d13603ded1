"""The three screens: each way through them ends in one gift or none, and a sentence that says which."""

import re

import pytest
from django.conf import settings

from ashar.money import Money, printed
from ashar.payments.gateway import ProviderUnreachable
from ashar.payments.models import Payment
from ashar.payments.sandbox import Sandbox
from diaspora.models import Gift
from tests.diaspora.web.conftest import ANSWERS, Giver, arrive, catch_up, text_of

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.parametrize(
    ("language", "heading"),
    [("ky", "Канча салым кошосуз?"), ("ru", "Сколько вы хотите внести?"), ("en", "How much do you give?")],
)
def test_the_form_speaks_the_language_of_its_address(school, client, language, heading):
    assert heading in text_of(Giver(school, client, language).open())


def test_the_form_asks_five_questions_and_one_tick(giver):
    form = giver.open().context["form"]

    assert [bound.name for bound in form.visible_fields()] == [
        "choice",
        "own",
        "cover_fee",
        "email",
        "name",
        "shown_as",
        "message",
    ]


def test_it_opens_in_the_currency_of_the_associations_country(giver):
    assert giver.open().context["currency"] == "KRW"


@pytest.mark.parametrize(
    ("query", "currency"), [("?currency=EUR", "EUR"), ("?currency=KGS", "KRW"), ("?currency='", "KRW")]
)
def test_another_currency_is_one_link_away(giver, query, currency):
    assert giver.open(query).context["currency"] == currency


def test_each_suggested_amount_says_what_it_buys(giver):
    html = text_of(giver.open("?currency=USD"))

    assert "$25" in html.replace("25\N{NO-BREAK SPACE}$", "$25")
    assert "одна парта" in html


def test_a_giver_is_led_to_the_card_service_with_one_gift(giver, sandbox):
    response = giver.give()

    gift = Gift.objects.get()
    assert (response.status_code, response["Location"]) == (303, gift.payment.session_url)
    assert response["Location"].startswith(sandbox.base_url)
    assert gift.amount == Money(50_00, "USD")
    assert (gift.name, gift.shown_as, gift.email, gift.language) == ("Айгүл", "named", "giver@example.org", "ru")


def test_nothing_of_the_giver_stands_in_an_address(giver, sandbox):
    giver.give()
    payment = Payment.objects.get()

    assert ["example" in path or "Айгүл" in path for path in (payment.success_path, payment.cancel_path)] == [
        False,
        False,
    ]


def test_a_double_click_is_one_gift(giver, sandbox):
    token = giver.token()
    answers = [giver.give(token)["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert (Gift.objects.count(), len(sandbox.events("checkout.session.created"))) == (1, 0)


def test_two_tabs_are_one_gift(giver, sandbox):
    first_tab, second_tab = giver.token(), giver.token()

    giver.give(first_tab)
    giver.give(second_tab)

    assert first_tab == second_tab
    assert Gift.objects.count() == 1


def test_the_back_button_with_another_amount_is_another_gift_and_only_one_is_paid(giver, sandbox):
    token = giver.token()
    giver.give(token)
    giver.give(token, choice="25.00")
    giver.give(token, choice="25.00")
    small = Gift.objects.get(amount_minor=25_00)

    arrive(small.payment, sandbox)

    assert sorted(Gift.objects.values_list("amount_minor", "state")) == [(2500, "received"), (5000, "started")]


def test_the_back_button_after_paying_leads_to_the_thanks(giver, sandbox):
    token = giver.token()
    giver.give(token)
    gift = Gift.objects.get()
    arrive(gift.payment, sandbox)

    response = giver.give(token)

    assert response["Location"] == f"/ru/gifts/{gift.pk}/"
    assert Gift.objects.count() == 1


def test_after_a_gift_the_next_form_is_another_gift(giver, sandbox):
    token = giver.token()
    giver.give(token)
    arrive(Payment.objects.get(), sandbox)

    assert giver.token() != token


def test_a_form_whose_session_has_expired_still_gives(giver, client, sandbox):
    token = giver.token()
    giver.give(token)
    del client.cookies[settings.SESSION_COOKIE_NAME]

    assert giver.give(token).status_code == 303
    assert Gift.objects.count() == 1


def test_coming_back_without_paying_keeps_the_answers(giver, sandbox):
    giver.give(message="Өз айылыма")

    form = giver.open().context["form"]

    assert (form["choice"].value(), form["own"].value()) == ("50.00", "")
    assert form["message"].value() == "Өз айылыма"
    assert form["email"].value() == "giver@example.org"


@pytest.mark.parametrize(
    ("sent", "offered"),
    [
        ({"choice": "50.00"}, ("50.00", "", False)),
        ({"choice": "50.00", "cover_fee": "on"}, ("50.00", "", True)),
        ({"choice": "own", "own": "50"}, ("50.00", "", False)),
        ({"choice": "own", "own": "61.5"}, ("own", "61.50", False)),
    ],
)
def test_coming_back_offers_the_amount_as_it_was_chosen(giver, sandbox, sent, offered):
    giver.give(**sent)

    form = giver.open().context["form"]

    assert tuple(form[field].value() for field in ("choice", "own", "cover_fee")) == offered


@pytest.mark.parametrize("first", [{}, {"cover_fee": "on"}])
def test_coming_back_another_suggested_amount_can_be_chosen(giver, sandbox, first):
    giver.give(choice="50.00", **first)
    form = giver.open().context["form"]
    as_it_stands = {field: form[field].value() for field in ("token", "own")}
    other = next(value for value, _ in form.fields["choice"].choices if value != "50.00")

    assert giver.give(choice=other, **as_it_stands).status_code == 303
    assert printed.plain(Gift.objects.latest("started_at").amount) == other


def test_the_same_hosted_page_is_found_again_from_the_gift(giver, client, sandbox):
    there = giver.give()["Location"]
    gift = Gift.objects.get()

    again = client.post(f"/ru/gifts/{gift.pk}/payment/")

    assert (again.status_code, again["Location"]) == (303, there)


def test_three_d_secure_passed_is_one_gift(giver, sandbox):
    giver.give()
    sandbox.pay(Gift.objects.get().payment.session_id, "4000002500003155")
    catch_up(Payment.objects.get())

    assert Gift.objects.get().state == "received"


def test_three_d_secure_failed_is_no_gift(giver, sandbox):
    giver.give()
    sandbox.pay(Gift.objects.get().payment.session_id, "4000002500003155", approve=False)
    catch_up(Payment.objects.get())

    assert Gift.objects.get().state == "started"


def test_a_card_service_that_does_not_answer_is_said_and_the_input_kept(giver, no_provider):
    response = giver.give(message="Кайрымдуулук")

    assert response.status_code == 200
    assert "Кайрымдуулук" in text_of(response)
    assert response.context["problem"] != ""
    assert Gift.objects.get().state == "started"


def test_that_it_does_not_answer_is_read_on_a_page_of_its_own_which_reloads(giver, client, no_provider):
    sent = client.post(giver.address, ANSWERS | {"token": giver.token()})
    read = [client.get(sent["Location"]).context["problem"] for _ in range(2)]

    assert (sent.status_code, sent["Location"]) == (303, f"{giver.address}?answers=provider_unreachable")
    assert read == [ProviderUnreachable.message] * 2


def test_the_same_gift_goes_on_when_the_card_service_answers_again(giver, no_provider, settings):
    token = giver.token()
    giver.give(token)
    with Sandbox() as play, play.serve() as sandbox:
        settings.STRIPE_API_BASE = sandbox.base_url
        response = giver.give(token)

    assert response.status_code == 303
    assert Gift.objects.count() == 1


def test_an_unreachable_card_service_is_said_on_the_page_of_the_gift(giver, client, no_provider):
    giver.give()
    gift = Gift.objects.get()

    response = client.post(f"/en/gifts/{gift.pk}/payment/", follow=True)

    assert "The card service does not answer right now." in text_of(response)


def test_an_amount_of_ones_own_in_the_givers_writing(giver, sandbox):
    giver.give(choice="own", own="1 234,50 $")

    assert Gift.objects.get().amount == Money(1_234_50, "USD")


def test_covering_the_fee_makes_the_whole_amount_arrive(giver, sandbox):
    giver.give(cover_fee="on")
    gift = Gift.objects.get()
    arrive(gift.payment, sandbox)
    charge = gift.payment.movements.get()

    assert charge.settled_net_minor >= 50_00
    assert gift.amount == Money(51_81, "USD")


def test_showing_what_arrives_starts_nothing(giver):
    response = giver.give(preview="1")
    offer = response.context["offer"]

    assert offer.arrives == Money(48_25, "USD")
    assert offer.covered == Money(51_81, "USD")
    assert Gift.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "rows"),
    [
        (
            {},
            [
                ("Your card pays", "$50", "about KGS 4,372.50"),
                ("Card fee, about", "$1.75", ""),
                ("Reaches the project, about", "$48.25", "about KGS 4,219.46"),
                ("To pay the fee as well, give", "$51.81", ""),
            ],
        ),
        (
            {"cover_fee": "on"},
            [
                ("Your card pays", "$51.81", "about KGS 4,530.78"),
                ("Card fee, about", "$1.81", ""),
                ("Reaches the project at least", "$50", "about KGS 4,372.50"),
            ],
        ),
    ],
)
def test_the_preview_says_which_sum_is_worth_what(school, client, answers, rows):
    html = text_of(Giver(school, client, "en").give(preview="1", **answers)).replace("\N{NO-BREAK SPACE}", " ")
    shown = re.findall(r'<dt>([^<]*)</dt><dd>([^<]*?) ?(?:<span class="soft">\(([^<]*)\)</span>)?</dd>', html)

    assert shown[: len(rows)] == rows
    assert '<section class="give-offer stack"' in html
