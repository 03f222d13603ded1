"""A worker killed while it follows a payment: the next one finishes, and nothing happens twice."""

import pytest

from ashar.ledger import checking
from ashar.ledger import queries as books
from ashar.notices.models import Notice
from diaspora import giving
from diaspora.models import Gift, MatchStep, Receipt
from tests.factories.gifts import StartedGiftFactory, arrive
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

MOMENTS = (
    "diaspora.before_match",
    "diaspora.after_match",
    "diaspora.before_receipt_is_told",
    "diaspora.after_receipt",
    "diaspora.after_following",
)
FOLLOW = """\
from django.utils.timezone import now
from diaspora import giving
from diaspora.models import Gift
giving.follow(Gift.objects.get().payment_id, at=now())
"""


@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_comes_next_finishes_and_nothing_happens_twice(moment, elsewhere):
    school, pool = OpenProjectFactory(), PoolFactory()
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    elsewhere.dies(FOLLOW, at=moment)
    giving.follow(gift.payment_id, at=NOON)

    gift = Gift.objects.get()
    pool.refresh_from_db()
    assert gift.state == "received"
    assert MatchStep.objects.get().amount_minor == gift.som_minor == pool.reserved_minor
    assert books.figures([school.fund])[school.fund_id].matched == gift.som
    assert [receipt.serial for receipt in Receipt.objects.all()] == [1]
    assert Notice.objects.count() == 1
    assert checking.check() == []
