"""Pages that prove a gift: its receipt, and what a giver finds of their own."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from ashar.money import Money
from ashar.notices.models import Notice
from diaspora import giving, queries, receipts
from tests.diaspora.web.conftest import page
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NEXT_MONTH, NOON
from tests.factories.people import PersonFactory
from tests.factories.projects import OpenProjectFactory

SECRETS = ("canary-name", "canary@example.org")


@pytest.fixture
def school(db):
    return OpenProjectFactory(slug="school", closes_on=NEXT_MONTH)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ky", "курс: 1 USD = 87,4500 сом, күнү: 2026-ж., 20-ноябрь (булагы: демо-курс)"),
        ("ru", "по курсу 1 USD = 87,4500 сом на 20 ноября 2026 г. (источник: демонстрационный курс)"),
        ("en", "at the rate 1 USD = 87.4500 KGS of 20 November 2026 (source: demo rate)"),
    ],
)
def test_the_rate_is_told_in_the_words_of_the_mail(school, client, language, sentence):
    gift = ReceivedGiftFactory(project=school, language=language)
    html = page(client, "gift", gift.pk, language=language).content.decode()

    assert sentence in html.replace("\N{NO-BREAK SPACE}", " ")
    assert sentence in Notice.objects.get().text.replace("\N{NO-BREAK SPACE}", " ")


def test_blocks_of_a_receipt_and_of_a_gift_keep_their_distance(school, client):
    gift = ReceivedGiftFactory(project=school)

    assert '<article class="receipt stack">' in receipt_page(client, gift).content.decode()
    assert '<section class="stack" aria-labelledby="path">' in page(client, "gift", gift.pk).content.decode()


def receipt_page(client, gift, language="en"):
    return page(client, "receipt", receipts.sign(gift.receipt), language=language)


def test_a_receipt_is_proved_to_anybody(school, client):
    gift = ReceivedGiftFactory(project=school, shown_as="initials", email=SECRETS[1])
    response = receipt_page(client, gift)
    html = response.content.decode()

    assert "This receipt is genuine and valid." in html
    assert response.context["receipt"].shown_name == "Б.\N{NO-BREAK SPACE}Д."
    assert SECRETS[1] not in html
    assert "Дарманкул" not in html


@pytest.mark.parametrize(
    ("returned", "state", "kept"),
    [(20_00, queries.gifts.PARTLY, 30_00), (50_00, queries.gifts.WHOLLY, 0)],
)
def test_a_receipt_says_what_has_gone_back_since(school, client, returned, state, kept):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(returned, "USD"))
    giving.follow(gift.payment_id, at=NOON)

    shown = receipt_page(client, gift).context["receipt"]

    assert (shown.state, shown.kept, shown.amount) == (state, Money(kept, "USD"), Money(50_00, "USD"))


def test_my_gifts_need_a_sign_in(client, db):
    response = page(client, "my-gifts")

    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_my_gifts_are_mine_and_those_of_my_verified_addresses(school, client):
    me = PersonFactory(email="me@example.org")
    EmailAddress.objects.create(user=me, email="Me@example.org", verified=True)
    EmailAddress.objects.create(user=me, email="unverified@example.org", verified=False)
    other = PersonFactory()
    mine = ReceivedGiftFactory(project=school, by=me)
    as_guest = ReceivedGiftFactory(project=school, email="me@example.org")
    ReceivedGiftFactory(project=school, email="unverified@example.org")
    ReceivedGiftFactory(project=school, by=other, email="me@example.org")
    client.force_login(me)

    shown = page(client, "my-gifts").context["gifts"]

    assert sorted(gift.href for gift in shown) == sorted(f"/en/gifts/{gift.pk}/" for gift in (mine, as_guest))


def test_a_gift_page_hides_a_message_from_nobody_and_the_address_from_everybody(school, client):
    gift = StartedGiftFactory(project=school, email=SECRETS[1], message="Өз айылыма", at=timezone.now())
    html = page(client, "gift", gift.pk).content.decode()

    assert "Өз айылыма" in html
    assert SECRETS[1] not in html
