"""The room of calls: who enters, what is told there, and what each may do with a call."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ashar.accounts import roles
from ashar.ledger import queries as books
from ashar.money import Money
from grants import calls
from grants.models import Call
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.staff.calling import ENGLISH, address, html_of, pay_in, printed_in_english, typed
from tests.cms.staff.conftest import told
from tests.factories.calls import WORDS, DraftCallFactory, OpenCallFactory, PublishedCallFactory

READERS = (roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR)
OUTSIDE = (roles.AUTHOR, roles.PROOFREADER, roles.EDITORS["ru"], roles.EVALUATOR)


class TestWhoEnters:
    @pytest.mark.parametrize("role", READERS)
    def test_reads_if_it_is_an_editor_or_handles_or_checks_money(self, enter, draft, role):
        client = enter(role)
        assert "Дело 1+1" in client.get(address("index"), HTTP_ACCEPT_LANGUAGE="ru").content.decode()
        assert printed_in_english(draft.limit) in html_of(client, address("inspect", draft))

    @pytest.mark.parametrize("role", OUTSIDE)
    def test_finds_the_door_closed_otherwise(self, enter, draft, role):
        client = enter(role)
        places = [
            address("index"),
            address("draft"),
            *(address(name, draft) for name in ("inspect", "revise", "fund", "extend")),
        ]
        assert [place for place in places if client.get(place).status_code == 200] == []

    @pytest.mark.parametrize(
        ("role", "may"),
        [(roles.EDITOR, True), (ADMINISTRATOR, True), (roles.FINANCE_OFFICER, False), (roles.AUDITOR, False)],
    )
    def test_runs_calls_if_it_is_an_editor(self, enter, draft, role, may):
        client = enter(role)
        places = [address("draft"), address("revise", draft), address("extend", PublishedCallFactory())]
        assert {client.get(place).status_code == 200 for place in places} == {may}

    @pytest.mark.parametrize("role", [roles.FINANCE_OFFICER, roles.AUDITOR])
    def test_announces_and_cancels_nothing_otherwise(self, enter, ready, role):
        client = enter(role)
        for name in ("publish", "cancel"):
            client.post(address(name, ready), {"reason": "x", "seen": calls.edition(ready)})
        assert Call.objects.get().state == "draft"

    @pytest.mark.parametrize("role", [roles.EDITOR, roles.AUDITOR])
    def test_books_no_money_unless_it_handles_money(self, enter, draft, role):
        enter(role).post(address("fund", draft), {"amount": "1000", "reference": "no 17"})
        assert books.available(draft.fund) == Money(0, "KGS")


class TestThePage:
    def test_tells_every_text_to_whoever_reads(self, auditor, draft):
        html = html_of(auditor, address("inspect", draft))
        assert [text for text in WORDS.values() if text not in html] == []

    def test_tells_what_was_paid_and_leads_those_to_the_books_who_read_them(self, auditor, editor, draft):
        pay_in(draft)
        assert ("first transfer" in html_of(auditor, address("inspect", draft))) is True
        leads = [
            reverse("journals:inspect", args=[1]) in html_of(who, address("inspect", draft))
            for who in (auditor, editor)
        ]
        assert leads == [True, False]

    def test_tells_who_moved_it_when_and_why(self, editor, planted):
        call = OpenCallFactory(closes_at=timezone.now() + timedelta(days=9))
        editor.post(address("cancel", call), {"reason": "Money went elsewhere"})
        html = html_of(editor, address("inspect", call))
        assert [
            word
            for word in ("Announced", "Open for applications", "Cancelled", "Money went elsewhere")
            if word not in html
        ] == []


class TestAnnouncing:
    def test_is_one_button(self, editor, ready):
        assert "Announce the call" in html_of(editor, address("inspect", ready))
        answer = editor.post(address("publish", ready), {"seen": calls.edition(ready)}, **ENGLISH)
        assert Call.objects.get().state == "published"
        assert told(answer)[0].startswith("The call was announced.")
        assert "Announce the call" not in html_of(editor, address("inspect", ready))

    def test_says_why_it_cannot_be(self, editor, draft):
        answer = editor.post(address("publish", draft), {"seen": calls.edition(draft)}, **ENGLISH)
        assert told(answer) != []
        assert Call.objects.get().state == "draft"

    def test_a_link_announces_nothing(self, editor, ready):
        assert editor.get(address("publish", ready)).status_code == 405


class TestMovingAndCancelling:
    def test_a_deadline_moves_away(self, editor, planted):
        call = OpenCallFactory()
        later = timezone.localtime(timezone.now() + timedelta(days=400))
        answer = editor.post(address("extend", call), {"closes_at": typed(later)}, **ENGLISH)
        assert told(answer) == ["The deadline was moved."]
        assert Call.objects.get().closes_at == later.replace(second=0, microsecond=0)

    def test_and_never_back(self, editor, planted):
        call = OpenCallFactory(closes_at=timezone.now() + timedelta(days=9))
        html = editor.post(address("extend", call), {"closes_at": typed(timezone.now())}, **ENGLISH).content.decode()
        assert "may only be moved to a later moment" in html

    def test_a_call_is_cancelled_with_a_reason_that_stays_inside(self, editor, planted, client):
        call = OpenCallFactory(closes_at=timezone.now() + timedelta(days=9))
        editor.post(address("cancel", call), {"reason": ""})
        assert Call.objects.get().state == "open"
        editor.post(address("cancel", call), {"reason": "Money went elsewhere"})
        assert Call.objects.get().state == "cancelled"
        assert "Money went elsewhere" in html_of(editor, address("inspect", call))


@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_the_room_speaks_three_languages(editor, draft, code):
    html = editor.get(address("index"), HTTP_ACCEPT_LANGUAGE=code).content.decode()
    assert {"ky": "Акыркы мөөнөт", "ru": "Крайний срок", "en": "Deadline"}[code] in html
    assert WORDS[f"title_{code}"] in html


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported(officer, draft, kind):
    answer = officer.get(address("index"), {"export": kind})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'calls.{kind}"')


def test_the_list_takes_as_many_queries_for_many(editor, planted):
    costs = []
    for _ in range(3):
        DraftCallFactory()
        with CaptureQueriesContext(connection) as asked:
            editor.get(address("index"))
        costs.append(len(asked))
    assert costs[1] == costs[2]
