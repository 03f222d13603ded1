"""The plan of the demo's gifts: the same every time, lawful sums, moments in the past."""

from datetime import timedelta

import pytest

from ashar.money import currencies, rates
from ashar.money.rates import to_som
from cms.demo import content, givers
from diaspora.states import ShownAs
from tests.factories.moments import NOON

GIFTS_OF_ALL = sum(entry["filled"] > 0 for entry in content.projects()) * givers.GIFTS_PER_PROJECT * 4
PROJECTS = [pytest.param(entry, id=entry["slug"]) for entry in content.projects()]


@pytest.fixture
def now_rates(db):
    rates.import_demo(at=NOON)
    return {code: rates.rate_for(code, at=NOON) for code in {*givers.CURRENCIES.values(), "USD", "EUR"}}


def plan(entry, now_rates):
    return list(givers.plan(entry, rates=now_rates, at=NOON))


@pytest.mark.parametrize("entry", PROJECTS)
def test_a_plan(entry, now_rates):
    """One pass for each project, as a plan is long."""
    gifts = plan(entry, now_rates)
    assert gifts == plan(entry, now_rates)
    assert len(gifts) == (0 if entry["filled"] == 0 else givers.GIFTS_PER_PROJECT * 4)
    assert len({gift.token for gift in gifts}) == len(gifts)
    for gift in gifts:
        currency = currencies.get(gift.amount.currency)
        assert currency.chargeable
        assert currency.minimum_charge_minor <= gift.amount.minor <= currency.maximum_charge_minor
        assert gift.amount.minor % 10**currency.exponent == 0
        assert NOON - timedelta(days=givers.DAYS + 90) < gift.at < NOON
        assert gift.at < NOON + timedelta(days=entry["closes_in_days"])
        assert gift.shown_as in ShownAs.values
        assert gift.message in givers.MESSAGES[gift.language]
        assert gift.email.endswith("@demo.example")
        assert gift.name.endswith("(demo)")


def test_a_plan_is_large_enough_for_what_is_wanted(now_rates):
    for entry in content.projects():
        planned = sum(
            to_som(gift.amount, rate=now_rates[gift.amount.currency]).minor for gift in plan(entry, now_rates)
        )
        assert planned * 100 >= content.som(entry["goal_som"]).minor * entry["filled"], entry["slug"]


def test_tokens_of_different_projects_differ(now_rates):
    tokens = [gift.token for entry in content.projects() for gift in plan(entry, now_rates)]
    assert len(set(tokens)) == len(tokens)


def test_sums_are_such_as_people_type(now_rates):
    amounts = {gift.amount.minor for gift in plan(content.projects()[0], now_rates) if gift.amount.currency == "USD"}
    assert {str(minor // 100).rstrip("0").__len__() <= 2 for minor in amounts} == {True}


def test_most_pay_in_the_money_of_where_they_live(now_rates):
    entry = next(entry for entry in content.projects() if entry["association"].endswith("seoul"))
    paid = [gift.amount.currency for gift in plan(entry, now_rates)]
    assert paid.count("KRW") > len(paid) / 2


def test_who_has_an_account_gives_to_several_projects(now_rates):
    given = [gift for entry in content.projects() for gift in plan(entry, now_rates) if gift.email == givers.ACCOUNT]
    assert len({gift.project for gift in given}) > 3
    assert len(given) < GIFTS_OF_ALL // 10
