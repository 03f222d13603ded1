"""What the part holds on people can be taken away in one document, and forgotten."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import transaction

from ashar.ledger import queries as books
from ashar.privacy import classified, retention
from diaspora import associations, hiding, personal_data
from diaspora.models import Gift, Leadership, Receipt, WordsHiding
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory, PersonFactory

INSULT, REASON = "Уурулар", "Айгүл айылдаштарды кемсинтет"


@pytest.fixture
def aigul(db):
    person = PersonFactory(email="aigul@example.org")
    EmailAddress.objects.create(user=person, email="aigul@example.org", verified=True)
    return person


@pytest.fixture
def hidden_gift(aigul, school):
    """A gift of Aigul whose words were hidden, shown again, and hidden once more."""
    gift, officer = ReceivedGiftFactory(project=school, by=aigul, message=INSULT), FinanceOfficerFactory()
    hiding.hide(gift, reason=REASON, by=officer, at=NOON)
    hiding.show(gift, by=officer, at=NOON + timedelta(hours=1))
    hiding.hide(gift, reason="Дагы", by=officer, at=NOON + timedelta(hours=2))
    return gift


@pytest.fixture
def hidden_gift_of_another(school):
    gift = ReceivedGiftFactory(project=school, email="other@example.org", message=INSULT)
    hiding.hide(gift, reason="Башканын себеби", by=FinanceOfficerFactory(), at=NOON)
    return gift


def reasons(gift):
    return list(WordsHiding.objects.filter(gift=gift).order_by("pk").values_list("reason", flat=True))


def test_every_field_that_could_name_a_person_is_classified():
    assert classified.unclassified(apps.get_app_config("diaspora")) == []


def test_the_export_holds_own_gifts_and_those_given_as_a_guest_and_no_others(aigul, school):
    own = ReceivedGiftFactory(project=school, by=aigul, message="Айылыма")
    guest = ReceivedGiftFactory(project=school, email="AIGUL@example.org")
    ReceivedGiftFactory(project=school)

    told = personal_data.collect(aigul)

    assert sorted(gift["id"] for gift in told["gifts"]) == sorted([str(own.pk), str(guest.pk)])
    assert [gift["message"] for gift in told["gifts"] if gift["id"] == str(own.pk)] == ["Айылыма"]
    assert json.loads(json.dumps(told)) == told


def test_the_export_says_what_one_leads(aigul, school):
    associations.appoint(school.association, person=aigul, by=None, at=NOON)

    assert personal_data.collect(aigul)["leads"] == [
        {"association": school.association.slug, "since": NOON.isoformat()}
    ]


def test_forgetting_takes_name_words_and_address_and_leaves_sums_and_books(aigul, school):
    associations.appoint(school.association, person=aigul, by=None, at=NOON)
    gift = ReceivedGiftFactory(project=school, by=aigul, message="Айылыма")
    other = ReceivedGiftFactory(project=school, email="other@example.org")
    before = books.figures([school.fund])[school.fund_id]

    with transaction.atomic():
        counts = personal_data.forget(aigul)

    gift.refresh_from_db()
    other.refresh_from_db()
    assert counts == {"gifts": 1, "payments": 1, "leaderships": 1}
    assert (gift.name, gift.message, gift.shown_as, gift.donor) == ("", "", "anonymous", None)
    assert gift.email == f"erased-{gift.pk}@invalid"
    assert other.email == "other@example.org"
    assert books.figures([school.fund])[school.fund_id] == before
    assert (Receipt.objects.count(), Leadership.objects.count()) == (2, 0)


def test_forgetting_again_changes_nothing(aigul, school):
    ReceivedGiftFactory(project=school, by=aigul)

    with transaction.atomic():
        personal_data.forget(aigul)
        again = personal_data.forget(aigul)

    assert again == {"gifts": 0, "payments": 0, "leaderships": 0}
    assert Gift.objects.count() == 1


def test_the_payment_of_a_gift_is_forgotten_under_whatever_address_it_was_made(aigul, school):
    gift = ReceivedGiftFactory(project=school, by=aigul, email="work@example.org")
    other = ReceivedGiftFactory(project=school, email="other@example.org")

    with transaction.atomic():
        personal_data.forget(aigul)

    gift.payment.refresh_from_db()
    other.payment.refresh_from_db()
    assert (gift.payment.email, other.payment.email) == ("", "other@example.org")


def test_after_five_years_the_giver_goes_and_the_gift_stays(aigul, school):
    gift = ReceivedGiftFactory(project=school, by=aigul, message="Айылыма")
    before = books.figures([school.fund])[school.fund_id]
    five_years = timedelta(days=1825)

    assert personal_data.forget_givers(before=NOON, most=500) == 0
    assert retention.keep(at=NOON + five_years + timedelta(seconds=1))["accounting diaspora.Gift"] == 1

    gift.refresh_from_db()
    assert (gift.name, gift.message, gift.shown_as, gift.donor) == ("", "", "anonymous", aigul)
    assert (gift.email, gift.payment.email) == (f"erased-{gift.pk}@invalid", "")
    assert books.figures([school.fund])[school.fund_id] == before


def test_what_is_forgotten_is_not_forgotten_again(school):
    ReceivedGiftFactory(project=school)
    long_after = NOON + timedelta(days=3000)

    retention.keep(at=long_after)

    assert retention.keep(at=long_after) == {}
    assert personal_data.forget_givers(before=long_after, most=5) == 0


def test_the_oldest_givers_go_first_and_no_more_than_asked(school):
    younger = ReceivedGiftFactory(project=school, at=NOON + timedelta(hours=1))
    ReceivedGiftFactory(project=school)

    assert personal_data.forget_givers(before=NOON + timedelta(days=1), most=1) == 1
    assert list(Gift.objects.exclude(name="")) == [younger]


def test_the_export_says_why_and_when_ones_words_were_hidden(aigul, hidden_gift, hidden_gift_of_another):
    [told] = personal_data.collect(aigul)["gifts"]

    assert told["words_hidden"] == [
        {"reason": REASON, "hidden_at": NOON.isoformat(), "shown_at": (NOON + timedelta(hours=1)).isoformat()},
        {"reason": "Дагы", "hidden_at": (NOON + timedelta(hours=2)).isoformat(), "shown_at": ""},
    ]


def test_why_words_were_hidden_costs_the_export_no_query_for_each_gift(
    aigul, school, hidden_gift, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as one:
        personal_data.collect(aigul)
    ReceivedGiftFactory.create_batch(3, project=school, by=aigul)

    with django_assert_num_queries(len(one)):
        personal_data.collect(aigul)


def test_why_words_were_hidden_is_forgotten_with_the_giver(aigul, hidden_gift, hidden_gift_of_another):
    with transaction.atomic():
        personal_data.forget(aigul)

    assert reasons(hidden_gift) == [personal_data.NO_REASON_ANY_MORE] * 2
    assert reasons(hidden_gift_of_another) == ["Башканын себеби"]
    assert hiding.now(hidden_gift) is not None


def test_why_words_were_hidden_is_forgotten_after_five_years(hidden_gift):
    retention.keep(at=NOON + timedelta(days=1826))

    assert reasons(hidden_gift) == [personal_data.NO_REASON_ANY_MORE] * 2


def test_a_reason_that_outlived_its_giver_goes_by_the_clock_no_more_than_asked_at_once(hidden_gift):
    Gift.objects.update(name="", message="", email=f"{personal_data.ERASED}x@invalid")
    long_after = NOON + timedelta(days=1)

    assert personal_data.forget_reasons(before=NOON, most=5) == 0
    assert [personal_data.forget_reasons(before=long_after, most=1) for _ in range(3)] == [1, 1, 0]
    assert reasons(hidden_gift) == [personal_data.NO_REASON_ANY_MORE] * 2
