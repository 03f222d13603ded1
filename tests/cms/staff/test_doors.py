"""Who gets into which room: every role at every door, and doors that do not exist for anybody."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ashar.accounts import roles
from ashar.ledger.models import Closing
from ashar.payments.models import Refund, WebhookEvent
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR, ANONYMOUS, GIVER
from tests.factories.people import FinanceOfficerFactory

ROOMS = ("gifts", "refunds", "events", "journals")
# Inside the Wagtail admin or not, allowed into the money rooms, allowed to act there.
READERS = (roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR)
ACTORS = (roles.FINANCE_OFFICER, ADMINISTRATOR)
OUTSIDE = (GIVER, roles.ASSOCIATION_LEADER, roles.EVALUATOR, roles.LOAN_OFFICER)
WRITERS = (roles.AUTHOR, roles.PROOFREADER, roles.EDITOR, *roles.EDITORS.values())  # inside, and not in the money rooms
ROLES = (ANONYMOUS, *OUTSIDE, *WRITERS, *READERS)

READING = ("list", "results", "csv", "xlsx", "page")
ACTIONS = ("ask", "approve", "refuse", "retry", "set_aside", "close")


@pytest.fixture
def doors(waiting_refund, quarantined_event, charge) -> dict[str, str]:
    """Every address of every room."""
    rows = {
        "gifts": waiting_refund.payment.gift.pk,
        "refunds": waiting_refund.pk,
        "events": quarantined_event.pk,
        "journals": charge.pk,
    }
    found = {}
    for room in ROOMS:
        index = reverse(f"{room}:index")
        found[f"{room} list"] = index
        found[f"{room} results"] = reverse(f"{room}:index_results")
        found[f"{room} csv"] = f"{index}?export=csv"
        found[f"{room} xlsx"] = f"{index}?export=xlsx"
        found[f"{room} page"] = reverse(f"{room}:inspect", args=[rows[room]])
    found["ask"] = reverse("refunds:ask", args=[waiting_refund.payment_id])
    found["approve"] = reverse("refunds:approve", args=[waiting_refund.pk])
    found["refuse"] = reverse("refunds:refuse", args=[waiting_refund.pk])
    found["close"] = reverse("journals:close")
    found["retry"] = reverse("events:retry", args=[quarantined_event.pk])
    found["set_aside"] = reverse("events:set_aside", args=[quarantined_event.pk])
    return found


def outcome(client: Client, address: str, *, verb: str = "get") -> str:
    """Say in a word where one ends up."""
    response = getattr(client, verb)(address, {"amount": "1", "reason": "x"} if verb == "post" else None)
    if response.status_code == 200:
        return "open"
    if response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home"):
        return "sent to the front page"
    if response.status_code == 302 and "/login/" in response["Location"]:
        end = client.get(response["Location"], follow=True)
        return {403: "refused", 200: "asked to sign in"}[end.status_code]
    if response.status_code == 302:
        return "done"
    return str(response.status_code)


def expected(role: str, *, allowed: tuple[str, ...], word: str) -> str:
    if role == ANONYMOUS:
        return "asked to sign in"
    if role in OUTSIDE:
        return "refused"
    return word if role in allowed else "sent to the front page"


@pytest.mark.parametrize("role", ROLES)
class TestEveryRole:
    def test_reads_what_it_may(self, enter, doors, role):
        client = enter(role)
        found = {name: outcome(client, doors[name]) for name in doors if name.split(maxsplit=1)[-1] in READING}
        assert found == dict.fromkeys(found, expected(role, allowed=READERS, word="open"))
        assert len(found) == len(ROOMS) * len(READING)

    @pytest.mark.parametrize("form", ["ask", "close"])
    def test_opens_the_forms_if_it_may_act(self, enter, doors, role, form):
        assert outcome(enter(role), doors[form]) == expected(role, allowed=ACTORS, word="open")

    @pytest.mark.parametrize("action", ["approve", "refuse", "retry", "set_aside"])
    def test_acts_if_it_may(self, enter, doors, role, action):
        assert outcome(enter(role), doors[action], verb="post") == expected(role, allowed=ACTORS, word="done")

    @pytest.mark.parametrize("action", ["approve", "refuse", "retry", "set_aside"])
    def test_cannot_act_by_a_link(self, enter, doors, role, action):
        assert outcome(enter(role), doors[action]) in {"405", expected(role, allowed=(), word="")}

    def test_changes_nothing_where_it_may_not(self, enter, doors, role):
        client = enter(role)
        if role in ACTORS:
            return
        for action in ACTIONS:
            client.post(doors[action], {"amount": "1", "reason": "x", "through": "2020-01-01", "sure": "on"})
        assert Closing.objects.count() == 0
        assert list(Refund.objects.values_list("state", flat=True)) == ["requested"]
        assert list(WebhookEvent.objects.values_list("state", flat=True)) == ["quarantined"]

    def test_finds_nothing_that_edits(self, enter, doors, role):
        client = enter(role)
        closed = [
            f"/cms/{room}/{way}" for room in ROOMS for way in ("new/", "edit/1/", "delete/1/", "copy/1/", "history/1/")
        ]
        ends = {client.get(address, follow=True) for address in closed}
        assert {end.status_code for end in ends} == {200 if role == ANONYMOUS else 403 if role in OUTSIDE else 404}
        assert {end.request["PATH_INFO"] for end in ends if end.status_code == 200} <= {"/ky/accounts/login/"}

    def test_sees_the_menu_of_money_if_it_may_read(self, enter, role, planted):
        html = enter(role).get("/cms/", follow=True).content.decode()
        assert ("/cms/gifts/" in html) is (role in READERS)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage"])
def test_no_door_leads_to_writing(room, name):
    with pytest.raises(NoReverseMatch):
        reverse(f"{room}:{name}", args=[1] if name != "add" else [])


class TestSecondFactor:
    @pytest.mark.parametrize("room", ROOMS)
    def test_without_one_an_officer_waits_at_the_door(self, client, planted, room):
        client.force_login(FinanceOfficerFactory())
        response = client.get(f"/cms/{room}/")
        assert (response.status_code, "/accounts/2fa/" in response["Location"]) == (302, True)

    def test_without_one_nothing_is_decided(self, client, doors, waiting_refund):
        client.force_login(FinanceOfficerFactory())
        client.post(doors["approve"])
        waiting_refund.refresh_from_db()
        assert waiting_refund.state == "requested"

    def test_an_officer_whose_role_was_taken_away_is_refused(self, doors):
        person = FinanceOfficerFactory()
        client = signing_in.as_staff(Client(), person)
        assert outcome(client, doors["gifts list"]) == "open"
        person.groups.clear()
        assert outcome(client, doors["gifts list"]) == "refused"

    def test_an_officer_who_left_is_asked_to_sign_in(self, doors):
        person = FinanceOfficerFactory()
        client = signing_in.as_staff(Client(), person)
        person.is_active = False
        person.save()
        assert outcome(client, doors["gifts list"]) == "asked to sign in"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_foreign_form_decides_nothing(doors, action):
    client = signing_in.as_staff(Client(enforce_csrf_checks=True), FinanceOfficerFactory())
    assert client.post(doors[action], {"amount": "1", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("room", ROOMS)
def test_a_row_that_is_not_there_is_not_found(officer, room):
    row = "0" * 8 + "-0000-0000-0000-" + "0" * 12 if room in {"gifts", "refunds"} else 999_999
    assert officer.get(reverse(f"{room}:inspect", args=[row]), follow=True).status_code == 404
