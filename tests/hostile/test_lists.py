"""Lists of the admin asked for days and numbers that no database knows: a sentence, never a fault of ours."""

import pytest

from tests.hostile import reading
from tests.hostile.village import ADMINISTRATOR, Village

FIRST_DAY, LAST_DAY, WIDE = "0001-01-01", "9999-12-31", "9" * 20
LISTS = [
    ("gifts/", "started_at_from", FIRST_DAY),
    ("gifts/", "started_at_to", LAST_DAY),
    ("gifts/?export=csv", "started_at_from", FIRST_DAY),
    ("reports/site-history/", "timestamp_from", FIRST_DAY),
    ("reports/site-history/", "timestamp_to", LAST_DAY),
    ("reports/site-history/", "user", WIDE),
    ("pages/{home}/", "latest_revision_created_at_from", FIRST_DAY),
    ("pages/{home}/", "site", WIDE),
    ("pages/{home}/", "content_type", WIDE),
    ("images/", "collection_id", WIDE),
    ("people/", "p", WIDE),
]


@pytest.mark.parametrize(("room", "name", "value"), LISTS)
def test_no_filter_breaks_a_list(village: Village, room, name, value):
    browser = village.enter(ADMINISTRATOR)
    address = f"/cms/{room.format(home=village.event_page.get_ancestors()[1].pk)}"

    response = browser.get(f"{address}{'&' if '?' in address else '?'}{name}={value}")

    assert response.status_code in {200, 400, 404}
    assert reading.body(response)
