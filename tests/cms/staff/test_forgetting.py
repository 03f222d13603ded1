"""A wish to be forgotten among the staff: administrators find it, say yes twice, and it is carried out once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.privacy import erasing
from ashar.privacy.models import ErasureRequest
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.staff.conftest import told
from tests.cms.staff.test_doors import ROLES
from tests.cms.staff.test_people import expected, outcome, page_of
from tests.factories.people import PersonFactory

DONE = "The person is forgotten. A letter tells them."


@pytest.fixture
def wish(guest) -> ErasureRequest:
    """Asked for nine days ago."""
    return erasing.ask(guest, by=guest, at=timezone.now() - timedelta(days=9, hours=1))


@pytest.fixture
def door(wish) -> str:
    return reverse("people:forget", args=[wish.pk])


def is_here(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("role", ROLES)
class TestEveryRole:
    def test_is_asked_for_a_yes_if_it_is_the_administrator(self, enter, door, role):
        assert outcome(enter(role), door) == expected(role, "open", "sent to the front page")

    def test_forgets_somebody_if_it_is_the_administrator(self, enter, guest, door, role):
        assert outcome(enter(role), door, verb="post") == expected(role, "done", "sent to the front page")
        assert is_here(guest) is (role != ADMINISTRATOR)


class TestTheRoom:
    def test_marks_who_waits_and_how_long_we_still_have(self, office, guest, wish):
        other = PersonFactory()
        people = {one.pk: one for one in office.get("/cms/people/").context["object_list"]}
        assert [len(people[person.pk].wishes) for person in (guest, other)] == [1, 0]
        assert "20 days left" in office.get("/cms/people/").content.decode()

    def test_finds_those_who_wait(self, office, guest, wish):
        withdrawn = PersonFactory()
        erasing.withdraw(erasing.ask(withdrawn, by=withdrawn, at=wish.asked_at), by=withdrawn, at=timezone.now())
        found = office.get("/cms/people/?wish=open").context["object_list"]
        assert [person.email for person in found] == [guest.email]

    @pytest.mark.parametrize(
        ("days", "words"), [(0, "29 days left"), (28, "1 day left"), (30, "1 day late"), (31, "2 days late")]
    )
    def test_the_page_says_how_long_we_still_have(self, office, guest, days, words):
        erasing.ask(guest, by=guest, at=timezone.now() - timedelta(days=days, hours=1))
        assert words in page_of(office, guest)

    def test_the_page_leads_to_the_yes_only_while_the_wish_waits(self, office, guest, wish, door):
        before = page_of(office, guest)
        erasing.withdraw(wish, by=guest, at=timezone.now())
        assert (door in before, door in page_of(office, guest)) == (True, False)


class TestCarryingOut:
    def test_is_asked_first_and_changes_nothing_by_that(self, office, guest, door):
        html = office.get(door).content.decode()
        assert [word for word in (guest.email, "20 days left", "This cannot be undone.") if word not in html] == []
        assert is_here(guest)

    def test_forgets_the_person_and_remembers_who_did_it(self, office, administrator, guest, wish, door):
        answer = office.post(door)
        wish.refresh_from_db()
        assert (told(answer), answer["Location"]) == ([DONE], reverse("people:inspect", args=[guest.pk]))
        assert (wish.carried_out_by, is_here(guest)) == (administrator, False)
        assert Entry.objects.get(verb="privacy.erasure_carried_out").by == administrator
        assert guest.email not in page_of(office, guest)

    def test_a_double_click_forgets_once_and_hears_the_same(self, office, door):
        assert [told(office.post(door))[-1] for _click in range(2)] == [DONE] * 2
        assert Entry.objects.filter(verb="privacy.erasure_carried_out").count() == 1

    def test_what_a_colleague_has_done_is_said_to_be_closed(self, office, wish, door):
        colleague = User.objects.create_superuser("second@example.org")
        erasing.carry_out(wish, by=colleague, at=timezone.now())
        assert told(office.post(door)) == ["This request is already closed."]

    def test_a_withdrawn_wish_is_not_carried_out(self, office, guest, wish, door):
        erasing.withdraw(wish, by=guest, at=timezone.now())
        assert [told(office.get(door))[-1], told(office.post(door))[-1]] == ["This request is already closed."] * 2
        assert is_here(guest)

    def test_ones_own_wish_is_left_to_another(self, office, administrator):
        own = erasing.ask(administrator, by=administrator, at=timezone.now())
        address = reverse("people:forget", args=[own.pk])
        assert address not in page_of(office, administrator)
        refusals = [told(office.get(address))[-1], told(office.post(address))[-1]]
        assert refusals == ["Somebody else must carry out your own request."] * 2
        assert is_here(administrator)

    def test_an_unknown_wish_is_not_found(self, office):
        assert office.get(reverse("people:forget", args=[77]), follow=True).status_code == 404

    def test_a_foreign_form_does_nothing(self, administrator, guest, door):
        foreign = signing_in.as_staff(Client(enforce_csrf_checks=True), administrator)
        assert (foreign.post(door).status_code, is_here(guest)) == (403, True)
