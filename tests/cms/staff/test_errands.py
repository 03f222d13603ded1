"""What waits in the staff rooms for one person, on their desk and at home."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.privacy import erasing
from cms import waiting
from cms.staff import errands
from tests.ashar.accounts import signing_in
from tests.cms.staff.conftest import an_event
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory, PersonFactory

FRONT = {"follow": True, "HTTP_ACCEPT_LANGUAGE": "en"}


def waits_for(person: User) -> list[tuple[str, str, str]]:
    with translation.override("en"):
        return [(str(each.title), each.what, each.href) for each in errands.of(person, at=NOON)]


def test_an_administrator_finds_everything_the_wishes_first(administrator, guest, waiting_refund, quarantined_event):
    erasing.ask(guest, by=guest, at=NOON - timedelta(days=3))
    with translation.override("en"):
        titles = [(str(each.title).split(" ·")[0], each.what) for each in errands.of(administrator, at=NOON)]
    assert titles == [
        (guest.email, "Request to erase the account: 27 days left"),
        ("$500", "Refund to decide about"),
        ("charge.updated", "Event in quarantine"),
    ]


def test_a_finance_officer_finds_what_others_asked_for_and_nobodys_wish(guest, waiting_refund):
    erasing.ask(guest, by=guest, at=NOON)
    [(_title, what, href)] = waits_for(FinanceOfficerFactory())
    assert (what, href) == ("Refund to decide about", f"/cms/refunds/inspect/{waiting_refund.pk}/")
    assert waits_for(waiting_refund.requested_by) == []


def test_ones_own_wish_waits_for_another(administrator):
    erasing.ask(administrator, by=administrator, at=NOON)
    second = User.objects.create_superuser("second@example.org")
    assert (waits_for(administrator), len(waits_for(second))) == ([], 1)


def test_a_closed_wish_waits_for_nobody(administrator, guest):
    erasing.withdraw(erasing.ask(guest, by=guest, at=NOON), by=guest, at=NOON)
    assert waits_for(administrator) == []


def test_an_auditor_decides_nothing(person_of, waiting_refund):
    assert waits_for(person_of(roles.AUDITOR)) == []


def test_the_front_page_of_an_administrator_does_not_say_that_nothing_waits(office, guest):
    empty = office.get("/cms/", **FRONT).content.decode()
    erasing.ask(guest, by=guest, at=timezone.now())
    full = office.get("/cms/", **FRONT).content.decode()
    assert ("Nothing waits for you." in empty, "Nothing waits for you." in full) == (True, False)
    assert f"/cms/people/inspect/{guest.pk}/" in full
    assert "29 days left" in full


def test_the_front_page_of_an_officer_shows_what_waits_and_no_pages(officer, waiting_refund):
    html = officer.get("/cms/", **FRONT).content.decode()
    assert f"/cms/refunds/inspect/{waiting_refund.pk}/" in html
    assert [word for word in ("Waiting for me", "My drafts", "Scheduled") if word in html] == ["Waiting for me"]


def test_home_counts_the_wishes_and_leads_to_them(administrator, guest):
    def people() -> list[tuple[str, int | None]]:
        doors = waiting.rooms(administrator, NOON).told
        return [(door.href, door.waiting) for door in doors if door.href.startswith("/cms/people/")]

    empty = people()
    erasing.ask(guest, by=guest, at=NOON)
    assert (empty, people()) == ([("/cms/people/", 0)], [("/cms/people/?wish=open", 1)])


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(administrator, waiting_refund, count):
    for number in range(count):
        an_event(number)
        one = PersonFactory()
        erasing.ask(one, by=one, at=NOON)
    person = User.objects.get(pk=administrator.pk)
    with CaptureQueriesContext(connection) as asked:
        found = errands.of(person, at=NOON)
    assert (len(found), len(asked)) == (2 * count + 1, 3)


def test_a_project_is_no_markup(waiting_refund, person_of):
    project = waiting_refund.payment.gift.project
    type(project).objects.filter(pk=project.pk).update(title_en="<b>roof", title_ru="<b>roof", title_ky="<b>roof")
    html = signing_in.as_staff(Client(), FinanceOfficerFactory()).get("/cms/", **FRONT).content.decode()
    assert ("&lt;b&gt;roof" in html, "<b>roof" in html) == (True, False)
