"""Giving when it is tried again and again, by known people, without a rate or a cache, and between two looks."""

import uuid
from dataclasses import replace

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from ashar.money import Money
from ashar.money.models import ExchangeRate
from ashar.payments import checkout, gateway
from diaspora import projects
from diaspora.models import Gift
from diaspora.web import limits
from tests.diaspora.web.conftest import ANSWERS, Giver, arrive
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory

pytestmark = pytest.mark.usefixtures("db")


def page(response) -> str:
    return response.content.decode()


def stands() -> list[str]:
    """Return how the card service's pages of all gifts stand, first started first."""
    return [gateway.session(gift.payment.session_id).status for gift in Gift.objects.order_by("started_at")]


def test_the_expected_match_is_shown_as_an_estimate(giver):
    PoolFactory(closes_on=timezone.now().date().replace(year=2098))
    response = giver.give(preview="1")

    assert response.context["offer"].match == response.context["offer"].som
    assert "оценка" in page(response)


def test_without_a_fresh_rate_the_page_still_works(giver):
    ExchangeRate.objects.all().delete()
    response = giver.give(preview="1")

    assert response.context["offer"].som is None
    assert response.status_code == 200


def test_a_signed_in_giver_is_known_by_the_form_and_the_gift(giver, client, sandbox):
    person = PersonFactory(email="known@example.org")
    client.force_login(person)

    form = giver.open().context["form"]
    giver.give(email=form["email"].value())

    assert form["email"].value() == "known@example.org"
    assert Gift.objects.get().donor == person


def test_too_many_attempts_from_one_browser_are_refused(giver, sandbox, monkeypatch):
    monkeypatch.setitem(limits.MOST, "session", 2)
    token = giver.token()
    answers = [giver.give(token).status_code for _ in range(3)]

    assert answers == [303, 303, 429]


def test_too_many_attempts_from_one_network_are_refused(school, sandbox, monkeypatch):
    monkeypatch.setitem(limits.MOST, "network", 2)
    answers = [
        Giver(school, Client()).give(str(uuid.uuid4()), email=f"{number}@example.org").status_code
        for number in range(3)
    ]

    assert answers == [303, 303, 429]


def test_without_a_cache_the_database_counts(giver, sandbox, monkeypatch):
    def fails(*_args, **_facts):
        raise ConnectionError

    token = giver.token()
    monkeypatch.setitem(limits.MOST, "all", 1)
    monkeypatch.setattr(LocMemCache, "incr", fails)

    assert [giver.give(token).status_code for _ in range(2)] == [303, 429]


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "127.0.0.1"),
    ],
)
def test_a_spoofed_header_does_not_change_the_network(rf, settings, proxies, header, expected):
    settings.ENV = replace(settings.ENV, trusted_proxies=proxies)

    assert limits.client(rf.get("/", headers={"X-Forwarded-For": header})) == expected


def test_a_gift_of_nobody_is_not_there(client):
    assert client.get(f"/ru/gifts/{uuid.uuid4()}/").status_code == 404


def test_paying_is_not_done_by_opening_an_address(giver, client, sandbox):
    giver.give()

    assert client.get(f"/ru/gifts/{Gift.objects.get().pk}/payment/").status_code == 405


def test_sending_the_form_again_before_the_news_of_the_payment_pays_nothing_twice(giver, client, sandbox):
    token = giver.token()
    giver.give(token)
    gift = Gift.objects.get()
    sandbox.pay(gift.payment.session_id)

    again = giver.give(token)
    from_the_gift = client.post(f"/ru/gifts/{gift.pk}/payment/")

    assert again["Location"] == from_the_gift["Location"] == f"/ru/gifts/{gift.pk}/?from=checkout"
    assert len(sandbox.events("checkout.session.completed")) == 1


def test_very_many_returns_to_the_payment_are_refused(giver, client, sandbox, monkeypatch):
    giver.give()
    gift = Gift.objects.get()
    monkeypatch.setitem(limits.MOST, "email", 1)

    response = client.post(f"/en/gifts/{gift.pk}/payment/", follow=True)

    assert (
        "Very many payments were begun in this browser or from your network. Nothing was taken from you for this gift."
        in page(response)
    )


def test_a_project_that_closes_between_the_look_and_the_start_takes_nothing(school, giver, monkeypatch):
    token = giver.token()
    counted = limits.reached

    def closes_meanwhile(request, **facts):
        projects.close(school, by=None, at=timezone.now())
        return counted(request, **facts)

    monkeypatch.setattr(limits, "reached", closes_meanwhile)

    assert "Сбор средств на этот проект завершён" in page(giver.give(token))
    assert Gift.objects.count() == 0


