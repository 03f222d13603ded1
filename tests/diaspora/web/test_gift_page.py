"""The page of a gift: paid, waiting, declined or out of time, it says which, and what can be done."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ashar.ledger import queries as books
from ashar.money import Money, printed
from ashar.notices.models import Notice
from ashar.payments import settlement
from ashar.payments.models import Payment
from diaspora import giving, matching, queries
from diaspora.models import Gift
from tests.diaspora.web.conftest import arrive, catch_up, page, text_of
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory

pytestmark = pytest.mark.usefixtures("db")


def gift_page(gift, client, came_from="", language="ru"):
    with translation.override(language):
        address = reverse("gift", args=[gift.pk])
    return client.get(address + (f"?from={came_from}" if came_from else ""))


def test_coming_back_without_paying_says_that_nothing_was_taken(giver, client, sandbox):
    giver.give()
    html = text_of(gift_page(Gift.objects.get(), client, "cancel", "en"))

    assert "You came back without paying. No gift was made and nothing was taken from you." in html


def test_before_the_news_has_come_the_page_says_that_we_are_checking(giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    sandbox.pay(gift.payment.session_id)

    assert "We are checking" in text_of(gift_page(gift, client, "checkout", "en"))


def test_meanwhile_the_page_looks_again_by_itself_some_times_and_then_stays(giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    place, looks = reverse("gift", args=[gift.pk]) + "?from=checkout", []
    while (answer := client.get(place)).has_header("Refresh"):
        assert "Эта страница сама проверит ещё раз" in text_of(answer)
        seconds, _, query = answer["Refresh"].partition("; url=")
        looks.append(int(seconds))
        place = reverse("gift", args=[gift.pk]) + query

    assert looks == [3, 6, 12, 24]
    assert "Эта страница сама проверит" not in text_of(answer)
    assert not client.get(place + "x").has_header("Refresh")
    arrive(gift.payment, sandbox)
    assert not client.get(reverse("gift", args=[gift.pk]) + "?from=checkout").has_header("Refresh")


def test_only_who_comes_from_the_card_service_is_looked_for(giver, client, sandbox):
    giver.give()
    answers = [gift_page(Gift.objects.get(), client, came_from) for came_from in ("", "cancel", "expired", "earlier")]

    assert [answer.has_header("Refresh") for answer in answers] == [False] * 4


def test_a_paid_gift_is_thanked_with_its_numbers_and_its_path(giver, client, sandbox):
    PoolFactory(closes_on=timezone.now().date().replace(year=2098))
    giver.give()
    gift = Gift.objects.get()
    arrive(gift.payment, sandbox)
    gift.refresh_from_db()

    shown = gift_page(gift, client, "checkout", "en").context["gift"]

    assert (shown.state, shown.number) == ("received", gift.receipt.number)
    assert shown.matched == gift.som
    assert [line.kind for line in shown.steps] == ["charge", "match"]
    assert sum((line.amount for line in shown.steps), Money.zero("KGS")) == books.available(gift.project.fund)
    assert Notice.objects.get().kind == "gift_received"


@pytest.mark.parametrize(
    ("language", "words", "label"),
    [
        ("ky", "Салым: 50\N{NO-BREAK SPACE}$. Салым кошуучу: Айгүл", "Фондго"),
        ("ru", "Взнос: 50\N{NO-BREAK SPACE}$. Жертвователь: Айгүл", "В фонд"),
        ("en", "Gift of $50. Giver: Айгүл", "To the fund"),
    ],
)
def test_on_the_path_who_gave_and_the_sum_are_told_apart(giver, client, sandbox, language, words, label):
    giver.give()
    gift = Gift.objects.get()
    arrive(gift.payment, sandbox)
    answer = gift_page(gift, client, language=language)
    with translation.override(language):
        shown = printed.show(answer.context["gift"].steps[0].amount)
    path = text_of(answer).split('class="trail-line"')[1].split("</li>")[0]

    assert re.findall(r"<p [^>]*>(.*?)</p>", path, re.DOTALL)[:2] == [
        f"<bdi>{words}</bdi>",
        f'{label}: <strong class="figures">{shown}</strong>',
    ]


def test_the_thanks_offer_to_share_and_hide_the_address(giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    arrive(gift.payment, sandbox)
    html = text_of(gift_page(gift, client, language="en"))

    places = [
        "https://wa.me/",
        "https://t.me/share",
        "https://max.ru/",
        "https://connect.ok.ru/",
        "https://vk.com/share",
    ]
    assert [place in html for place in places] == [True] * 5
    assert "giver@example.org" not in html
    assert "g…@example.org" in html


def test_a_declined_card_leaves_one_gift_that_can_still_be_paid(giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    sandbox.pay(gift.payment.session_id, "4000000000000002")
    catch_up(gift.payment)
    assert "Your gift is not paid yet" in text_of(gift_page(gift, client, language="en"))

    arrive(gift.payment, sandbox)

    assert list(Gift.objects.values_list("state", flat=True)) == ["received"]


def test_an_abandoned_gift_says_so_and_offers_another_try(giver, client, sandbox):
    giver.give()
    Payment.objects.update(state="expired")
    gift = Gift.objects.get()
    giving.follow(gift.payment_id, at=timezone.now())
    html = text_of(gift_page(gift, client, language="en"))

    assert "The time for paying ran out. No gift was made and nothing was taken from you." in html
    assert giver.open().context["form"]["choice"].value() == "50.00"


def test_the_page_is_whole_as_soon_as_the_payment_is_known(giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    sandbox.pay(gift.payment.session_id)
    settlement.follow(gift.payment, at=timezone.now())

    shown = gift_page(gift, client, "checkout", "en").context["gift"]

    assert (shown.state, [step.kind for step in shown.steps]) == ("received", ["charge"])
    assert shown.number == Gift.objects.get().receipt.number


def test_the_page_knows_at_once_that_the_time_ran_out(giver, client, sandbox):
    giver.give()
    Payment.objects.update(state="expired")

    assert gift_page(Gift.objects.get(), client, "checkout").context["gift"].state == "abandoned"


def test_a_pool_that_is_busy_leaves_the_page_waiting(giver, client, sandbox, monkeypatch):
    def is_busy(*_args, **_facts):
        raise matching.PoolWasBusy(pool="ministry")

    giver.give()
    gift = Gift.objects.get()
    sandbox.pay(gift.payment.session_id)
    settlement.follow(gift.payment, at=timezone.now())
    monkeypatch.setattr(matching, "step", is_busy)

    shown = gift_page(gift, client, "checkout").context["gift"]

    assert (shown.state, shown.steps) == ("started", [])


class TestAfterTheGift:
    @pytest.mark.parametrize(("returned", "is_shared"), [(0, True), (20_00, True), (50_00, False)])
    def test_only_a_gift_that_is_still_there_is_told_to_friends(self, school, client, returned, is_shared):
        gift = ReceivedGiftFactory(project=school)
        if returned:
            go_back(gift, Money(returned, "USD"))
            giving.follow(gift.payment_id, at=NOON)

        assert ("https://wa.me/" in page(client, "gift", gift.pk).content.decode()) is is_shared

    @pytest.mark.parametrize(
        ("language", "coming", "sent"),
        [
            ("en", "Receipt goes to", "Receipt sent to"),
            ("ru", "Квитанция придёт на", "Квитанция отправлена на"),
            ("ky", "Дүмүрчөк жөнөтүлө турган дарек", "Дүмүрчөк жөнөтүлгөн дарек"),
        ],
    )
    def test_the_receipt_is_coming_before_it_and_sent_after_it(self, school, client, language, coming, sent):
        waiting, arrived = StartedGiftFactory(project=school), ReceivedGiftFactory(project=school)
        pages = [page(client, "gift", gift.pk, language=language).content.decode() for gift in (waiting, arrived)]

        assert [(coming in html, sent in html) for html in pages] == [(True, False), (False, True)]


class TestGivenBackInPart:
    @pytest.fixture
    def partly_back(self, school) -> Gift:
        """Twenty of fifty dollars went back, and their match."""
        PoolFactory(closes_on=NOON.date().replace(year=2098))
        gift = ReceivedGiftFactory(project=school)
        go_back(gift, Money(20_00, "USD"))
        giving.follow(gift.payment_id, at=NOON)
        return gift

    def words_of(self, gift, client, language="en"):
        return text_of(gift_page(gift, client, language=language)).replace("\xa0", " ").replace("\u202f", " ")

    @pytest.mark.parametrize(
        ("language", "heading", "state", "sentence"),
        [
            ("ky", "Салымыңыздын бир бөлүгү кайтарылды", "Бир бөлүгү кайтарылды", "Долбоордо калды: 30 $."),
            ("ru", "Часть вашего взноса возвращена", "Возвращён частично", "В проекте остаётся: 30 $."),
            ("en", "A part of your gift was given back", "Given back in part", "Still with the project: $30."),
        ],
    )
    def test_says_so_and_no_more_that_it_has_arrived(self, partly_back, client, language, heading, state, sentence):
        html = self.words_of(partly_back, client, language)
        assert [word for word in (f"<h1>{heading}</h1>", f"<dd>{state}</dd>", sentence) if word not in html] == []

    def test_does_not_speak_of_a_receipt_on_its_way(self, partly_back, client):
        html = self.words_of(partly_back, client)
        sentences = ("one gift, paid once", "is on its way to your mailbox", "<dd>Arrived</dd>", "Thank you</h1>")
        assert [sentence for sentence in sentences if sentence in html] == []

    def test_its_numbers_stand_on_what_remains(self, partly_back, client):
        shown = gift_page(partly_back, client).context["gift"]
        assert (shown.kept, shown.returned) == (Money(30_00, "USD"), Money(20_00, "USD"))
        assert (shown.som, shown.kept_som, shown.returned_som) == tuple(
            Money(minor, "KGS") for minor in (4_372_50, 2_623_50, 1_749_00)
        )
        assert shown.matched == shown.kept_som
        left = shown.kept_som - shown.fee + shown.matched
        assert left == books.available(partly_back.project.fund)

    def test_tells_what_came_what_went_back_and_what_remains(self, partly_back, client):
        html = self.words_of(partly_back, client)
        rows = (
            "<dt>Came</dt><dd>$50, worth KGS 4,372.50",
            "<dt>Went back</dt><dd>$20, worth KGS 1,749</dd>",
            "<dt>Still with the project</dt><dd>$30</dd>",
            "<dt>Worth of what is still there</dt><dd>KGS 2,623.50</dd>",
        )
        assert [row for row in rows if row not in html] == []

    def test_has_the_same_state_in_the_list_of_its_giver(self, partly_back):
        giver = PersonFactory()
        Gift.objects.update(donor=giver)
        with translation.override("en"):
            assert [str(row.state_label) for row in queries.my_gifts(giver, addresses_of_user=[])] == [
                "Given back in part"
            ]
