"""Every address × every kind of person: where a GET and a POST end, and what they never show of others."""

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation

from ashar.payments import checkout
from tests.hostile import addresses, outcomes, reading
from tests.hostile.doors import DOORS, OPEN
from tests.hostile.village import ANONYMOUS, GIVER, OTHER_GIVER, WHO, Village

# Patterns without a name that belong to an admin: they show a person what the named ones do, or nothing.
NAMELESS = {
    "django-admin/login/",
    "cms/login/",
    "cms/bulk/accounts/user/<path:action>",
    "cms/test404/",
    "cms/^.*/$",
    "django-admin/(?P<url>.*)$",
    # Guards of ours, which stand before addresses of Wagtail's that have names and are asked by them.
    "cms/bulk/wagtailcore/page/<str:action>/",
    "cms/pages/<int:page_id>/delete/",
    "cms/api/main/pages/<int:pk>/",
    "cms/images/<int:image_id>/delete/",
    "cms/images/multiple/<int:image_id>/delete/",
    "cms/documents/delete/<int:document_id>/",
    "cms/documents/multiple/<int:doc_id>/delete/",
    "cms/localize/page/<int:page_id>/convert_to_alias/",
    "cms/localize/reports/translations/",
    "cms/localize/reports/translations/results/",
    "cms/pages/<int:page_id>/unpublish/",
    "cms/pages/<int:page_to_move_id>/move/",
    "cms/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/",
}


def test_every_address_of_the_site_stands_in_the_table():
    assert {pattern.key for pattern in addresses.of_site()} == {door.pattern for door in DOORS} - NAMELESS


def test_no_address_without_a_name_appears_in_an_admin():
    nameless = {pattern.route for pattern in addresses.patterns() if pattern.is_of_admin and not pattern.name}

    assert {route for route in nameless if not route.endswith("<path:object_id>/")} == NAMELESS


def test_every_door_lets_in_whom_it_should(village: Village, sandbox):
    begin_payment(village)
    asked = [str(door) for door in DOORS if door.get is not OPEN or door.post is not OPEN]  # pages that do not listen
    found, told = {}, {}
    for who in WHO:
        browser = village.enter(who)
        with translation.override("ru"):
            places = {str(door): door.address(village) for door in DOORS}
        found |= {f"{who} reads {name}": _end(browser, "GET", place) for name, place in places.items()}
        found |= {f"{who} sends to {name}": _end(village.enter(who), "POST", places[name]) for name in asked}
        told |= {f"{who} reads {door}": door.get[who] for door in DOORS}
        told |= {f"{who} sends to {door}": door.post[who] for door in DOORS if str(door) in asked}

    assert found == told


def begin_payment(village: Village) -> None:
    """Let the unpaid gift know its page at the card service, which remembers what a test takes back."""
    checkout.send_to_provider(village.unpaid_gift.payment, at=timezone.now())


def _end(browser: Client, method: str, address: str) -> str:
    """Say where the person ends; whatever was changed on the way is taken back."""
    cache.clear()
    before = transaction.savepoint()
    response = browser.generic(method, address, content_type="application/x-www-form-urlencoded")
    found = outcomes.of(response)
    if response.streaming:
        reading.body(response)
    transaction.savepoint_rollback(before)
    return found


def test_pages_of_others_show_neither_address_nor_name_of_who_stays_anonymous(village: Village):
    other = village.person(OTHER_GIVER)
    secrets = (other.email, other.full_name, *other.full_name.split())
    assert village.others_gift.shown_as == "anonymous"

    for browser in (village.enter(ANONYMOUS), village.enter(GIVER)):
        pages = {place: reading.body(browser.get(place)) for place in (*village.public_pages(), *village.own_pages())}
        assert [(place, secret) for place, page in pages.items() for secret in secrets if secret in page] == []


def test_the_masked_address_is_all_a_gift_shows_of_its_giver(village: Village):
    page = reading.body(village.enter(ANONYMOUS).get(f"/ru/gifts/{village.others_gift.pk}/"))

    assert "o…@example.org" in page
    assert village.person(OTHER_GIVER).email not in page


def test_my_gifts_are_mine(village: Village):
    pages = {who: reading.body(village.enter(who).get("/ru/my/gifts/")) for who in (GIVER, OTHER_GIVER)}
    own = {GIVER: (village.gift, village.unpaid_gift), OTHER_GIVER: (village.others_gift,)}

    gifts = [gift for row in own.values() for gift in row]
    shown = {who: [gift for gift in gifts if str(gift.pk) in page] for who, page in pages.items()}
    assert shown == {who: list(row) for who, row in own.items()}
