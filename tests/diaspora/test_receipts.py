"""Receipts: numbers without gaps, mail that says what the ledger says, a page that proves them."""

from datetime import UTC, datetime

import pytest
from django.core import signing
from django.utils import translation

from ashar.money import Money, printed
from ashar.notices import rendering
from ashar.notices.models import Dispatch, Notice
from diaspora import giving, receipts
from diaspora.models import MatchStep, Receipt
from diaspora.notice_samples import SAMPLES
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, arrive, go_back
from tests.factories.moments import NOON

RATE_IN_MAIL = {
    "ky": "курс: 1 USD = 87,4500 сом, күнү: 2026-ж., 20-ноябрь (булагы: демо-курс)",
    "ru": "по курсу 1 USD = 87,4500 сом на 20 ноября 2026 г. (источник: демонстрационный курс)",
    "en": "at the rate 1 USD = 87.4500 KGS of 20 November 2026 (source: demo rate)",
}
NEW_YEAR_IN_BISHKEK = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)


def test_numbers_of_a_year_have_no_gaps(school):
    gifts = [ReceivedGiftFactory(project=school) for _ in range(3)]

    assert [gift.receipt.number for gift in gifts] == ["2026-000001", "2026-000002", "2026-000003"]


def test_a_rolled_back_gift_uses_no_number(school, monkeypatch):
    first, second = StartedGiftFactory(project=school), StartedGiftFactory(project=school)
    arrive(first)
    arrive(second)

    def fails(*_args, **_facts):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("ashar.notices.rendering.render", fails)
        with pytest.raises(ConnectionError):
            giving.follow(first.payment_id, at=NOON)

    assert giving.follow(second.payment_id, at=NOON).receipt.number == "2026-000001"
    assert giving.follow(first.payment_id, at=NOON).receipt.number == "2026-000002"


def test_the_year_begins_in_bishkek(school):
    gift = StartedGiftFactory(project=school)
    arrive(gift, at=NEW_YEAR_IN_BISHKEK)

    assert giving.follow(gift.payment_id, at=NEW_YEAR_IN_BISHKEK).receipt.number == "2027-000001"


def test_a_gift_has_one_receipt_whatever_happens_to_it(school):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift)
    giving.follow(gift.payment_id, at=NOON)
    giving.follow(gift.payment_id, at=NOON)

    assert Receipt.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("ky", "Салымыңыз келип түштү: дүмүрчөк 2026-000001"),
        ("ru", "Ваш взнос получен: квитанция 2026-000001"),
        ("en", "Your gift has arrived: receipt 2026-000001"),
    ],
)
def test_the_mail_says_what_the_ledger_says_in_the_givers_language(school, pool, language, subject):
    gift = ReceivedGiftFactory(project=school, language=language)
    mail = Notice.objects.get(kind="gift_received")
    matched = Money(MatchStep.objects.get(gift=gift).amount_minor, "KGS")
    charge = gift.payment.movements.get()
    sums = [
        gift.amount,
        gift.som,
        Money(charge.fee_som_minor, "KGS"),
        gift.som - Money(charge.fee_som_minor, "KGS"),
        matched,
    ]

    assert mail.subject == subject
    assert [printed.show(amount, language) in mail.text for amount in sums] == [True] * 5
    assert [printed.show(amount, language) in mail.html for amount in sums] == [True] * 5
    assert f"/{language}/receipts/2026-000001:" in mail.text
    assert f"/{language}/gifts/{gift.pk}/" in mail.text
    assert RATE_IN_MAIL[language] in mail.text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_receipt_goes_to_the_givers_address_once(school):
    gift = ReceivedGiftFactory(project=school, email="giver@example.org")
    giving.follow(gift.payment_id, at=NOON)

    assert list(Dispatch.objects.filter(channel="mail").values_list("address", flat=True)) == ["giver@example.org"]


def test_without_a_pool_the_mail_does_not_speak_of_a_match(school):
    ReceivedGiftFactory(project=school, language="en")

    assert "Matched" not in Notice.objects.get().text


def test_hostile_names_are_text_in_the_mail(school):
    ReceivedGiftFactory(project=school, name="<script>alert(1)</script>{{ 7*7 }}", language="en")
    mail = Notice.objects.get()

    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "{{ 7*7 }}" in mail.text


def test_a_refund_is_told_with_what_went_where(school, pool):
    gift = ReceivedGiftFactory(project=school, language="en")
    go_back(gift, Money(20_00, "USD"))
    giving.follow(gift.payment_id, at=NOON)

    mail = Notice.objects.get(kind="gift_returned")
    step = MatchStep.objects.order_by("-pk")[0]
    assert mail.subject == "Money was given back: $20"
    assert "a part of your gift" in mail.text
    assert printed.show(Money(-step.amount_minor, "KGS"), "en") in mail.text
    assert "2026-000001" in mail.text


def test_a_whole_refund_says_so(school):
    gift = ReceivedGiftFactory(project=school, language="en")
    go_back(gift)
    giving.follow(gift.payment_id, at=NOON)

    assert "given back in full" in Notice.objects.get(kind="gift_returned").text


def test_a_signed_number_names_its_receipt(arrived_gift):
    assert receipts.unsign(receipts.sign(arrived_gift.receipt)) == arrived_gift.receipt


@pytest.mark.parametrize("forged", ["2026-000001", "2026-000001:", "2026-000001:forged", "", ":", "\x00", "../../etc"])
def test_a_forged_number_names_nothing(arrived_gift, forged):
    assert receipts.unsign(forged) is None


def test_a_signature_for_something_else_names_nothing(arrived_gift):
    assert receipts.unsign(signing.Signer(salt="other").sign("2026-000001")) is None


def test_the_rate_is_shown_with_all_its_decimals(arrived_gift):
    rate = receipts.rate_of(arrived_gift, "ru")
    whole, rest = divmod(arrived_gift.rate_facts["value_e4"], 10_000)

    assert rate.value == f"{whole},{rest:04d}"
    assert receipts.rate_of(arrived_gift, "en").value == f"{whole}.{rest:04d}"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("demo", "demo rate"),
        ("nbkr-daily", "National Bank of the Kyrgyz Republic"),
        ("nbkr-weekly", "National Bank of the Kyrgyz Republic"),
        ("another-bank", "another-bank"),
    ],
)
def test_the_source_of_a_rate_is_named_in_words(arrived_gift, source, told):
    arrived_gift.rate_facts["source"] = source

    assert receipts.rate_of(arrived_gift, "en").source == told


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("kind", list(SAMPLES))
def test_every_notice_renders_from_its_sample(kind, language):
    with translation.override(language):
        content = rendering.render(kind, language=language, facts=SAMPLES[kind])

    assert content.language == language
    what = next(SAMPLES[kind][name] for name in ("number", "title", "project") if name in SAMPLES[kind])
    assert what in content.text
    assert what in content.html
