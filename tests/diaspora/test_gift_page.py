"""The page of a gift as it is prepared: its path so far, and the fee that the project bears."""

import pytest

from ashar.ledger import queries as books
from ashar.money import Money
from diaspora import giving, queries
from diaspora.models import Gift
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, arrive, go_back
from tests.factories.moments import NOON


@pytest.mark.parametrize(("returned", "fee"), [(0, 153_04), (20_00, 91_83), (50_00, 0)])
def test_the_page_of_a_gift_says_which_fee_the_project_bears_now(school, returned, fee):
    gift = ReceivedGiftFactory(project=school)
    if returned:
        go_back(gift, Money(returned, "USD"))
        giving.follow(gift.payment_id, at=NOON)
    page = queries.gift_page(Gift.objects.select_related("project__fund", "payment").get(), at=NOON)

    assert page.fee == books.figures([school.fund])[school.fund_id].fees == Money(fee, "KGS")
    assert page.fee == sum((step.fee for step in page.steps), Money.zero("KGS"))


def test_what_a_gift_has_not_followed_yet_is_not_on_its_path(school):
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    waiting = queries.gift_page(gift, at=NOON)
    giving.follow(gift.payment_id, at=NOON)
    told_meanwhile = queries.gift_page(gift, at=NOON)

    assert (waiting.state, waiting.steps) == (told_meanwhile.state, told_meanwhile.steps) == ("started", [])
