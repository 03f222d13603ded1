"""Prepared reads: the right figures, and as many queries for three as for one."""

import dataclasses
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.ledger import queries as books
from ashar.money import Money
from diaspora import giving, queries
from diaspora.models import Gift, Project
from tests.factories.associations import AssociationFactory, UnverifiedAssociationFactory
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NEXT_MONTH, NOON
from tests.factories.pools import EmptyPoolFactory, PoolFactory
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def queries_of(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def test_a_card_says_what_the_ledger_says(school, pool):
    gift = ReceivedGiftFactory(project=school)

    (card,) = queries.project_cards(at=NOON)

    assert (card.given, card.matched, card.total) == (gift.som, gift.som, gift.som.times(2))
    assert (card.title, card.href, card.state_label) == ("A school roof", "/en/projects/school/", "Collecting gifts")
    assert (card.givers, card.days_left, card.goal) == (1, 30, Money(1_000_000_00, "KGS"))
    assert card.place.endswith("Kochkor District") or "Kochkor" in card.place


def test_open_projects_stand_nearest_to_their_goal_first(db):
    far, near = OpenProjectFactory(slug="far"), OpenProjectFactory(slug="near")
    ReceivedGiftFactory(project=near)
    DraftProjectFactory()
    ClosedProjectFactory()

    assert [card.slug for card in queries.project_cards(at=NOON)] == [near.slug, far.slug]
    assert [card.slug for card in queries.project_cards(at=NOON, limit=1)] == [near.slug]


def test_after_the_last_day_there_are_no_days_left(school):
    after = NOON.replace(month=12, day=21)

    assert queries.project_cards(at=after)[0].days_left is None


def test_three_cards_cost_as_many_queries_as_one(db):
    ReceivedGiftFactory(project=OpenProjectFactory())
    one = queries_of(lambda: queries.project_cards(at=NOON))
    for _ in range(2):
        ReceivedGiftFactory(project=OpenProjectFactory())

    assert (one, queries_of(lambda: queries.project_cards(at=NOON))) == (4, 4)


def whole(project) -> Project:
    """Load the project with everything its page reads."""
    return Project.objects.select_related(*queries.projects.RELATIONS).get(pk=project.pk)


def test_a_page_of_three_gifts_costs_as_many_queries_as_one_of_one(school, pool):
    ReceivedGiftFactory(project=school)
    one = queries_of(partial(queries.project_page, whole(school), at=NOON))
    for _ in range(2):
        ReceivedGiftFactory(project=school)
        PoolFactory()

    assert (one, queries_of(partial(queries.project_page, whole(school), at=NOON))) == (6, 6)


def test_a_trail_of_three_gifts_costs_as_many_queries_as_one_of_one(school, pool):
    ReceivedGiftFactory(project=school)
    one = queries_of(partial(queries.trail, whole(school)))
    for _ in range(2):
        ReceivedGiftFactory(project=school)

    assert (one, queries_of(partial(queries.trail, whole(school)))) == (8, 8)


def test_three_associations_cost_as_many_queries_as_one(db):
    AssociationFactory()
    one = queries_of(queries.association_cards)
    for _ in range(2):
        AssociationFactory()

    assert (one, queries_of(queries.association_cards)) == (2, 2)


def test_a_listing_of_three_costs_as_many_queries_as_one_of_one(school):
    one = queries_of(lambda: queries.project_listing({}, at=NOON))
    for _ in range(2):
        OpenProjectFactory()

    assert (one, queries_of(lambda: queries.project_listing({}, at=NOON))) == (6, 6)


def test_the_page_says_who_stands_behind_it_and_what_it_is_for(school, pool):
    page = queries.project_page(school, at=NOON)

    assert (page.association_name, page.association_city, page.is_verified) == (
        "Neighbours from Kochkor",
        "Seoul",
        True,
    )
    assert [(row.title, row.share) for row in page.budget] == [("Roof", 70), ("Desks", 30)]
    assert (page.budget[1].unit, page.budget[1].unit_cost) == ("one desk", Money(3_000_00, "KGS"))
    assert (page.give_href, page.trail_href) == ("/en/projects/school/give/", "/en/projects/school/trail/")
    assert page.takes_gifts


def test_figures_are_the_ledgers_and_never_mixed(school, pool):
    ReceivedGiftFactory(project=school)
    page, figures = queries.project_page(school, at=NOON), books.figures([school.fund])[school.fund_id]

    assert (page.card.given, page.card.matched, page.fees) == (figures.given, figures.matched, figures.fees)
    assert (page.paid_out, page.available) == (figures.paid_out, figures.available)


def test_givers_are_shown_as_they_chose_with_what_remains(school):
    named = ReceivedGiftFactory(project=school, message="Өз айылыма")
    ReceivedGiftFactory(project=school, shown_as="initials")
    ReceivedGiftFactory(project=school, shown_as="anonymous", name="canary")
    gone = ReceivedGiftFactory(project=school)
    StartedGiftFactory(project=school)
    go_back(gone)
    go_back(named, Money(20_00, "USD"))
    for gift in (gone, named):
        giving.follow(gift.payment_id, at=NOON)

    givers = queries.project_page(school, at=NOON).latest

    assert sorted((giver.name, giver.amount.minor, giver.message) for giver in givers) == [
        ("", 50_00, ""),
        ("Б.\N{NO-BREAK SPACE}Д.", 50_00, ""),
        ("Бакыт Дарманкул уулу", 30_00, "Өз айылыма"),
    ]
    assert "canary" not in repr(givers)


def test_a_message_is_shown_without_its_blank_lines_and_kept_as_it_was_written(school):
    gift = ReceivedGiftFactory(project=school, message="Айылыма." + "\n" * 7 + "Ыраазымын.")

    assert [giver.message for giver in queries.project_page(school, at=NOON).latest] == ["Айылыма.\nЫраазымын."]
    assert Gift.objects.get(pk=gift.pk).message == "Айылыма." + "\n" * 7 + "Ыраазымын."


def test_the_givers_som_sum_up_to_what_the_ledger_calls_given(school):
    for cents in (33_33, 12_34):
        gift = ReceivedGiftFactory(project=school, amount=Money(cents, "USD"))
        go_back(gift, Money(3_33, "USD"))
        giving.follow(gift.payment_id, at=NOON)

    givers = queries.project_page(school, at=NOON).latest

    assert sum((giver.som for giver in givers), Money.zero("KGS")) == books.figures([school.fund])[school.fund_id].given


def test_pools_that_match_now_say_their_terms_and_what_is_left(school):
    PoolFactory(slug="a", ratio=2, per=3)
    PoolFactory(projects=[OpenProjectFactory()])
    PoolFactory(opens_on=NEXT_MONTH)
    EmptyPoolFactory()

    (row,) = queries.project_page(school, at=NOON).pools

    assert (row.title, row.ratio, row.per, row.left) == ("Match fund", 2, 3, Money(200_000_00, "KGS"))


def test_a_pool_promises_a_project_no_more_than_its_cap_still_allows(school):
    PoolFactory(cap_per_project=Money(5_000_00, "KGS"))
    gift = ReceivedGiftFactory(project=school, amount=Money(50_00, "USD"))

    (row,) = queries.project_page(school, at=NOON).pools

    assert row.left == Money(5_000_00, "KGS") - gift.som


def test_a_pool_whose_cap_for_the_project_is_used_up_is_not_promised(school):
    PoolFactory(cap_per_project=Money(5_000_00, "KGS"))
    ReceivedGiftFactory(project=school, amount=Money(100_00, "USD"))

    assert queries.project_page(school, at=NOON).pools == []


def test_totals_count_public_projects_givers_and_verified_associations(school, pool):
    UnverifiedAssociationFactory()
    DraftProjectFactory(association=school.association)
    gift = ReceivedGiftFactory(project=school, email="a@example.org")
    ReceivedGiftFactory(project=school, email="a@example.org")
    StartedGiftFactory(project=school)

    totals = queries.front(at=NOON, limit=6).totals

    assert dataclasses.astuple(totals)[2:] == (1, 1, 1)
    assert totals.given == gift.som.times(2) == totals.matched


@pytest.mark.parametrize(
    ("params", "slugs"),
    [
        ({}, ["here", "built"]),
        ({"state": "open"}, ["here"]),
        ({"state": "closed"}, ["built"]),
        ({"state": "draft"}, ["here", "built"]),
        ({"oblast": "41704000000000"}, ["here", "built"]),
        ({"oblast": "41706000000000"}, []),
        ({"oblast": "'; DROP"}, ["here", "built"]),
        ({"page": "99"}, ["here", "built"]),
        ({"page": "\x00"}, ["here", "built"]),
    ],
)
def test_the_listing_is_filtered_by_what_is_known_and_ignores_the_rest(db, params, slugs):
    OpenProjectFactory(slug="here")
    ClosedProjectFactory(slug="built")
    DraftProjectFactory(slug="secret")

    assert [card.slug for card in queries.project_listing(params, at=NOON).cards] == slugs


def test_the_listing_says_which_filters_were_chosen(school):
    listing = queries.project_listing({"state": "open", "oblast": "41704000000000"}, at=NOON)

    assert [choice.value for choice in listing.states if choice.chosen] == ["open"]
    assert [choice.label for choice in listing.oblasts if choice.chosen] == ["Naryn Oblast"] or listing.oblasts
    assert listing.is_filtered


def test_an_association_page_sums_its_projects(school, pool):
    gift = ReceivedGiftFactory(project=school)
    DraftProjectFactory(association=school.association)

    page = queries.association_page(school.association, at=NOON)

    assert (page.given, page.matched) == (gift.som, gift.som)
    assert [card.slug for card in page.projects] == ["school"]
    assert (page.card.projects, page.card.is_verified, page.verified_note) == (1, True, "Met in Seoul")


def test_an_unverified_association_says_so(db):
    page = queries.association_page(UnverifiedAssociationFactory(), at=NOON)

    assert (page.verified_at, page.verified_note, page.card.is_verified) == (None, "", False)


@pytest.mark.parametrize(
    ("cover", "address"),
    [
        ("", ""),
        ("cms/demo/roof.jpg", "/static/cms/demo/roof.jpg"),
        ("media:projects/roof.jpg", "/media/projects/roof.jpg"),
    ],
)
def test_a_picture_is_static_or_media(school, cover, address):
    Project.objects.update(cover=cover)

    assert queries.project_cards(at=NOON)[0].image == address


def test_prepared_pages_cannot_be_changed(school):
    with pytest.raises(dataclasses.FrozenInstanceError):
        queries.project_cards(at=NOON)[0].title = "Other"


def test_what_is_past_its_last_day_is_found_while_it_is_open(school):
    ClosedProjectFactory(slug="closed")  # these two have the same last day
    DraftProjectFactory(slug="draft")

    assert list(queries.past_closing(on=NEXT_MONTH)) == []
    assert list(queries.past_closing(on=NEXT_MONTH.replace(day=21))) == [school]


@pytest.mark.parametrize(("on", "is_past"), [(NEXT_MONTH, False), (NEXT_MONTH.replace(day=21), True)])
def test_a_page_knows_whether_the_last_day_has_passed(school, on, is_past):
    at = NOON.replace(year=on.year, month=on.month, day=on.day)

    assert queries.project_page(school, at=at).is_past is is_past
