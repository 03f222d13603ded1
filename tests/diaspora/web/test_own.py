"""The home of who has signed in: one's own gifts and what became of them, the projects one leads, nothing of others."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.money import Money
from diaspora import queries
from diaspora.models import Leadership
from tests.factories.associations import AssociationFactory
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import A_MONTH_AGO, NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import DraftProjectFactory, OpenProjectFactory

HOME = "/en/accounts/home/"
pytestmark = pytest.mark.usefixtures("fresh_rates")


@pytest.fixture
def me(client):
    person = PersonFactory(email="me@example.org")
    EmailAddress.objects.create(user=person, email="me@example.org", verified=True)
    client.force_login(person)
    return person


@pytest.fixture
def led_school(me):
    """A school of an association that I lead."""
    association = AssociationFactory(slug="ours", name_en="Ours")
    Leadership.objects.create(association=association, person=me, since=A_MONTH_AGO)
    return OpenProjectFactory(slug="school", association=association, title_en="Our school")


def words(client) -> str:
    html = client.get(HOME).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def cost(person) -> int:
    with CaptureQueriesContext(connection) as asked:
        queries.own_gifts(person, at=NOON)
        queries.leading(person, at=NOON)
    return len(asked)


class TestTheDoor:
    def test_is_closed_to_strangers(self, client, db):
        answer = client.get(HOME)
        assert (answer.status_code, answer["Location"]) == (302, f"/en/accounts/login/?next={HOME}")

    def test_is_kept_by_nobody_on_the_way(self, client, me):
        answer = client.get(HOME)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert answer.headers.get("X-Offline") != "keep"

    def test_is_in_the_header_and_the_account_stays(self, client, me):
        header = client.get(HOME).content.decode().split("</header>")[0]
        assert header.count(f'href="{HOME}"') == 2  # in the menu and in the bar, of which one is shown
        assert header.count('href="/en/accounts/"') == 2


class TestMyGifts:
    @pytest.mark.parametrize(
        ("language", "mine", "whole", "matched"),
        [
            ("ky", "Салымыңызга кошулду", "Бүт долбоор", "Биргелешип каржылоо"),
            ("ru", "Добавлено к вашему взносу", "Весь проект", "Софинансирование"),
            ("en", "Matched to your gift", "The whole project", "Matched"),
        ],
    )
    def test_a_card_names_what_came_to_the_gift_apart_from_what_came_to_the_project(
        self, client, me, language, mine, whole, matched
    ):
        PoolFactory()
        ReceivedGiftFactory(by=me)
        with translation.override(language):
            html = client.get(f"/{language}/accounts/home/").content.decode()
        card = html.split('class="own-card"')[1].split("</li>")[0]

        labels = re.findall(r"<dt>([^<]*)</dt>|<p class=\"small soft\">([^<]*)</p>", card)
        labels = [first or second for first, second in labels]
        assert labels.index(mine) < labels.index(whole) < labels.index(matched)
        assert labels.count(matched) == 1

    def test_say_what_became_of_them(self, client, me):
        PoolFactory(slug="ministry")
        school = OpenProjectFactory(slug="school")
        gift = ReceivedGiftFactory(project=school, by=me)
        with translation.override("en"):
            own = queries.own_gifts(me, at=NOON)
        (told,) = own.gifts
        assert (told.row.amount, told.row.som, told.matched) == (gift.amount, gift.som, gift.som)
        assert (told.project.given, told.project.matched) == (gift.som, gift.som)
        assert (told.news.kind, told.news.amount) == ("match", gift.som)
        assert (own.given, own.matched, own.arrived, own.projects) == (gift.som, gift.som, 1, 1)
        html = client.get(HOME).content.decode()
        assert f'href="{told.row.receipt_href}"' in html
        assert 'href="/en/projects/school/trail/"' in html

    def test_an_unpaid_one_says_what_is_next_and_counts_for_nothing(self, client, me, school):
        gift = StartedGiftFactory(project=school, by=me)
        own = queries.own_gifts(me, at=NOON)
        assert ([each.is_payable for each in own.gifts], own.arrived, own.given) == ([True], 0, Money.zero("KGS"))
        html = client.get(HOME).content.decode()
        assert re.findall(r"<a[^>]*>[^<]*payment</a>", html) == [
            f'<a class="button" href="/en/gifts/{gift.pk}/">Go on to the payment</a>'
        ]

    def test_what_went_back_is_no_more_in_the_sums(self, me, school):
        gift = ReceivedGiftFactory(project=school, by=me)
        go_back(gift, Money(20_00, "USD"))
        own = queries.own_gifts(me, at=NOON)
        assert own.given.minor * 5 == gift.som.minor * 3

    def test_of_others_nothing_is_said(self, client, me, school):
        ReceivedGiftFactory(project=school, email="stranger@example.org", name="Уркуя", message="Сыр")
        ReceivedGiftFactory(project=school, by=PersonFactory(), email="me@example.org")
        EmailAddress.objects.create(user=me, email="stranger@example.org", verified=False)
        own = queries.own_gifts(me, at=NOON)
        assert (own.gifts, own.arrived, own.given) == ([], 0, Money.zero("KGS"))
        assert "You have not given yet" in words(client)
        assert [secret for secret in ("Уркуя", "Сыр", "stranger@") if secret in client.get(HOME).content.decode()] == []

    def test_one_of_a_guest_is_mine_by_a_verified_address(self, me, school):
        gift = ReceivedGiftFactory(project=school, email="Me@Example.org")
        (told,) = queries.own_gifts(me, at=NOON).gifts
        assert told.row.href.endswith(f"/gifts/{gift.pk}/")

    def test_the_news_keep_the_names_that_others_chose(self, client, me, school):
        ReceivedGiftFactory(project=school, by=me)
        ReceivedGiftFactory(project=school, name="Уркуя Салиева", shown_as="anonymous")
        assert "Уркуя" not in client.get(HOME).content.decode()


class TestWhatILead:
    def test_is_told_with_drafts_that_lead_nowhere_yet(self, client, me, led_school):
        DraftProjectFactory(slug="secret", association=led_school.association, title_en="Secret school")
        (led,) = queries.leading(me, at=NOON).associations
        assert [(card.slug, card.state) for card in led.projects] == [("school", "open"), ("secret", "draft")]
        html = client.get(HOME).content.decode()
        assert "Secret school" in html
        assert "/en/projects/secret/" not in html

    def test_shows_names_of_givers_as_chosen(self, client, me, led_school):
        ReceivedGiftFactory(project=led_school, name="Уркуя Салиева", shown_as="initials", email="hers@example.org")
        html = client.get(HOME).content.decode()
        assert "<bdi>У.\N{NO-BREAK SPACE}С.</bdi>" in html
        assert [secret for secret in ("Уркуя", "hers@example.org") if secret in html] == []

    def test_of_others_nothing_is_said(self, client, me, led_school):
        ReceivedGiftFactory(project=OpenProjectFactory(slug="bridge", title_en="A bridge"), name="Уркуя")
        DraftProjectFactory(slug="other-secret", title_en="Hidden")
        html = client.get(HOME).content.decode()
        assert [secret for secret in ("A bridge", "Уркуя", "Hidden") if secret in html] == []

    def test_ends_with_the_leadership(self, client, me, led_school):
        Leadership.objects.update(until=NOON)
        assert queries.leading(me, at=NOON).associations == []
        assert "Our school" not in client.get(HOME).content.decode()


def test_costs_the_same_for_one_and_for_twenty(me, led_school):
    ReceivedGiftFactory(project=led_school, by=me)
    one = cost(me)
    for _number in range(3):
        ReceivedGiftFactory(project=OpenProjectFactory(association=led_school.association), by=me)
    for _number in range(16):
        StartedGiftFactory(project=led_school, by=me)
    assert (one, cost(me)) == (21, 21)