class TestAnotherAmountOnTheSameForm:
    """Two tabs, or the way back: what was begun and not paid gives way to what was decided last."""

    def test_leaves_one_page_to_pay_on(self, giver, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()

        giver.give(token, choice="own", own="35")

        second = Gift.objects.exclude(pk=first.pk).get()
        assert [gateway.session(gift.payment.session_id).status for gift in (first, second)] == ["expired", "open"]
        assert second.amount == Money(35_00, "USD")

    def test_leaves_one_page_however_often_it_changes(self, giver, sandbox):
        token = giver.token()
        for own in ("20", "35", "50", "35.50"):
            giver.give(token, choice="own", own=own)

        assert stands() == ["expired", "expired", "expired", "open"]

    def test_after_the_first_was_paid_there_is_the_first_gift_alone(self, giver, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()
        sandbox.pay(first.payment.session_id)

        answer = giver.give(token, choice="own", own="35")

        assert answer["Location"].startswith(f"/ru/gifts/{first.pk}/")
        assert Gift.objects.get() == first

    def test_starts_nothing_while_it_is_unknown_whether_the_first_was_paid(self, giver, sandbox, settings):
        token = giver.token()
        giver.give(token)
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        answer = giver.give(token, choice="own", own="35")

        assert (answer.status_code, answer.context["form"]["own"].value()) == (200, "35")
        assert Gift.objects.count() == 1

    def test_and_back_leads_to_the_first_answers_again(self, giver, sandbox):
        """Changed to another amount and back: the first page to pay on was taken back, so there is a new one."""
        token = giver.token()
        for own in ("50", "30", "50"):
            answer = giver.give(token, choice="own", own=own)

        latest = Gift.objects.order_by("started_at").last()
        assert (answer.status_code, answer["Location"], latest.amount) == (
            303,
            latest.payment.session_url,
            Money(50_00, "USD"),
        )
        assert stands() == ["expired", "expired", "open"]

    def test_and_back_is_one_gift_however_often_it_is_sent(self, giver, sandbox):
        token = giver.token()
        for own in ("50", "30", "50", "50"):
            giver.give(token, choice="own", own=own)

        assert stands() == ["expired", "expired", "open"]

    @pytest.mark.parametrize(
        ("language", "sentence", "link"),
        [
            ("en", "no new gift was started, and nothing was taken for it.", "Start a new gift with what you"),
            ("ru", "новый взнос не начат, и за него ничего не списано.", "Начать новый взнос с тем, что вы"),
            (
                "ky",
                "жаңы салым башталган жок жана ал үчүн эч нерсе алынган жок.",
                "Азыр жөнөтүлгөн маалымат менен жаңы",
            ),
        ],
    )
    @pytest.mark.parametrize("has_arrived", [True, False], ids=["arrived", "on_its_way"])
    def test_after_the_first_was_paid_the_page_says_that_the_second_was_not_started(
        self, school, client, sandbox, language, sentence, link, has_arrived
    ):
        giver = Giver(school, client, language)
        token = giver.token()
        giver.give(token, choice="own", own="40")
        first = Gift.objects.get()
        if has_arrived:
            arrive(first.payment, sandbox)
        else:
            sandbox.pay(first.payment.session_id)

        answer = giver.give(token, choice="own", own="1500", email="other@example.org", name="Нурлан")
        html = page(client.get(answer["Location"]))

        assert answer["Location"] == f"/{language}/gifts/{first.pk}/?from=earlier"
        assert [sentence in html, link in html, "/payment/" in html] == [True, True, False]
        assert Gift.objects.get() == first

    def test_what_was_not_started_is_one_click_away_as_a_gift_of_its_own(self, giver, sandbox):
        token = giver.token()
        giver.give(token, choice="own", own="40")
        sandbox.pay(Gift.objects.get().payment.session_id)
        giver.give(token, choice="own", own="1500", email="other@example.org", cover_fee="on")

        form = giver.open("?answers").context["form"]
        asked = {name: form[name].value() for name in ("own", "email", "cover_fee")}
        fresh = form["token"].value()
        answer = giver.give(fresh, choice="own", own=asked["own"], email=asked["email"])

        assert asked == {"own": "1500", "email": "other@example.org", "cover_fee": True}
        assert (answer.status_code, fresh == token) == (303, False)
        assert list(Gift.objects.order_by("started_at").values_list("amount_minor", flat=True)) == [4000, 150000]

    def test_the_page_of_what_gave_way_leads_to_what_stands(self, giver, client, sandbox):
        token = giver.token()
        for own in ("50", "30", "20"):
            giver.give(token, choice="own", own=own)
        first, _second, last = Gift.objects.order_by("started_at")

        html = page(client.get(f"/en/gifts/{first.pk}/?from=cancel"))

        assert "The form was sent again with other answers. This gift was not made" in html
        assert f'href="/en/gifts/{last.pk}/"' in html
        assert "/payment/" not in html

    def test_what_gave_way_cannot_be_paid_any_more(self, giver, client, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()
        giver.give(token, choice="25.00")

        answer = client.post(f"/en/gifts/{first.pk}/payment/")

        assert answer["Location"] == f"/en/gifts/{first.pk}/"

    def test_what_was_sent_while_the_first_asked_for_its_page_stands(self, school, giver, client, sandbox, monkeypatch):
        """The other sending sees no page to end yet, so the first one ends its own as soon as it has it."""
        token, other = giver.token(), Giver(school, Client())
        ask, asked = checkout.send_to_provider, []

        def is_overtaken(payment, *, at):
            asked.append(payment)
            if len(asked) == 1:
                other.give(token, choice="25.00")
            return ask(payment, at=at)

        monkeypatch.setattr(checkout, "send_to_provider", is_overtaken)
        answer = giver.give(token)
        small = Gift.objects.get(amount_minor=25_00)

        assert answer["Location"] == f"/ru/gifts/{small.pk}/?from=changed"
        assert stands() == ["expired", "open"]
        assert "Only this gift stands; it waits for its payment." in page(
            client.get(f"/en/gifts/{small.pk}/?from=changed")
        )


class TestTheWayBackToTheForm:
    """What is drawn after sending the form is a page of its own: a browser can go back to it without sending again."""

    @pytest.mark.parametrize(
        "sent", [{"preview": "1"}, {"change": "EUR"}, {"email": "broken"}], ids=["preview", "currency", "mistake"]
    )
    def test_sending_leads_to_a_page_that_can_be_opened_again(self, giver, client, sent):
        token = giver.token()

        answer = client.post(giver.address, ANSWERS | {"token": token, "own": "75", "choice": "own"} | sent)
        pages = [client.get(answer["Location"]) for _ in range(2)]

        assert (answer.status_code, answer["Location"]) == (303, f"{giver.address}?answers")
        assert [there.context["form"]["own"].value() for there in pages] == ["75", "75"]
        assert [str(there.context["form"]["token"].value()) for there in pages] == [token, token]

    def test_after_the_gift_was_started_it_shows_the_gift(self, giver, sandbox):
        token = giver.token()
        giver.give(token, preview="1", choice="own", own="75")
        giver.give(token, choice="own", own="75")

        form = giver.open("?answers").context["form"]

        assert (form["own"].value(), str(form["token"].value()), form.is_bound) == ("75.00", token, False)

    def test_it_keeps_no_more_than_the_form_asks(self, giver, client):
        giver.give(preview="1", message="я" * 5000, csrfmiddlewaretoken="secret", other="x")

        (kept,) = client.session["giving_answers"].values()
        assert sorted(kept) == sorted([*ANSWERS, "token", "preview"])
        assert len(kept["message"]) == 2000

    def test_it_is_nobody_elses(self, school, giver):
        giver.give(preview="1", email="secret@example.org")

        assert Giver(school, Client()).open("?answers").context["form"]["email"].value() is None


@pytest.mark.parametrize("has_pool", [True, False])
def test_the_preview_speaks_of_a_match_only_where_there_is_one(school, client, has_pool):
    if has_pool:
        PoolFactory(closes_on=timezone.now().date().replace(year=2098))

    html = page(Giver(school, client, "en").give(preview="1"))

    assert ("The match is certain only when your gift arrives" in html) is has_pool
    assert "The receipt states the sums that really came about." in html


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Can still be added to this project"),
        ("ru", "Ещё можно добавить этому проекту"),
        ("ky", "Бул долбоорго дагы кошулушу мүмкүн"),
    ],
)
def test_what_a_pool_can_add_to_the_project_is_not_called_what_is_in_the_pool(school, client, language, label):
    PoolFactory(closes_on=timezone.now().date().replace(year=2098))

    html = page(Giver(school, client, language).open())

    assert f"{label}: " in html
