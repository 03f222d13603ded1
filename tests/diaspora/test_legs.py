"""What officers read of the books: names of funds, and journals leg by leg."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import Fund, Journal, Leg
from ashar.money import Money, printed
from diaspora import giving, queries
from diaspora.models import MatchPool, Project
from diaspora.queries import funds
from diaspora.queries.legs import leg_lines
from tests.factories.gifts import ReceivedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


class TestNamesOfFunds:
    def joined(self, fund) -> Fund:
        return Fund.objects.select_related(*funds.RELATIONS).get(pk=fund.pk)

    @pytest.mark.parametrize(
        ("language", "project", "pool_name", "operations"),
        [
            ("ky", "Мектептин чатыры", "Биргелешип каржылоо фонду", "Ишти уюштуруу"),
            ("ru", "Крыша школы", "Фонд софинансирования", "Обеспечение работы"),
            ("en", "A school roof", "Match fund", "Operations"),
        ],
    )
    def test_a_fund_is_called_as_its_owner_is(self, school, pool, language, project, pool_name, operations):
        pot = posting.open_fund("operations", kind="operations", title="whatever")
        with translation.override(language):
            told = [funds.name(self.joined(fund)) for fund in (school.fund, pool.fund, pot)]
        assert told == [(project, language), (pool_name, language), (operations, language)]

    def test_a_name_in_another_language_says_which(self, school):
        Project.objects.update(title_en="")
        assert funds.name(self.joined(school.fund)) == ("Крыша школы", "ru")

    def test_a_pool_without_a_title_is_called_by_its_address(self, pool):
        MatchPool.objects.update(title_ky="", title_ru="", title_en="")
        assert funds.name(self.joined(pool.fund)).text == pool.slug

    def test_a_joined_fund_is_named_without_a_query(self, school, pool, django_assert_num_queries):
        joined = [self.joined(fund) for fund in (school.fund, pool.fund)]
        with django_assert_num_queries(0):
            assert len({funds.name(fund) for fund in joined}) == 2


class TestLegs:
    def test_every_leg_says_what_its_journal_did(self, school, pool):
        gift = ReceivedGiftFactory(project=school)
        lines = list(leg_lines(Journal.objects.filter(kind="match")))
        assert [(line.fund, line.role, line.amount) for line in lines] == [
            ("Match fund", "matched", gift.som),
            ("A school roof", "matched", -gift.som),
        ]
        assert {line.words for line in lines} == {
            f"Matched: {printed.show(gift.som)}. Added by: Match fund. For the gift of: Бакыт Дарманкул уулу"
        }

    def test_its_sentences_are_those_of_the_trail(self, school, pool):
        gift = ReceivedGiftFactory(project=school)
        go_back(gift, Money(20_00, "USD"))
        giving.follow(gift.payment_id, at=NOON)
        trail = {line.number: line.words for line in queries.trail_lines(school)}
        legs = {line.number: line.words for line in leg_lines(books.journals_of(school.fund))}
        assert legs == trail

    def test_all_legs_of_all_journals_come_newest_first_and_sum_to_nothing(self, school, pool):
        for _ in range(2):
            ReceivedGiftFactory(project=school)
        lines = list(leg_lines(Journal.objects.all()))
        assert len(lines) == Leg.objects.count()
        assert [line.number for line in lines] == sorted((line.number for line in lines), reverse=True)
        for currency in ("KGS", "USD"):
            assert sum(line.amount.minor for line in lines if line.amount.currency == currency) == 0

    def test_three_gifts_cost_as_many_queries_as_one(self, school, pool, django_assert_num_queries):
        ReceivedGiftFactory(project=school)
        with CaptureQueriesContext(connection) as one:
            list(leg_lines(Journal.objects.all()))
        for number in (2, 3):
            ReceivedGiftFactory(project=OpenProjectFactory(slug=f"bridge-{number}"))
        with django_assert_num_queries(len(one)):
            list(leg_lines(Journal.objects.all()))

    def test_no_journal_is_no_leg(self, db):
        assert list(leg_lines(Journal.objects.all())) == []
