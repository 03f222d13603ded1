"""The room of calls: who enters, what each may do there, and that forms keep what was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from ashar.accounts import roles
from ashar.ledger import queries as books
from ashar.money import Money, printed
from grants import calls
from grants.models import Call
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.staff.conftest import told
from tests.factories.calls import BUDGET, WORDS, DraftCallFactory, OpenCallFactory, PublishedCallFactory

ENGLISH = {"headers": {"Accept-Language": "en"}}
NEXT_YEAR = timezone.now().year + 1
FORM = {
    "slug": "business",
    **WORDS,
    "limit": "250 000",
    "ratio": "2",
    "per": "1",
    "opens_at": f"{NEXT_YEAR}-12-01T09:00",
    "closes_at": f"{NEXT_YEAR}-12-31T18:00",
}
READERS = (roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR)
OUTSIDE = (roles.AUTHOR, roles.PROOFREADER, roles.EDITORS["ru"], roles.EVALUATOR)


def address(name: str, call: Call | None = None) -> str:
    return reverse(f"calls:{name}", args=[call.pk] if call else [])


def html_of(client, place: str) -> str:
    return client.get(place, **ENGLISH).content.decode().replace("\xa0", " ")


@pytest.fixture
def editor(enter):
    return enter(roles.EDITOR)


@pytest.fixture
def draft(planted):
    return DraftCallFactory(slug="business")


@pytest.fixture
def ready(draft):
    """Its hour lies ahead of whoever runs the test, and its money is there."""
    now = timezone.now()
    Call.objects.update(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9))
    _pay_in(draft)
    return Call.objects.get()


def _typed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def _printed(amount: Money) -> str:
    with translation.override("en"):
        return printed.show(amount).replace("\xa0", " ")


def _pay_in(call: Call) -> None:
    calls.fund(call, amount=BUDGET, reference="first transfer", by=None, at=timezone.now())


class TestWhoEnters:
    @pytest.mark.parametrize("role", READERS)
    def test_reads_if_it_is_an_editor_or_handles_or_checks_money(self, enter, draft, role):
        client = enter(role)
        assert "Дело 1+1" in client.get(address("index"), HTTP_ACCEPT_LANGUAGE="ru").content.decode()
        assert _printed(draft.limit) in html_of(client, address("inspect", draft))

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


class TestDrafting:
    def test_keeps_what_the_form_says_by_the_clock_of_bishkek(self, editor, planted):
        answer = editor.post(address("draft"), FORM, **ENGLISH)
        call = Call.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, address("inspect", call))
        assert (call.limit, call.ratio, call.per) == (Money(250_000_00, "KGS"), 2, 1)
        assert call.opens_at == datetime(NEXT_YEAR, 12, 1, 3, tzinfo=UTC)
        assert told(answer) == ["The draft was kept."]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"limit": "много"}, "Write the amount in digits"),
            ({"limit": "0"}, "Money of a call is a positive sum in som."),
            ({"slug": "Өз ишиң"}, "Latin letters"),
            ({"closes_at": f"{NEXT_YEAR}-11-01T18:00"}, "The deadline must be later than the opening."),
            ({"opens_at": "0001-01-01T00:00"}, "Check the year"),
            ({"closes_at": "9999-12-31T23:59"}, "Check the year"),
            ({"slug": "-"}, "Latin letters"),
            ({"slug": "--a--"}, "Latin letters"),
            ({"closes_at": "завтра"}, "Enter a valid date/time."),
            ({"ratio": "0"}, "Select a valid choice."),
            ({"title_ru": "", "title_ky": "", "title_en": ""}, "Write a title in at least one language."),
            ({"terms_ru": "x" * 5001}, "at most 5"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, editor, planted, wrong, sentence):
        html = editor.post(address("draft"), {**FORM, **wrong}, **ENGLISH).content.decode()
        assert sentence in html
        assert WORDS["applying_ky"] in html
        assert not Call.objects.exists()

    def test_refuses_an_address_that_is_taken(self, editor, draft):
        html = editor.post(address("draft"), FORM, **ENGLISH).content.decode()
        assert "Another call has the address" in html
        assert Call.objects.count() == 1

    def test_the_form_of_a_draft_begins_with_what_is_there(self, editor, draft):
        html = html_of(editor, address("revise", draft))
        assert 'value="250000' in html.replace(" ", "")
        assert 'value="2026-11-13T12:00"' in html
        assert 'name="slug"' not in html
        assert "Bishkek time" in html

    def test_a_draft_is_changed(self, editor, draft):
        editor.post(address("revise", draft), {**FORM, "title_ru": "Другое дело", "seen": calls.edition(draft)})
        assert (Call.objects.get().title_ru, Call.objects.get().slug) == ("Другое дело", "business")

    def test_what_was_announced_is_left(self, editor, planted):
        call = PublishedCallFactory()
        answer = editor.get(address("revise", call), **ENGLISH)
        assert (answer.status_code, answer["Location"]) == (302, address("inspect", call))
        assert told(answer) == ["The call was announced; only its deadline may still move."]
        editor.post(address("revise", call), {**FORM, "title_ru": "Другое дело"})
        assert Call.objects.get().title_ru == WORDS["title_ru"]


class TestPayingIn:
    def test_books_money_and_says_so(self, officer, draft):
        answer = officer.post(address("fund", draft), {"amount": "5 000 000", "reference": "no 17"}, **ENGLISH)
        assert books.available(draft.fund) == BUDGET
        assert told(answer) == ["The transfer stands in the budget of the call, once."]
        assert _printed(BUDGET) in html_of(officer, address("inspect", draft))

    def test_the_same_transfer_sent_twice_counts_once(self, officer, draft):
        for _ in range(2):
            officer.post(address("fund", draft), {"amount": "1000", "reference": "no 17"})
        assert books.available(draft.fund) == Money(1000_00, "KGS")

    def test_another_sum_for_the_same_transfer_is_refused_in_words(self, officer, draft):
        officer.post(address("fund", draft), {"amount": "1000", "reference": "no 17"})
        html = officer.post(
            address("fund", draft), {"amount": "2000", "reference": "no 17"}, **ENGLISH
        ).content.decode()
        assert "booked already, with another sum: " + _printed(Money(1000_00, "KGS")) in html.replace("\xa0", " ")
        assert books.available(draft.fund) == Money(1000_00, "KGS")

    def test_the_ledger_names_the_budget_by_its_call(self, officer, draft):
        _pay_in(draft)
        html = html_of(officer, reverse("journals:index"))
        assert '<span lang="ru">Дело 1+1</span>' in html
        assert "money into the budget of a call" in html


class TestWhatCanOnlyBeRefused:
    def test_has_no_form(self, enter, editor, planted):
        call = DraftCallFactory()
        assert editor.get(address("extend", call)).status_code == 302
        calls.cancel(call, reason="Money went elsewhere", by=None, at=timezone.now())
        answers = [editor.get(address(name, call), **ENGLISH) for name in ("extend", "revise")]
        answers.append(enter(roles.FINANCE_OFFICER).get(address("fund", call), **ENGLISH))
        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert told(answers[-1]) == ["The call was cancelled."]


class TestThePage:
    def test_tells_every_text_to_whoever_reads(self, auditor, draft):
        html = html_of(auditor, address("inspect", draft))
        assert [text for text in WORDS.values() if text not in html] == []

    def test_tells_what_was_paid_and_leads_those_to_the_books_who_read_them(self, auditor, editor, draft):
        _pay_in(draft)
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

    def test_two_who_change_one_draft_lose_nothing(self, editor, draft):
        seen = calls.edition(draft)
        editor.post(address("revise", draft), {**FORM, "title_ru": "Первое", "seen": seen})
        html = editor.post(
            address("revise", draft), {**FORM, "title_ru": "Второе", "seen": seen}, **ENGLISH
        ).content.decode()
        assert "Somebody else changed this draft meanwhile." in html
        assert "Второе" in html
        assert Call.objects.get().title_ru == "Первое"


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
        answer = editor.post(address("extend", call), {"closes_at": _typed(later)}, **ENGLISH)
        assert told(answer) == ["The deadline was moved."]
        assert Call.objects.get().closes_at == later.replace(second=0, microsecond=0)

    def test_and_never_back(self, editor, planted):
        call = OpenCallFactory(closes_at=timezone.now() + timedelta(days=9))
        html = editor.post(address("extend", call), {"closes_at": _typed(timezone.now())}, **ENGLISH).content.decode()
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
