"""Whatever happens to gifts, in whatever order it is heard of, pools and books agree to the tyiyn."""

import itertools
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.payments.models import Movement
from diaspora import giving
from diaspora.models import Match, MatchPool, MatchStep
from tests.factories.gifts import StartedGiftFactory, move
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

FEW = settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SIGN = {"charge": 1, "refund": -1, "refund_failed": 1, "dispute_withdrawn": -1, "dispute_reinstated": 1}


@st.composite
def stories(draw):
    """A gift of dollars and a lawful story of its money: what goes back may come again."""
    cents = draw(st.integers(2_00, 2_000_00))
    story, refunded, disputed = [("charge", cents)], [], []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["refund", "refund_failed", "dispute_withdrawn", "dispute_reinstated"]))
        if kind == "refund" and (left := cents - sum(refunded)):
            part = draw(st.integers(1, left))
            refunded.append(part)
            story.append((kind, part))
        elif kind == "refund_failed" and refunded:
            story.append((kind, refunded.pop()))
        elif kind == "dispute_withdrawn" and not disputed:
            disputed.append(cents)
            story.append((kind, cents))
        elif kind == "dispute_reinstated" and disputed:
            story.append((kind, disputed.pop()))
    return cents, story


@st.composite
def pools(draw):
    """Terms of a pool that is sometimes too small for what comes."""
    cap = draw(st.integers(1, 400_000_00))
    return {
        "cap": Money(cap, "KGS"),
        "cap_per_project": Money(draw(st.integers(1, cap)), "KGS"),
        "paid_in": Money(draw(st.integers(1, cap)), "KGS"),
        "ratio": draw(st.integers(1, 3)),
        "per": draw(st.integers(1, 3)),
    }


def tell(gift, story, *, heard_after):
    """Book the story and follow the gift after the movements whose positions are in `heard_after`, any number of times."""
    for position, (kind, cents) in enumerate(story):
        move(gift.payment, kind, Money(SIGN[kind] * cents, "USD"), at=NOON)
        for _ in range(heard_after[position % len(heard_after)]):
            giving.follow(gift.payment_id, at=NOON)
    giving.follow(gift.payment_id, at=NOON)


def kept_of(story) -> int:
    return max(0, sum(SIGN[kind] * cents for kind, cents in story))


def check_pools() -> None:
    for pool in MatchPool.objects.select_related("fund"):
        given_away = sum(Match.objects.filter(pool=pool).values_list("amount_minor", flat=True))
        assert pool.reserved_minor == given_away
        assert books.available(pool.fund).minor == pool.funded_minor - pool.reserved_minor
        assert 0 <= pool.reserved_minor <= min(pool.cap_minor, pool.funded_minor)
        for allotment in pool.allotments.all():
            of_project = Match.objects.filter(pool=pool, gift__project_id=allotment.project_id)
            assert allotment.reserved_minor == sum(of_project.values_list("amount_minor", flat=True))


@pytest.mark.django_db
@FEW
@given(st.lists(stories(), min_size=1, max_size=3), st.lists(pools(), min_size=1, max_size=3), st.data())
def test_after_any_stories_of_gifts_pools_and_books_agree(told, terms, data):
    school = OpenProjectFactory()
    made = [PoolFactory(projects=[school], **facts) for facts in terms]
    for _cents, story in told:
        gift = StartedGiftFactory(project=school, amount=Money(story[0][1], "USD"))
        tell(gift, story, heard_after=data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)))
        check_pools()

        steps = Counter(MatchStep.objects.filter(gift=gift).values_list("movement", flat=True))
        assert steps == Counter(Movement.objects.filter(payment=gift.payment_id).values_list("pk", flat=True))
        assert Journal.objects.filter(kind__startswith="match", facts__gift=str(gift.pk)).count() == (
            MatchStep.objects.filter(gift=gift).exclude(amount_minor=0).count()
        )
        gift.refresh_from_db()
        if kept_of(story) == 0:
            assert sum(Match.objects.filter(gift=gift).values_list("amount_minor", flat=True)) == 0
        for pool in made:
            put_in = sum(Match.objects.filter(gift=gift, pool=pool).values_list("amount_minor", flat=True))
            assert 0 <= put_in <= gift.som_minor * pool.ratio // pool.per * kept_of(story) // gift.amount_minor


@pytest.mark.django_db
@FEW
@given(stories(), st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_however_often_and_late_a_story_is_heard_the_books_are_the_same(told, heard_after):
    cents, story = told
    totals = []
    for hearing in ([0], heard_after):
        school = OpenProjectFactory()
        PoolFactory(projects=[school])
        gift = StartedGiftFactory(project=school, amount=Money(cents, "USD"))
        tell(gift, story, heard_after=hearing)
        steps = MatchStep.objects.filter(gift=gift).order_by("movement__sequence")
        totals.append(
            (list(steps.values_list("amount_minor", flat=True)), books.figures([school.fund])[school.fund_id])
        )

    assert totals[0] == totals[1]


@pytest.mark.django_db
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_equal_gifts_get_the_same_sum_in_any_order(order):
    school = OpenProjectFactory()
    pool = PoolFactory(cap=Money(10_000_00, "KGS"), cap_per_project=Money(10_000_00, "KGS"))
    gifts = [StartedGiftFactory(project=school, amount=Money(50_00 + 10 * number, "USD")) for number in range(3)]
    for gift in gifts:
        move(gift.payment, "charge", gift.amount, at=NOON)

    for place in order:
        giving.follow(gifts[place].payment_id, at=NOON)

    eligible = sum(giving.Gift.objects.filter(project=school).values_list("som_minor", flat=True))
    assert books.figures([school.fund])[school.fund_id].matched.minor == min(10_000_00, eligible)
    check_pools()
    assert pool.slug
