"""Many at once, in real threads with real transactions, on whichever database the tests run."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection

from ashar.ledger import checking
from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money, rates
from ashar.outbox.models import Message
from diaspora import attendance, giving, projects
from diaspora.attendance import NoPlaceLeft, Occasion
from diaspora.models import Attendance, Gift, Match, MatchPool, MatchStep, Meeting, Receipt
from tests.factories.gifts import StartedGiftFactory, arrive, go_back
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8
HOUR = timedelta(hours=1)


def at_once(calls):
    """Make all `calls` in threads of their own connections; return what they returned, in the order of `calls`."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(_in_own_connection, calls))


def _in_own_connection(call):
    try:
        return _persistently(call)
    finally:
        connection.close()


def _persistently(call):
    """The outbox calls a consumer again when the database was busy; so do we."""
    for _ in range(20):
        try:
            return call()
        except OperationalError:
            continue
    return call()


def follow(gift):
    return partial(giving.follow, gift.payment_id, at=NOON)


def test_fifty_simultaneous_gifts_on_a_pool_for_ten_get_exactly_ten_matches():
    school = OpenProjectFactory()
    gifts = [StartedGiftFactory(project=school) for _ in range(50)]
    for gift in gifts:
        arrive(gift)
    worth = rates.to_som(gifts[0].amount, rate=rates.rate_for("USD", at=NOON))
    pool = PoolFactory(cap=worth.times(10), cap_per_project=worth.times(10))

    at_once([follow(gift) for gift in gifts])

    pool.refresh_from_db()
    amounts = sorted(MatchStep.objects.values_list("amount_minor", flat=True))
    assert amounts == [0] * 40 + [worth.minor] * 10
    assert Match.objects.count() == 10
    assert pool.reserved_minor == worth.minor * 10
    assert books.available(pool.fund) == Money.zero("KGS")
    assert books.figures([school.fund])[school.fund_id].matched == worth.times(10)
    assert checking.check() == []


def test_receipts_of_simultaneous_gifts_have_no_gaps():
    school = OpenProjectFactory()
    gifts = [StartedGiftFactory(project=school) for _ in range(20)]
    for gift in gifts:
        arrive(gift)

    at_once([follow(gift) for gift in gifts])

    assert sorted(Receipt.objects.values_list("serial", flat=True)) == list(range(1, 21))


def test_one_gift_followed_by_many_at_once_is_matched_once():
    school, pool = OpenProjectFactory(), PoolFactory()
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    at_once([follow(gift)] * AT_ONCE)

    gift.refresh_from_db()
    assert MatchStep.objects.get().amount_minor == gift.som_minor
    assert Receipt.objects.count() == 1
    assert Journal.objects.filter(kind="match").count() == 1
    assert MatchPool.objects.get(pk=pool.pk).reserved_minor == gift.som_minor


def test_gifts_and_refunds_at_once_leave_pool_and_books_agreeing():
    schools = [OpenProjectFactory() for _ in range(2)]
    pools = [PoolFactory(cap=Money(30_000_00, "KGS"), cap_per_project=Money(20_000_00, "KGS")) for _ in range(2)]
    gifts = [StartedGiftFactory(project=schools[number % 2]) for number in range(16)]
    for number, gift in enumerate(gifts):
        arrive(gift)
        if number % 3 == 0:
            go_back(gift)

    at_once([follow(gift) for gift in gifts] + [follow(gift) for gift in gifts[::-1]])

    for pool in pools:
        pool.refresh_from_db()
        put_in = sum(Match.objects.filter(pool=pool).values_list("amount_minor", flat=True))
        assert pool.reserved_minor == put_in
        assert books.available(pool.fund).minor == pool.funded_minor - put_in
    assert checking.check() == []


def test_a_double_click_in_two_processes_is_one_gift():
    school, token = OpenProjectFactory(), uuid.uuid4()
    start = partial(
        giving.start,
        school,
        amount=Money(50_00, "USD"),
        email="giver@example.org",
        name="",
        shown_as="anonymous",
        message="",
        language="ky",
        by=None,
        token=token,
        at=NOON,
    )

    gifts = at_once([start] * AT_ONCE)

    assert {gift.pk for gift in gifts} == {Gift.objects.get().pk}


def test_a_goal_reached_by_many_at_once_is_reached_once():
    school = OpenProjectFactory(goal=Money(1_00, "KGS"))
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    at_once([partial(projects.follow_goal, school.pk, at=NOON)] * AT_ONCE)

    assert Message.objects.filter(topic="project.funded").count() == 1


def test_fifty_at_once_on_ten_places_get_exactly_ten():
    meeting = Occasion(uuid.uuid4(), "jyiyn", starts_at=NOON, ends_at=NOON + HOUR, places=10)
    people = [PersonFactory(password=None) for _ in range(50)]

    answers = at_once([partial(came, meeting, person) for person in people])

    assert sorted(answers) == [False] * 40 + [True] * 10
    assert (Attendance.objects.count(), Meeting.objects.get().taken) == (10, 10)


def test_one_person_clicking_in_many_processes_comes_once():
    meeting, person = Occasion(uuid.uuid4(), "jyiyn", starts_at=NOON, ends_at=NOON + HOUR, places=10), PersonFactory()

    assert at_once([partial(came, meeting, person, 3)] * AT_ONCE) == [True] * AT_ONCE

    assert (Attendance.objects.get().party, Meeting.objects.get().taken) == (3, 3)


def came(meeting, person, party=1):
    try:
        return bool(attendance.come(meeting, party=party, by=person, at=NOON))
    except NoPlaceLeft:
        return False
