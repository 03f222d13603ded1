"""Exchange rates: kept once, looked up for a moment, refused when stale, exact in use."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from ashar.money import CurrencyMismatch, Money, rates
from ashar.money.currencies import chargeable
from ashar.money.feed import BadFeed
from ashar.money.models import ExchangeRate, FreshnessRule
from ashar.money.rates import NoRate, RateChanged, StaleRate, UnknownSource
from tests.ashar.money.test_feed import currency, feed

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Bishkek"))
MONDAY = date(2026, 11, 23)
DAILY = feed(currency("USD", value="87,4500"), currency("EUR", value="101,2234"), day="23.11.2026")
WEEKLY = feed(currency("KRW", "1000", "62,5"), day="23.11.2026")


@pytest.fixture
def published():
    rates.import_feed(DAILY, source="nbkr-daily", at=MONDAY_NOON)
    rates.import_feed(WEEKLY, source="nbkr-weekly", at=MONDAY_NOON)


def rate(code: str, *, nominal: int = 1, value_e4: int = 10_000) -> ExchangeRate:
    return ExchangeRate(
        currency=code, on=MONDAY, nominal=nominal, value_e4=value_e4, source="nbkr-daily", fetched_at=MONDAY_NOON
    )


class TestImporting:
    def test_rates_are_kept_with_day_source_and_moment(self):
        assert rates.import_feed(DAILY, source="nbkr-daily", at=MONDAY_NOON) == 2
        assert list(
            ExchangeRate.objects.order_by("currency").values_list(
                "currency", "on", "nominal", "value_e4", "source", "fetched_at"
            )
        ) == [
            ("EUR", MONDAY, 1, 1_012_234, "nbkr-daily", MONDAY_NOON),
            ("USD", MONDAY, 1, 874_500, "nbkr-daily", MONDAY_NOON),
        ]

    @pytest.mark.usefixtures("published")
    def test_the_same_file_adds_nothing(self):
        assert rates.import_feed(DAILY, source="nbkr-daily", at=MONDAY_NOON + timedelta(hours=1)) == 0
        assert set(ExchangeRate.objects.values_list("fetched_at", flat=True)) == {MONDAY_NOON}

    @pytest.mark.usefixtures("published")
    def test_a_fuller_file_adds_what_is_new(self):
        fuller = feed(currency("USD"), currency("KZT", value="0,1667"), day="23.11.2026")
        assert rates.import_feed(fuller, source="nbkr-daily", at=MONDAY_NOON) == 1

    @pytest.mark.usefixtures("published")
    def test_another_day_adds_to_the_first(self):
        assert (
            rates.import_feed(feed(currency(value="88,0000"), day="24.11.2026"), source="nbkr-daily", at=MONDAY_NOON)
            == 1
        )
        assert ExchangeRate.objects.filter(currency="USD").count() == 2

    @pytest.mark.parametrize("changed", [currency("USD", value="87,4501"), currency("USD", nominal="10")])
    @pytest.mark.usefixtures("published")
    def test_a_source_does_not_contradict_itself(self, changed):
        contradiction = feed(currency("KZT", value="0,1667"), changed, day="23.11.2026")
        with pytest.raises(RateChanged) as refusal:
            rates.import_feed(contradiction, source="nbkr-daily", at=MONDAY_NOON)
        assert refusal.value.facts == {"on": MONDAY, "currency": "USD", "source": "nbkr-daily"}
        assert not ExchangeRate.objects.filter(currency="KZT").exists()

    def test_a_bad_file_leaves_nothing(self):
        with pytest.raises(BadFeed):
            rates.import_feed(feed(currency("USD"), currency("EUR", value="?")), source="nbkr-daily", at=MONDAY_NOON)
        assert not ExchangeRate.objects.exists()

    def test_a_source_without_a_freshness_rule_is_unknown(self):
        with pytest.raises(UnknownSource) as refusal:
            rates.import_feed(DAILY, source="a-blog", at=MONDAY_NOON)
        assert refusal.value.facts == {"source": "a-blog"}

    def test_it_costs_the_same_for_two_rates_and_for_many(self, connection_queries):
        few = connection_queries(lambda: rates.import_feed(DAILY, source="nbkr-daily", at=MONDAY_NOON))
        many = feed(*[currency(code) for code in ("USD", "EUR", "GBP", "KZT", "TRY", "AED", "PLN")], day="24.11.2026")
        assert connection_queries(lambda: rates.import_feed(many, source="nbkr-daily", at=MONDAY_NOON)) == few


class TestLookingUp:
    @pytest.mark.usefixtures("published")
    def test_the_rate_of_the_day_is_found(self):
        assert rates.rate_for("USD", at=MONDAY_NOON).value_e4 == 874_500
        assert rates.rate_for("KRW", at=MONDAY_NOON).nominal == 1000

    @pytest.mark.usefixtures("published")
    def test_a_weekend_uses_the_last_published_rate(self):
        assert rates.rate_for("USD", at=MONDAY_NOON + timedelta(days=2)).on == MONDAY

    @pytest.mark.parametrize(("code", "days"), [("USD", 4), ("KRW", 8)])
    @pytest.mark.usefixtures("published")
    def test_a_rate_is_fresh_on_its_last_day_and_stale_on_the_next(self, code, days):
        assert rates.rate_for(code, at=MONDAY_NOON + timedelta(days=days)).on == MONDAY
        with pytest.raises(StaleRate) as refusal:
            rates.rate_for(code, at=MONDAY_NOON + timedelta(days=days + 1))
        assert refusal.value.code == "stale_rate"
        assert refusal.value.facts == {"currency": code, "on": MONDAY}

    @pytest.mark.usefixtures("published")
    def test_the_day_is_counted_in_bishkek(self):
        last_minute = datetime(2026, 11, 27, 17, 59, tzinfo=UTC)
        assert rates.rate_for("USD", at=last_minute).on == MONDAY
        with pytest.raises(StaleRate):
            rates.rate_for("USD", at=last_minute + timedelta(minutes=1))

    @pytest.mark.usefixtures("published")
    def test_tomorrows_rate_is_not_used_today(self):
        rates.import_feed(feed(currency(value="99,0000"), day="24.11.2026"), source="nbkr-daily", at=MONDAY_NOON)
        assert rates.rate_for("USD", at=MONDAY_NOON).value_e4 == 874_500
        assert rates.rate_for("USD", at=MONDAY_NOON + timedelta(days=1)).value_e4 == 990_000

    @pytest.mark.parametrize("code", ["GBP", "XXX"])
    @pytest.mark.usefixtures("published")
    def test_there_may_be_no_rate(self, code):
        with pytest.raises(NoRate) as refusal:
            rates.rate_for(code, at=MONDAY_NOON)
        assert (refusal.value.code, refusal.value.facts) == ("no_rate", {"currency": code})

    @pytest.mark.usefixtures("published")
    def test_there_is_none_before_the_first(self):
        with pytest.raises(StaleRate):
            rates.rate_for("USD", at=MONDAY_NOON - timedelta(days=1))

    def test_the_som_needs_none(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            som = rates.rate_for("KGS", at=MONDAY_NOON)
        assert rates.to_som(Money(1_234_50, "KGS"), rate=som) == Money(1_234_50, "KGS")

    @pytest.mark.usefixtures("published")
    def test_it_takes_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            rates.rate_for("USD", at=MONDAY_NOON)

    @pytest.mark.usefixtures("published")
    def test_a_later_rule_replaces_the_first_from_its_day_on(self):
        FreshnessRule.objects.create(
            source="nbkr-daily", days=1, from_on=date(2026, 11, 26), reference="a board decision"
        )
        assert rates.rate_for("USD", at=MONDAY_NOON + timedelta(days=2)).on == MONDAY
        with pytest.raises(StaleRate):
            rates.rate_for("USD", at=MONDAY_NOON + timedelta(days=3))

    @pytest.mark.usefixtures("published")
    def test_a_rate_whose_rule_has_not_begun_serves_nobody(self):
        FreshnessRule.objects.filter(source="nbkr-daily").update(from_on=date(2027, 1, 1))
        with pytest.raises(StaleRate):
            rates.rate_for("USD", at=MONDAY_NOON)


class TestConverting:
    @pytest.mark.parametrize(
        ("money", "nominal", "value_e4", "tyiyn"),
        [
            (Money(1_000_000, "KRW"), 1000, 625_000, 62_500_00),
            (Money(50_00, "USD"), 1, 874_500, 4_372_50),
            (Money(1, "USD"), 1, 874_500, 87),
            (Money(1, "USD"), 1, 875_000, 88),
            (Money(1, "USD"), 1, 874_999, 87),
            (Money(-1, "USD"), 1, 875_000, -88),
            (Money(-50_00, "USD"), 1, 874_500, -4_372_50),
            (Money(0, "USD"), 1, 874_500, 0),
            (Money(1_000, "KWD"), 1, 2_849_300, 284_93),
            (Money(100, "JPY"), 100, 579_012, 57_90),
            (Money(1_00, "KZT"), 1, 1_667, 17),
            (Money(10**15 - 1, "USD"), 1, 874_500, 87_449_999_999_999_913),
        ],
    )
    def test_conversion_is_exact_and_rounds_half_up(self, money, nominal, value_e4, tyiyn):
        assert rates.to_som(money, rate=rate(money.currency, nominal=nominal, value_e4=value_e4)) == Money(tyiyn, "KGS")

    def test_a_rate_serves_its_own_currency(self):
        with pytest.raises(CurrencyMismatch):
            rates.to_som(Money(1, "EUR"), rate=rate("USD"))


class TestTheDatabase:
    @pytest.mark.parametrize("wrong", [{"nominal": 0}, {"value_e4": 0}, {"value_e4": -1}])
    def test_a_rate_is_above_zero(self, wrong):
        with pytest.raises(IntegrityError):
            rate("USD", **wrong).save()

    def test_a_source_has_one_rate_per_currency_and_day(self):
        rate("USD").save()
        with pytest.raises(IntegrityError):
            rate("USD", value_e4=20_000).save()

    def test_rules_are_dated_and_say_where_they_come_from(self):
        rules = dict(FreshnessRule.objects.values_list("source", "days"))
        assert rules == {"nbkr-daily": 4, "nbkr-weekly": 8, "demo": 366}
        assert all(rule.reference for rule in FreshnessRule.objects.all())

    def test_rows_name_themselves(self):
        assert str(rate("USD", value_e4=874_500)) == "1 USD = 874500e-4 KGS (nbkr-daily, 2026-11-23)"
        assert str(FreshnessRule.objects.get(source="nbkr-weekly")) == "nbkr-weekly: 8 days from 2020-01-01"


class TestTheDemo:
    def test_it_has_a_fresh_rate_of_every_currency_one_can_give_in(self):
        assert rates.import_demo(at=MONDAY_NOON) == 20
        assert [rates.rate_for(offered.code, at=MONDAY_NOON).on for offered in chargeable()] == [MONDAY] * len(
            chargeable()
        )

    def test_it_can_be_dated_again_and_again(self):
        rates.import_demo(at=MONDAY_NOON)
        assert rates.import_demo(at=MONDAY_NOON) == 0
        assert rates.import_demo(at=MONDAY_NOON + timedelta(days=1)) == 20
        assert rates.import_demo(at=MONDAY_NOON - timedelta(days=400)) == 20


class TestTheCommand:
    @pytest.mark.parametrize(
        ("name", "options", "source"),
        [
            ("daily.xml", [], "nbkr-daily"),
            ("weekly.xml", [], "nbkr-weekly"),
            ("rates.xml", [], "nbkr-daily"),
            ("rates.xml", ["--source=nbkr-weekly"], "nbkr-weekly"),
        ],
    )
    def test_a_file_is_imported_under_its_source(self, tmp_path: Path, capsys, name, options, source):
        path = tmp_path / name
        path.write_bytes(DAILY)
        call_command("import_rates", str(path), *options)
        call_command("import_rates", str(path), *options)
        assert capsys.readouterr().out.splitlines() == ["2 new rates", "0 new rates"]
        assert set(ExchangeRate.objects.values_list("source", flat=True)) == {source}

    @pytest.mark.parametrize("content", [b"<html/>", None])
    def test_a_bad_or_missing_file_is_one_sentence(self, tmp_path: Path, content):
        path = tmp_path / "daily.xml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(CommandError):
            call_command("import_rates", str(path))

    def test_the_demo_is_imported_today(self, settings, capsys):
        settings.DEMO = True
        call_command("import_rates", "--demo")
        assert capsys.readouterr().out == "20 new rates\n"

    def test_invented_rates_stay_out_of_real_books(self, settings):
        settings.DEMO = False
        with pytest.raises(CommandError, match="for the demo only"):
            call_command("import_rates", "--demo")
        assert not ExchangeRate.objects.exists()

    def test_it_wants_a_path_or_the_demo(self):
        with pytest.raises(CommandError):
            call_command("import_rates")


@pytest.fixture
def connection_queries():
    def count(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return count
