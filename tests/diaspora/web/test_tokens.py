"""What stands in a form: opening one keeps nothing, a fresh form is a fresh gift, the same form is one gift, and only for its browser."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ashar.money import Money
from ashar.payments.models import Payment
from diaspora import turns
from diaspora.models import Gift
from diaspora.web import tokens
from tests.diaspora.web.conftest import TOKEN, Giver, arrive, html_of, seal_of
from tests.diaspora.web.test_other_answers import stands
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.projects import OpenProjectFactory

pytestmark = pytest.mark.usefixtures("db")
OTHER = {"choice": "own", "own": "35", "email": "other@example.org", "name": "Нурлан"}


def amounts() -> list[int]:
    return list(Gift.objects.order_by("started_at").values_list("amount_minor", flat=True))


class TestOpeningAForm:
    @pytest.mark.parametrize("query", ["", "?currency=EUR", "?answers", "?answers=session"])
    def test_writes_nothing_and_gives_the_browser_the_cookie_for_forms_alone(self, giver, client, query):
        with CaptureQueriesContext(connection) as told:
            giver.open(query)

        assert [query["sql"] for query in told if not query["sql"].startswith("SELECT")] == []
        assert list(client.cookies) == [settings.CSRF_COOKIE_NAME]
        assert Session.objects.count() == 0

    def test_again_after_a_gift_was_started_writes_nothing_either(self, giver, sandbox):
        giver.give()
        with CaptureQueriesContext(connection) as told:
            giver.open()

        assert [query["sql"] for query in told if not query["sql"].startswith("SELECT")] == []

    @pytest.mark.parametrize("closed", [False, True])
    def test_is_not_offered_to_search_engines(self, school, giver, closed):
        type(school).objects.update(state="closed" if closed else "open")
        html = html_of(giver.open())

        assert '<meta name="robots" content="noindex">' in html
        assert 'rel="canonical"' not in html

    def test_leaves_the_next_pages_of_its_reader_to_the_cache(self, giver, client):
        giver.open()
        client.get("/ru/associations/")
        with CaptureQueriesContext(connection) as told:
            client.get("/ru/associations/")

        assert len(told) == 0


class TestTheSameForm:
    def test_drawn_twice_before_anything_is_sent_is_one_gift(self, giver, sandbox):
        tabs = [giver.token(), Giver(giver.project, giver.client, "ky").token()]
        places = {giver.give(token)["Location"] for token in tabs}

        assert (len(places), Gift.objects.count()) == (1, 1)

    def test_kept_open_over_another_gift_still_stands_for_the_first(self, giver, sandbox):
        old_tab = giver.token()
        giver.give(old_tab)
        arrive(Payment.objects.get(), sandbox)
        giver.give(**OTHER)

        assert giver.give(old_tab)["Location"] == f"/ru/gifts/{Gift.objects.earliest('started_at').pk}/"
        assert amounts() == [50_00, 35_00]

    def test_drawn_while_the_answer_to_the_first_is_on_its_way_leads_to_its_page(self, school, giver, client, sandbox):
        """Someone does not wait for a slow card service and opens another tab: the browser has no session yet."""
        there = giver.give()["Location"]
        del client.cookies[settings.SESSION_COOKIE_NAME]
        form = giver.open().context["form"]

        assert form["email"].value() is None
        assert giver.give(form["token"].value())["Location"] == there
        assert Gift.objects.count() == 1

    def test_that_gave_way_is_not_what_the_next_form_follows(self, giver, client, sandbox):
        token = giver.token()
        giver.give(token)
        giver.give(token, **OTHER)
        arrive(Gift.objects.latest("started_at").payment, sandbox)

        assert giver.give(choice="25.00").status_code == 303
        assert amounts() == [50_00, 35_00, 25_00]


class TestAFreshForm:
    """One opened after a gift was started."""

    def test_is_a_fresh_gift_once_the_first_is_paid_though_the_news_has_not_come(self, giver, sandbox):
        giver.give()
        first = Gift.objects.get()
        sandbox.pay(first.payment.session_id)
        fresh = giver.token()

        answers = [giver.give(fresh, **OTHER) for _ in range(2)]

        second = Gift.objects.exclude(pk=first.pk).get()
        assert [(answer.status_code, answer["Location"]) for answer in answers] == [
            (303, second.payment.session_url)
        ] * 2
        assert (second.amount, second.email) == (Money(35_00, "USD"), "other@example.org")
        assert stands() == ["complete", "open"]

    def test_and_the_first_is_not_said_to_have_given_way(self, giver, client, sandbox):
        giver.give()
        first = Gift.objects.get()
        sandbox.pay(first.payment.session_id)
        giver.give(**OTHER)

        assert turns.is_last(first)
        assert "We are checking" in html_of(client.get(f"/en/gifts/{first.pk}/?from=checkout"))

    def test_with_the_same_answers_before_the_news_says_not_to_pay_again(self, giver, sandbox):
        giver.give()
        first = Gift.objects.get()
        sandbox.pay(first.payment.session_id)

        assert giver.give()["Location"] == f"/ru/gifts/{first.pk}/?from=checkout"
        assert Gift.objects.count() == 1

    def test_takes_the_place_of_what_was_not_paid(self, giver, client, sandbox):
        giver.give()
        first, fresh = Gift.objects.get(), giver.token()
        for _ in range(2):
            giver.give(fresh, **OTHER)

        assert (amounts(), stands()) == ([50_00, 35_00], ["expired", "open"])
        assert "The form was sent again with other answers." in html_of(client.get(f"/en/gifts/{first.pk}/"))

    def test_with_the_same_answers_leads_back_to_the_page_to_pay_on(self, giver, sandbox):
        there = giver.give()["Location"]

        assert giver.give()["Location"] == there
        assert Gift.objects.count() == 1

    def test_that_became_a_gift_and_was_paid_is_that_gift(self, giver, sandbox):
        giver.give()
        fresh = giver.token()
        giver.give(fresh, **OTHER)
        second = Gift.objects.latest("started_at")
        sandbox.pay(second.payment.session_id)

        answer = giver.give(fresh, choice="25.00")

        assert answer["Location"] == f"/ru/gifts/{second.pk}/?from=earlier"
        assert amounts() == [50_00, 35_00]

    def test_starts_nothing_while_it_is_unknown_whether_the_first_was_paid(self, giver, sandbox, settings):
        giver.give()
        fresh = giver.token()
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        assert giver.give(fresh, **OTHER).context["form"]["own"].value() == "35"
        assert Gift.objects.count() == 1

    @pytest.mark.parametrize("paid", [True, False])
    @pytest.mark.parametrize("answers", [{}, OTHER])
    def test_of_somebody_else_at_the_same_browser_is_their_gift(self, giver, client, sandbox, paid, answers):
        """A phone is handed on once who gave has signed out."""
        client.force_login(PersonFactory(email="first@example.org"))
        giver.give()
        first = Gift.objects.get()
        if paid:
            arrive(Payment.objects.get(), sandbox)
        client.post("/ru/accounts/logout/")

        there = giver.give(**answers)["Location"]
        second = Gift.objects.exclude(pk=first.pk).get()
        assert stands() == ["complete" if paid else "open", "open"]
        assert (turns.is_last(first), second.payment.session_id in there) == (True, True)


class TestSomebodyElsesForm:
    @pytest.mark.parametrize(
        "other", [lambda school: seal_of(school, "his"), lambda _school: seal_of(OpenProjectFactory(slug="bridge"))]
    )
    def test_does_not_open(self, school, other):
        with pytest.raises(BadSignature):
            seal_of(school).open(other(school).close(TOKEN))

    def test_sent_from_another_browser_starts_nothing_and_tells_nothing(self, school, giver, client, sandbox):
        token = giver.token()
        giver.give(token)
        stranger = Giver(school, Client())

        answer = stranger.give(token, **OTHER)

        assert "Страница устарела или изменилась по пути. Ничего не начато." in html_of(answer)
        assert (Gift.objects.count(), stands()) == (1, ["open"])
        assert "giver@example.org" not in html_of(answer)

    @pytest.mark.parametrize("text", ["", ".", "x", f"{TOKEN.own}.", f"{TOKEN.own}.:x", str(TOKEN.own)])
    def test_made_up_does_not_open(self, school, text):
        with pytest.raises(BadSignature):
            seal_of(school).open(text)


class TestTheNextToken:
    def test_is_the_same_until_a_gift_has_it(self, school):
        seal, made = seal_of(school), []
        for _ in range(3):
            made.append(seal.next(after=None, at=NOON))
            assert seal.next(after=None, at=NOON) == made[-1]
            ReceivedGiftFactory(project=school, token=made[-1].own)

        assert len({token.own for token in made}) == 3
        assert {token.after for token in made} == {None}

    def test_is_found_in_one_query_and_after_very_many_gifts_in_two(
        self, school, django_assert_num_queries, monkeypatch
    ):
        monkeypatch.setattr(tokens, "AT_ONCE", 2)
        seal = seal_of(school)
        with django_assert_num_queries(1):
            seal.next(after=None, at=NOON)
        for _ in range(2):
            ReceivedGiftFactory(project=school, token=seal.next(after=None, at=NOON).own)
        with django_assert_num_queries(2):
            seal.next(after=None, at=NOON)

    def test_names_the_gift_it_comes_after(self, school):
        seal, gift = seal_of(school), StartedGiftFactory(project=school)
        token = seal.next(after=gift, at=NOON)

        assert token.after == gift.token
        assert token.own != seal.next(after=None, at=NOON).own

    @pytest.mark.parametrize(("late", "comes_after"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
    def test_comes_after_what_the_browser_began_within_two_hours(self, school, late, comes_after):
        seal = seal_of(school)
        gift = StartedGiftFactory(project=school, token=seal.next(after=None, at=NOON).own, at=NOON)
        token = seal.next(after=None, at=NOON + tokens.OFFERED_FOR + late)

        assert token.after == (gift.token if comes_after else None)

    def test_is_another_for_every_browser_and_every_project(self, school):
        bridge = OpenProjectFactory(slug="bridge")
        seals = [seal_of(school), seal_of(school, "his"), seal_of(bridge), seal_of(bridge, "his")]

        assert len({seal.next(after=None, at=NOON).own for seal in seals}) == 4

    def test_stands_in_the_form_as_it_was(self, school):
        for token in (TOKEN, tokens.Token(TOKEN.own, after=UUID(int=7))):
            assert seal_of(school).open(seal_of(school).close(token)) == token


def test_a_browser_keeps_its_name_for_all_its_forms(rf):
    first = rf.get("/")
    name = tokens.browser(first)
    again = rf.get("/")
    again.META["CSRF_COOKIE"] = name

    assert (tokens.browser(first), tokens.browser(again)) == (name, name)
    assert tokens.browser(rf.get("/")) != name
