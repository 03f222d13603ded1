"""The four lists: what they show, find and export, and what they cost."""

import csv
import io

import openpyxl
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.ledger.models import Journal
from ashar.payments.models import Refund
from cms.staff.books import KINDS
from cms.staff.rooms import FORMULA_STARTS, harmless
from cms.wagtail_hooks import ROOMS
from diaspora import words
from tests.cms.staff.conftest import an_event
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"]


def listed(client, address: str) -> list[str]:
    """Return the texts of the first column's cells."""
    rows = client.get(address).context["table"].rows
    return [str(row.instance) for row in rows]


def csv_of(client, room: str, question: str = "") -> list[dict[str, str]]:
    response = client.get(f"/cms/{room}/?export=csv{question}")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def xlsx_of(client, room: str) -> list[tuple[object, ...]]:
    response = client.get(f"/cms/{room}/?export=xlsx")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


class TestFilters:
    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("", 2),
            ("?state=received", 1),
            ("?state=started", 1),
            ("?state=returned", 0),
            ("?currency=USD", 2),
            ("?currency=KRW", 0),
            ("?started_at_from=2026-11-20&started_at_to=2026-11-20", 2),
            ("?started_at_from=2026-11-21", 0),
            ("?started_at_to=2026-11-19", 0),
        ],
    )
    def test_gifts(self, officer, gift, question, found):
        StartedGiftFactory(project=gift.project)
        assert len(listed(officer, f"/cms/gifts/{question}")) == found

    def test_gifts_of_one_project(self, officer, gift):
        other = OpenProjectFactory(slug="bridge", association=gift.project.association)
        theirs = StartedGiftFactory(project=other)
        assert listed(officer, f"/cms/gifts/?project={other.pk}") == [str(theirs)]

    @pytest.mark.parametrize(
        ("question", "found"),
        [("", 1), ("?state=requested", 1), ("?state=succeeded", 0), ("?currency=USD", 1), ("?currency=EUR", 0)],
    )
    def test_refunds(self, officer, waiting_refund, question, found):
        assert len(listed(officer, f"/cms/refunds/{question}")) == found

    @pytest.mark.parametrize(
        ("question", "found"),
        [("", 2), ("?state=quarantined", 1), ("?state=done", 1), ("?state=dead", 0), ("?type=charge", 2),
         ("?type=DISPUTE", 0), ("?type=charge.updated&state=done", 1)],
    )  # fmt: skip
    def test_events(self, officer, quarantined_event, question, found):
        an_event(2, state="done", reason="")
        assert len(listed(officer, f"/cms/events/{question}")) == found

    @pytest.mark.parametrize(
        ("question", "found"),
        [("", 1), ("?kind=charge", 1), ("?kind=match", 0), ("?effective_on_from=2026-11-20", 1),
         ("?effective_on_from=2026-11-21", 0), ("?fund={school}", 1), ("?fund={operations}", 1), ("?fund={idle}", 0)],
    )  # fmt: skip
    def test_journals(self, officer, gift, question, found):
        idle = OpenProjectFactory(slug="idle", association=gift.project.association)
        operations = Journal.objects.get().legs.filter(account__fund__key="operations").first().account.fund_id
        address = question.format(school=gift.project.fund_id, operations=operations, idle=idle.fund_id)
        assert len(listed(officer, f"/cms/journals/{address}")) == found

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    @pytest.mark.parametrize("question", ["?state=nonsense", "?fund=x", "?effective_on_from=32.13.2026", "?p=999"])
    def test_nonsense_is_no_error(self, officer, gift, room, question):
        assert officer.get(f"/cms/{room}/{question}", follow=True).status_code in {200, 404}

    def test_every_kind_of_journal_that_has_a_sentence_can_be_found(self):
        assert set(KINDS) == set(words.SENTENCES)

    @pytest.mark.parametrize("code", ["ru", "ky"])
    def test_kinds_have_words_of_the_language(self, code):
        with translation.override("en"):
            english = {kind: str(label) for kind, label in KINDS.items()}
        with translation.override(code):
            assert [kind for kind, label in KINDS.items() if str(label) == english[kind]] == []


class TestOrder:
    @pytest.mark.parametrize(
        ("room", "columns"),
        [
            ("gifts", ["started_at", "project", "state", "name", "receipt"]),
            ("refunds", ["requested_at", "state", "reason", "requested_by", "approved_by"]),
            ("events", ["received_at", "type", "state", "reason", "attempts", "event_id"]),
            ("journals", ["id", "kind", "key", "effective_on"]),
        ],
    )
    def test_lists_are_ordered_by_their_columns_both_ways(
        self, officer, waiting_refund, quarantined_event, room, columns
    ):
        ways = [f"/cms/{room}/?ordering={sign}{column}" for column in columns for sign in ("", "-")]
        assert {officer.get(way).status_code for way in ways} == {200}
        page = officer.get(f"/cms/{room}/").content.decode()
        assert [
            column for column in columns if f"ordering={column}" not in page.replace("ordering=-", "ordering=")
        ] == []

    def test_newest_come_first(self, officer, gift):
        later = StartedGiftFactory(project=gift.project, at=NOON.replace(hour=9))
        assert listed(officer, "/cms/gifts/") == [str(later), str(gift)]

    def test_sums_of_different_currencies_are_not_ordered(self, officer, gift):
        assert "ordering=amount" not in officer.get("/cms/gifts/").content.decode()


