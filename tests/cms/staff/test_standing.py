"""Gifts that went back, in part, in whole or through a bank: told apart in the list, on the page and in the table."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ashar.ledger import queries as books
from ashar.money import Money
from tests.cms.staff.test_exporting import minor, rows_of
from tests.cms.staff.test_lists import listed
from tests.cms.staff.test_reading import rows_of as told_of
from tests.factories.gifts import ReceivedGiftFactory

SAID = {
    "whole": ("Received", ""),
    "part": ("Returned in part", ""),
    "back": ("Returned in full", ""),
    "open": ("Taken back by the bank for now", "disputed: open"),
    "lost": ("Taken back by the bank", "disputed: lost"),
    "won": ("Received", "disputed: won"),
}


def test_page_list_and_table_say_the_same(officer, stands):
    in_table = {row["Giver"]: (row["State"], row["Dispute"]) for row in rows_of(officer, "gifts")}
    pages = {name: told_of(officer, "gifts", gift.pk) for name, gift in stands.items()}
    html = officer.get("/cms/gifts/", headers={"Accept-Language": "en"}).content.decode()
    assert in_table == SAID
    assert {name: (told["State"], told.get("Dispute", "")) for name, told in pages.items()} == SAID
    assert [word for pair in SAID.values() for word in pair if word not in html] == []


@pytest.mark.parametrize("state", ["open", "lost", "won"])
def test_is_found_by_where_the_dispute_stands(officer, stands, state):
    assert listed(officer, f"/cms/gifts/?dispute={state}") == [str(stands[state])]


def test_the_latest_dispute_is_the_one_that_counts(officer, stands):
    dispute = stands["won"].payment.disputes.get()
    dispute.pk, dispute.provider_id, dispute.state = None, "dp_later", "open"
    dispute.save(force_insert=True)
    assert listed(officer, "/cms/gifts/?dispute=won") == []


def test_the_table_says_what_went_back_and_what_remains(officer, stands):
    [row] = [row for row in rows_of(officer, "gifts") if row["Giver"] == "part"]
    names = ("Amount", "Worth in som", "Returned", "Returned, in som", "Remaining", "Remaining, in som")
    assert [row[name] for name in names] == ["50.00", "4372.50", "20.00", "1749.00", "30.00", "2623.50"]
    assert row["Card fee of what remains, in som"] == "91.83"


def test_what_remains_adds_up_to_the_books(officer, school, stands):
    rows = rows_of(officer, "gifts")
    remaining, fees = (
        sum(minor(row[name]) for row in rows) for name in ("Remaining, in som", "Card fee of what remains, in som")
    )
    figures = books.figures([school.fund])[school.fund_id]
    assert (Money(remaining, "KGS"), Money(fees, "KGS")) == (figures.given, figures.fees)


def test_the_page_of_a_gift_tells_them_apart(officer, stands):
    told = {name: value.replace("\xa0", " ") for name, value in told_of(officer, "gifts", stands["part"].pk).items()}
    names = ("Worth", "Returned", "Returned, in som", "Remaining", "Remaining, in som", "Card fee")
    assert [told[name] for name in names] == [
        "KGS 4,372.50", "$20", "KGS 1,749", "$30", "KGS 2,623.50", "KGS 91.83",
    ]  # fmt: skip


def test_the_list_costs_the_same_for_more(officer, stands):
    costs = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            officer.get("/cms/gifts/")
        costs.append(len(asked))
        ReceivedGiftFactory(project=stands["whole"].project)
    assert costs[0] == costs[1]
