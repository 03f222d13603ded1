"""The four lists: what they show and find, how they count, and what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.ledger import posting
from ashar.ledger.models import Journal, Role
from ashar.money import Money
from cms.wagtail_hooks import ROOMS
from diaspora import words
from tests.cms.staff.conftest import an_event
from tests.factories.gifts import StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import DraftProjectFactory, OpenProjectFactory


def listed(client, address: str) -> list[str]:
    """Return the texts of the first column's cells."""
    rows = client.get(address).context["table"].rows
    return [str(row.instance) for row in rows]


def two_currencies(project) -> Journal:
    """Post a journal that moves won and som."""
    bank = posting.open_fund("operations", kind="operations", title="Operations")
    legs = [
        posting.Entry(project.fund, Role.CONVERSION, Money(-70_000, "KRW")),
        posting.Entry(bank, Role.CLEARING, Money(70_000, "KRW")),
        posting.Entry(project.fund, Role.GIVEN, Money(-4_500_50, "KGS")),
        posting.Entry(bank, Role.BANK, Money(4_500_50, "KGS")),
    ]
    return posting.post("won:1", kind="barter", legs=legs, at=NOON)


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

    @pytest.mark.parametrize(
        ("question", "found"),
        [("?giver=Асанов", 1), ("?giver=асанов", 1), ("?giver=НУРБЕК", 1), ("?giver=Исакова", 0), ("?giver=%25", 0),
         ("?receipt=2026-000001", 1), ("?receipt=000001", 1), ("?receipt=000002", 0), ("?giver=Нурбек&receipt=9", 0)],
    )  # fmt: skip
    def test_gifts_of_one_giver_or_receipt(self, officer, gift, question, found):
        StartedGiftFactory(project=gift.project, name="Бермет")
        assert listed(officer, f"/cms/gifts/{question}") == [str(gift)] * found

    def test_a_long_name_is_cut_in_the_table_only(self, officer, gift):
        gift.name = "Ж" * 120
        gift.save()
        assert "Ж" * 39 + "…" in officer.get("/cms/gifts/").content.decode()
        assert "Ж" * 40 not in officer.get("/cms/gifts/").content.decode()
        whole = [f"/cms/gifts/inspect/{gift.pk}/", "/cms/gifts/?export=csv"]
        assert ["Ж" * 120 in b"".join(officer.get(address)).decode() for address in whole] == [True, True]

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

    @pytest.mark.parametrize(
        ("address", "field"),
        [("gifts/?state=nonsense", "state"), ("gifts/?started_at_from=x&started_at_to=y", "started_at"),
         ("gifts/?giver=" + "x" * 201, "giver"), ("gifts/?receipt=%00", "receipt"),
         ("refunds/?currency=XXX", "currency"), ("journals/?fund=x", "fund")],
    )  # fmt: skip
    def test_one_bad_value_is_one_sentence(self, officer, gift, address, field):
        page = officer.get(f"/cms/{address}")
        assert {name: len(told) for name, told in page.context["filters"].form.errors.items()} == {field: 1}
        assert page.content.decode().count('class="error-message"') == 1

    def test_every_kind_of_journal_that_has_a_sentence_can_be_found(self):
        assert set(words.KINDS) == set(words.SENTENCES)

    @pytest.mark.parametrize("code", ["ru", "ky"])
    def test_kinds_have_words_of_the_language(self, code):
        with translation.override("en"):
            english = {kind: str(label) for kind, label in words.KINDS.items()}
        with translation.override(code):
            assert [kind for kind, label in words.KINDS.items() if str(label) == english[kind]] == []


class TestOrder:
    @pytest.mark.parametrize(
        ("room", "columns"),
        [
            ("gifts", ["started_at", "project", "state", "name", "receipt"]),
            ("refunds", ["requested_at", "state", "reason", "requested_by", "approved_by", "refusal__by"]),
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
            ("gifts", ["Взносы", "Крыша школы", "50 $", "Получен", "Нурбек Асанов", "2026-000001"]),
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


class TestAmountsAndFunds:
    def cells_of(self, client, language: str, number: int) -> tuple[str, str]:
        """Return amount and funds of one journal as its list tells them."""
        with_language = {"Accept-Language": language}
        html = client.get("/cms/journals/", headers=with_language).content.decode().replace("\xa0", " ")
        [row] = re.findall(rf'<tr[^>]*>(?:(?!</tr>).)*inspect/{number}/"(?:(?!</tr>).)*</tr>', html, re.DOTALL)
        cells = [re.sub(r"\s+", " ", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        return cells[2], cells[3]

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("ru", ("4 372,50 сом; 48,25 $", "Крыша школы; Обеспечение работы")),
            ("en", ("KGS 4,372.50; $48.25", "A school roof; Operations")),
            ("ky", ("4 372,50 сом; 48,25 $", "Мектептин чатыры; Ишти уюштуруу")),
        ],
    )
    def test_a_journal_says_how_much_it_moved_and_whose_money(self, officer, gift, language, told):
        assert self.cells_of(officer, language, gift.payment.movements.get().journal_id) == told

    def test_each_currency_has_its_sum(self, officer, school):
        journal = two_currencies(school)
        assert self.cells_of(officer, "ru", journal.pk)[0] == "70 000 ₩; 4 500,50 сом"

    def test_a_name_that_is_not_in_the_officers_language_is_marked(self, officer, gift):
        gift.project.title_ru = ""
        gift.project.save()
        number = gift.payment.movements.get().journal_id
        name = '<span lang="ky">Мектептин чатыры</span>'
        assert self.cells_of(officer, "ru", number)[1] == f"{name}; Обеспечение работы"
        assert name in officer.get("/cms/gifts/", headers={"Accept-Language": "ru"}).content.decode()

    def test_funds_are_chosen_by_the_names_of_their_projects(self, officer, gift):
        html = officer.get("/cms/journals/", headers={"Accept-Language": "en"}).content.decode()
        assert f'<option value="{gift.project.fund_id}">A school roof</option>' in html

    @pytest.mark.parametrize(
        ("language", "order"),
        [
            ("ky", ["Баары", "Жол", "Ишти уюштуруу", "Көпүрө", "Мектептин чатыры", "Өтмөк", "Үйлөр"]),
            ("en", ["All", "A bridge", "A school roof", "Houses", "Operations", "Road", "Underpass"]),
        ],
    )
    def test_funds_stand_in_the_order_of_the_names_that_are_read(self, officer, school, language, order):
        posting.open_fund("operations", kind="operations", title="Яблоко")
        for ky, en in (("Үйлөр", "Houses"), ("Көпүрө", "A bridge"), ("Өтмөк", "Underpass"), ("Жол", "Road")):
            DraftProjectFactory(title_ky=ky, title_en=en)
        page = officer.get("/cms/journals/", headers={"Accept-Language": language})
        assert [label for _, label in page.context["filters"].form.fields["fund"].choices] == order

    def test_as_many_funds_as_there_are_cost_no_query_more(self, officer, django_assert_num_queries):
        DraftProjectFactory()
        with CaptureQueriesContext(connection) as few:
            officer.get("/cms/journals/")
        DraftProjectFactory.create_batch(2)
        with django_assert_num_queries(len(few)):
            officer.get("/cms/journals/")
