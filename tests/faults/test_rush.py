"""Fifty people give at the same moment, through the web, to a project whose pool can match ten of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.giver import Giver
from tests.faults.witness import Witness
from tests.town import Town, wait_until

pytestmark = [pytest.mark.crash]

GIVERS, ROOMS = 50, 10


def test_fifty_at_once_on_a_pool_for_ten_get_exactly_ten_matches(
    site: Town, witness: Witness, village: Callable[..., str]
) -> None:
    slug = village("rush", rooms=ROOMS)
    givers = [Giver(site, f"rush-{number}") for number in range(GIVERS)]

    with ThreadPoolExecutor(GIVERS) as threads:
        list(threads.map(lambda giver: giver.arrive(slug), givers))
    wait_until(  # a webhook may still be on its way when nothing is left to work through
        lambda: {witness.only_gift_of(giver.email)["state"] for giver in givers} == {"received"},
        what="every gift arrives",
        seconds=180,
    )
    wait_until(lambda: not witness.ask("unfinished"), what="all gifts are worked through", seconds=180)

    gifts = [witness.only_gift_of(giver.email) for giver in givers]
    [worth] = {gift["som"] for gift in gifts}
    assert sorted(gift["matches"] for gift in gifts) == [[]] * (GIVERS - ROOMS) + [[worth]] * ROOMS
    assert witness.ask("pool", slug=slug) == {"cap": worth * ROOMS, "put_in": [worth] * ROOMS, "left": 0}
    assert witness.ask("faults_of_books") == []
    assert witness.ask("given_up") == {}
    site.manage("ledger_check")