class TestWords:
    @pytest.mark.parametrize(
        ("room", "words"),
        [
            ("gifts", ["Взносы", "Крыша школы", "50,00 $", "Получен", "Нурбек Асанов", "2026-000001"]),
            ("journals", ["Реестр операций", "платёж", "20 ноября 2026"]),
        ],
    )
    def test_lists_speak_russian(self, officer, gift, room, words):
        html = officer.get(f"/cms/{room}/", headers={"Accept-Language": "ru"}).content.decode()
        assert [word for word in words if word not in html.replace("\xa0", " ").replace("\u202f", " ")] == []

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    def test_each_row_leads_to_its_page(self, officer, waiting_refund, quarantined_event, room):
        assert f'href="/cms/{room}/inspect/' in officer.get(f"/cms/{room}/").content.decode()

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    def test_an_empty_list_is_no_error(self, officer, room):
        assert listed(officer, f"/cms/{room}/") == []


class TestCost:
    """A list costs the same for one row and for three."""

    @pytest.fixture
    def count(self, officer):
        def queries(address: str) -> int:
            officer.get(address)
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as told:
                assert officer.get(address).status_code == 200
            return len(told)

        return queries

    @pytest.fixture
    def rows_come(self, waiting_refund, quarantined_event):
        """Let two more of everything come."""

        def more() -> None:
            for number in (2, 3):
                people = OpenProjectFactory(slug=f"school-{number}").association
                project = OpenProjectFactory(slug=f"bridge-{number}", association=people)
                gift = ReceivedGiftFactory(project=project)
                an_event(number)
                Refund.objects.create(
                    payment=gift.payment, amount_minor=1, currency="USD", reason="x", requested_at=NOON,
                    requested_by=waiting_refund.requested_by,
                )  # fmt: skip

        return more

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    @pytest.mark.parametrize("question", ["", "?export=csv"])
    def test_of_a_list(self, count, rows_come, room, question):
        one = count(f"/cms/{room}/{question}")
        rows_come()
        assert count(f"/cms/{room}/{question}") == one


class TestExport:
    def test_gifts_say_sums_in_minor_units(self, officer, gift):
        [row] = csv_of(officer, "gifts")
        assert list(row.values())[3:7] == ["school", "received", "5000", "USD"]
        assert gift.email in row.values()

    def test_journals_carry_their_hashes(self, officer, gift):
        [row] = csv_of(officer, "journals")
        assert Journal.objects.get().hash in row.values()

    @pytest.mark.parametrize(("room", "rows"), [("gifts", 1), ("refunds", 1), ("events", 1), ("journals", 1)])
    def test_every_room_exports_both_ways(self, officer, waiting_refund, quarantined_event, room, rows):
        assert len(csv_of(officer, room)) == rows
        assert len(xlsx_of(officer, room)) == rows + 1

    def test_what_is_filtered_is_exported_filtered(self, officer, gift):
        StartedGiftFactory(project=gift.project)
        assert len(csv_of(officer, "gifts", "&state=started")) == 1

    def test_files_are_called_by_their_room(self, officer, gift):
        assert "gifts.csv" in officer.get("/cms/gifts/?export=csv")["Content-Disposition"]

    def test_no_export_carries_what_the_card_service_sent(self, officer, quarantined_event):
        assert "payload-canary" not in str(csv_of(officer, "events"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_text_of_a_giver_becomes_a_formula(self, officer, school, fresh_rates, text):
        StartedGiftFactory(project=school, name=f"{text}x")
        [row], [_head, cells] = csv_of(officer, "gifts"), xlsx_of(officer, "gifts")
        told = [cell for cell in (*row.values(), *cells) if isinstance(cell, str)]
        assert [cell for cell in told if cell.startswith(FORMULA_STARTS)] == []
        assert len([cell for cell in told if cell.startswith("'")]) == 2

    @pytest.mark.parametrize("text", ["", "Айгүл", "a=1", "5 - 3", "'=1"])
    def test_harmless_text_stays_as_it_is(self, text):
        assert harmless(text) == text

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_formula_is_told_as_text(self, text):
        assert harmless(text) == f"'{text}"
