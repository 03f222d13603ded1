"""The forms of the room of calls: they keep what was typed, name what is wrong, and are not there where they could only refuse."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from ashar.accounts import roles
from ashar.ledger import queries as books
from ashar.money import Money
from grants import calls
from grants.models import Call
from tests.cms.staff.calling import ENGLISH, address, html_of, pay_in, printed_in_english
from tests.cms.staff.conftest import told
from tests.factories.calls import BUDGET, WORDS, DraftCallFactory, PublishedCallFactory

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
        assert printed_in_english(BUDGET) in html_of(officer, address("inspect", draft))

    def test_the_same_transfer_sent_twice_counts_once(self, officer, draft):
        for _ in range(2):
            officer.post(address("fund", draft), {"amount": "1000", "reference": "no 17"})
        assert books.available(draft.fund) == Money(1000_00, "KGS")

    def test_another_sum_for_the_same_transfer_is_refused_in_words(self, officer, draft):
        officer.post(address("fund", draft), {"amount": "1000", "reference": "no 17"})
        html = officer.post(
            address("fund", draft), {"amount": "2000", "reference": "no 17"}, **ENGLISH
        ).content.decode()
        assert "booked already, with another sum: " + printed_in_english(Money(1000_00, "KGS")) in html.replace(
            "\xa0", " "
        )
        assert books.available(draft.fund) == Money(1000_00, "KGS")

    def test_the_ledger_names_the_budget_by_its_call(self, officer, draft):
        pay_in(draft)
        html = html_of(officer, reverse("journals:index"))
        assert '<span lang="ru">Дело 1+1</span>' in html
        assert "money into the budget of a call" in html

    def test_two_who_change_one_draft_lose_nothing(self, editor, draft):
        seen = calls.edition(draft)
        editor.post(address("revise", draft), {**FORM, "title_ru": "Первое", "seen": seen})
        html = editor.post(
            address("revise", draft), {**FORM, "title_ru": "Второе", "seen": seen}, **ENGLISH
        ).content.decode()
        assert "Somebody else changed this draft meanwhile." in html
        assert "Второе" in html
        assert Call.objects.get().title_ru == "Первое"


class TestWhatCanOnlyBeRefused:
    def test_has_no_form(self, enter, editor, planted):
        call = DraftCallFactory()
        assert editor.get(address("extend", call)).status_code == 302
        calls.cancel(call, reason="Money went elsewhere", by=None, at=timezone.now())
        answers = [editor.get(address(name, call), **ENGLISH) for name in ("extend", "revise")]
        answers.append(enter(roles.FINANCE_OFFICER).get(address("fund", call), **ENGLISH))
        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert told(answers[-1]) == ["The call was cancelled."]
