"""Giving when it is tried again and again, by known people, without a rate or a cache, and between two looks."""

import uuid
from dataclasses import replace

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone

from ashar.money.models import ExchangeRate
from diaspora import projects
from diaspora.models import Gift
from diaspora.web import limits
from tests.diaspora.web.conftest import Giver, html_of
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory

pytestmark = pytest.mark.usefixtures("db")


def test_the_expected_match_is_shown_as_an_estimate(giver):
    PoolFactory(closes_on=timezone.now().date().replace(year=2098))
    response = giver.give(preview="1")

    assert response.context["offer"].match == response.context["offer"].som
    assert "оценка" in html_of(response)


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
    answers = [Giver(school, Client()).give(email=f"{number}@example.org").status_code for number in range(3)]

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
    place = f"/ru/gifts/{Gift.objects.get().pk}/"

    assert client.get(f"{place}payment/")["Location"] == place


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
        in html_of(response)
    )


def test_a_project_that_closes_between_the_look_and_the_start_takes_nothing(school, giver, monkeypatch):
    token = giver.token()
    counted = limits.reached

    def closes_meanwhile(request, **facts):
        projects.close(school, by=None, at=timezone.now())
        return counted(request, **facts)

    monkeypatch.setattr(limits, "reached", closes_meanwhile)

    assert "Сбор средств на этот проект завершён" in html_of(giver.give(token))
    assert Gift.objects.count() == 0


@pytest.mark.parametrize("has_pool", [True, False])
def test_the_preview_speaks_of_a_match_only_where_there_is_one(school, client, has_pool):
    if has_pool:
        PoolFactory(closes_on=timezone.now().date().replace(year=2098))

    html = html_of(Giver(school, client, "en").give(preview="1"))

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

    html = html_of(Giver(school, client, language).open())

    assert f"{label}: " in html
