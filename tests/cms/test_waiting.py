"""What the home of who works here offers: the rooms they may enter, what waits there, and to nobody else a word of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupApprovalTask

from ashar.accounts import roles
from ashar.payments.models import WebhookEvent
from ashar.payments.states import EventState
from cms import waiting
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR, GIVER
from tests.factories import articles
from tests.factories.moments import NOON

pytestmark = pytest.mark.usefixtures("planted")
HOME = "/en/accounts/home/"
MONEY = ["Refunds", "Inbox and quarantine", "Gifts", "Ledger"]
CALLS, REVIEW, PAGES = "Calls", "Pages to review", "Pages of the site"
DOOR = re.compile(r'<li class="task-list-task"><div class="task-list-name"><a href="([^"]+)">([^<]+)</a>')


def doors(client) -> list[str]:
    return [label for _href, label in DOOR.findall(client.get(HOME).content.decode())]


@pytest.mark.parametrize(
    ("role", "rooms"),
    [
        (GIVER, []),
        (roles.ASSOCIATION_LEADER, []),
        (roles.EVALUATOR, []),
        (roles.LOAN_OFFICER, []),
        (roles.FINANCE_OFFICER, [*MONEY, CALLS]),
        (roles.AUDITOR, [*MONEY, CALLS]),
        (roles.AUTHOR, [PAGES]),
        (roles.PROOFREADER, [REVIEW]),
        (roles.EDITOR, [CALLS, REVIEW, PAGES]),
        (roles.EDITORS["ru"], [REVIEW, PAGES]),
        (ADMINISTRATOR, [*MONEY, "People", CALLS, REVIEW, PAGES]),
    ],
)
def test_each_role_finds_its_own_rooms_and_may_enter_them(enter, role, rooms):
    browser = enter(role)
    html = browser.get(HOME).content.decode()
    assert [label for _href, label in DOOR.findall(html)] == rooms
    assert [browser.get(href, follow=True).status_code for href, _label in DOOR.findall(html)] == [200] * len(rooms)
    assert ("My work" in html) == bool(rooms)
    assert "My gifts" in html


def test_one_person_of_two_roles_has_both(person_of, client):
    person = person_of(roles.AUDITOR)
    person.groups.add(person_of(roles.PROOFREADER).groups.get())
    assert doors(signing_in.as_staff(client, person)) == [*MONEY, CALLS, REVIEW]


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.PROOFREADER])
def test_without_a_second_factor_nothing_is_told(person_of, client, role):
    quarantined()
    client.force_login(person_of(role))
    html = client.get(HOME).content.decode()
    assert DOOR.findall(html) == []
    assert 'href="/en/accounts/2fa/"' in html


def test_counts_what_waits_and_leads_to_it(enter):
    quarantined()
    html = enter(roles.AUDITOR).get(HOME).content.decode()
    assert {label: href for href, label in DOOR.findall(html)} == {
        "Refunds": "/cms/refunds/",
        "Inbox and quarantine": "/cms/events/?state=quarantined",
        "Gifts": "/cms/gifts/",
        "Ledger": "/cms/journals/",
        "Calls": "/cms/calls/",
    }
    assert re.findall(r"(\d+ waits?\b|Nothing waits)", html) == ["Nothing waits", "1 waits"]


def test_a_page_on_its_way_waits_for_the_reader_and_not_for_the_publisher(person_of):
    article = articles.published("roof", live=False)
    article.save_revision()
    article.get_workflow().start(article, person_of(roles.AUTHOR))

    def told(role: str) -> dict[str, int | None]:
        person = person_of(role)
        signing_in.with_an_app(person)
        return {str(door.label): door.waiting for door in waiting.rooms(person, NOON).told}

    assert list(told(roles.PROOFREADER).values()) == [1]
    assert told(roles.EDITOR)[REVIEW] == 0


def test_whose_step_was_taken_out_of_every_way_has_no_work_here(person_of):
    reader = signing_in.with_an_app(person_of(roles.PROOFREADER))
    GroupApprovalTask.objects.update(active=False)
    assert waiting.rooms(reader, NOON) is None


def test_costs_the_same_whatever_waits(person_of):
    officer = signing_in.with_an_app(person_of(ADMINISTRATOR))
    costs = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as asked:
            waiting.rooms(officer, NOON)
        costs.append(len(asked))
        quarantined()
        quarantined()
    assert costs[0] == costs[1]


def quarantined() -> WebhookEvent:
    number = WebhookEvent.objects.count()
    return WebhookEvent.objects.create(
        event_id=f"evt_{number}", type="charge.refunded", state=EventState.QUARANTINED, reason="unknown_object",
        created_at=NOON, received_at=NOON, due_at=NOON, livemode=False, payload="{}",
    )  # fmt: skip
