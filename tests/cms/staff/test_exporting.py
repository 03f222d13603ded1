"""Tables that officers take away: their language, their sums, their rows, and that no cell runs."""

import csv
import io
import re
from collections import defaultdict

import openpyxl
import pytest
from django.utils import timezone

from ashar.ledger.models import Journal, Leg
from ashar.money import Money, printed
from ashar.payments import refunds
from ashar.payments.models import Payment, Refund
from ashar.web.spreadsheets import FORMULA_STARTS
from cms.staff.exporting import in_bishkek, number
from cms.wagtail_hooks import ROOMS
from diaspora.models import Gift
from tests.cms.conftest import FAR_AWAY
from tests.cms.staff.test_lists import two_currencies
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory
from tests.factories.pools import PoolFactory

LANGUAGES = ("ky", "ru", "en")
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1"]


def table_of(client, room: str, language: str = "en", question: str = "") -> list[list[str]]:
    response = client.get(f"/cms/{room}/?export=csv{question}", headers={"Accept-Language": language})
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def rows_of(client, room: str, question: str = "") -> list[dict[str, str]]:
    head, *rows = table_of(client, room, question=question)
    return [dict(zip(head, row, strict=True)) for row in rows]


def sheet_of(client, room: str, language: str = "en"):
    response = client.get(f"/cms/{room}/?export=xlsx", headers={"Accept-Language": language})
    return openpyxl.load_workbook(io.BytesIO(b"".join(response))).active


def plain(minor: int | None, currency: str = "KGS") -> str:
    return "" if minor is None else printed.plain(Money(minor, currency))


def minor(told: str) -> int:
    """Return the smallest units of a sum that is told with all its decimals."""
    return int(told.replace(".", ""))


@pytest.fixture
def matched_and_returned(school, fresh_rates) -> Gift:
    """A gift that was matched and of which a part went back: four journals and one of the pool."""
    PoolFactory(slug="ministry", closes_on=FAR_AWAY)
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(20_00, "USD"))
    return gift


class TestLanguages:
    HEADS = {
        ("gifts", "ky"): "Номер,Башталды (Бишкек убактысы),Алынды (Бишкек убактысы),Долбоор,Абалы,Талаш,Сумма,Валюта,"
        '"Суммасы, сом менен",Кайтарылды,"Кайтарылды, сом менен",Калды,"Калды, сом менен",'
        '"Калганынын карта менен төлөө комиссиясы, сом менен",Салым кошуучу,Кантип көрсөтүлөт,'
        "Электрондук почта,Тил,Дүмүрчөк",
        (
            "gifts",
            "ru",
        ): "Номер,Начат (время Бишкека),Получен (время Бишкека),Проект,Состояние,Оспаривание,Сумма,Валюта,"
        'Сумма в сомах,Возвращено,"Возвращено, в сомах",Остаётся,"Остаётся, в сомах",'
        '"Комиссия за оплату картой с остатка, в сомах",Жертвователь,Как показано,'
        "Электронная почта,Язык,Квитанция",
        ("refunds", "ky"): "Номер,Төлөм,Долбоор,Абалы,Сумма,Валюта,Себеби,Ким сурады,"
        "Суралган убактысы (Бишкек убактысы),Ким жактырды,Ким четке какты,"
        "Четке кагылды (Бишкек убактысы),Эмне үчүн четке кагылды,Жөнөтүлдү (Бишкек убактысы),Эмне үчүн ишке ашкан жок",
        ("refunds", "ru"): "Номер,Платёж,Проект,Состояние,Сумма,Валюта,Причина,Кто запросил,"
        "Запрошен (время Бишкека),Кто одобрил,Кто отказал,Отказано (время Бишкека),Почему отказано,"
        "Отправлен (время Бишкека),Почему не удалось",
        ("journals", "ky"): "Номер,Ачкычы,Түрү,Жазылган убактысы (Бишкек убактысы),Кайсы күнгө эсептелет,Эмне болду,"
        "Фонд,Эсеп,Суммасы (дебет плюс менен),Валюта,Хеш",
        ("journals", "ru"): "Номер,Ключ,Вид,Записано (время Бишкека),Учтено за день,Что произошло,"
        "Фонд,Счёт,Сумма (дебет с плюсом),Валюта,Хеш",
        ("journals", "en"): "Number,Key,Kind,Written (Bishkek time),Counts for,What happened,"
        'Fund,Account,"Amount, debit positive",Currency,Hash',
    }

    @pytest.mark.parametrize(("room", "language"), HEADS)
    def test_headings_are_in_the_officers_language(self, officer, waiting_refund, room, language):
        [expected] = csv.reader([self.HEADS[room, language]])
        assert table_of(officer, room, language)[0] == expected
        assert [cell.value for cell in sheet_of(officer, room, language)[1]] == expected

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    @pytest.mark.parametrize("language", ["ky", "ru"])
    def test_no_heading_is_english(self, officer, room, language):
        assert [name for name in table_of(officer, room, language)[0] if re.search("[a-zA-Z]", name)] == []

    @pytest.mark.parametrize("room", [room.name for room in ROOMS])
    def test_figures_are_the_same_in_every_language(self, officer, waiting_refund, quarantined_event, room):
        told = {language: table_of(officer, room, language)[1:] for language in LANGUAGES}
        figures = {
            language: [[cell for cell in row if re.fullmatch("-?[0-9.]+", cell)] for row in rows]
            for language, rows in told.items()
        }
        assert figures["ky"] == figures["ru"] == figures["en"]
        assert [] not in figures["en"]

    @pytest.mark.parametrize(
        ("language", "gift", "refund"),
        [
            ("ky", ("Мектептин чатыры", "Алынды"), "экинчи адамдын чечимин күтүүдө"),
            ("ru", ("Крыша школы", "Получен"), "ждёт решения второго человека"),
            ("en", ("A school roof", "Received"), "waits for a second person"),
        ],
    )
    def test_projects_and_states_are_words(self, officer, waiting_refund, language, gift, refund):
        [given], [back] = table_of(officer, "gifts", language)[1:], table_of(officer, "refunds", language)[1:]
        assert (given[3], given[4]) == gift
        assert (back[2], back[3]) == (gift[0], refund)

    @pytest.mark.parametrize(
        ("language", "kind", "fund", "words"),
        [
            ("ky", "төлөм", "Мектептин чатыры", "Салым: 50 $. Салым кошуучу: "),
            ("ru", "платёж", "Крыша школы", "Взнос: 50 $. Жертвователь: "),
            ("en", "payment", "A school roof", "Gift of $50. Giver: "),
        ],
    )
    def test_legs_are_told_in_words(self, officer, gift, language, kind, fund, words):
        _head, *rows = table_of(officer, "journals", language)
        assert {row[2] for row in rows} == {kind}
        assert fund in {row[6] for row in rows}
        assert {row[5].replace("\xa0", " ").startswith(words) for row in rows} == {True}


class TestLedger:
    def test_every_leg_has_its_row(self, officer, matched_and_returned):
        rows = rows_of(officer, "journals")
        legs = Leg.objects.select_related("journal", "account").order_by("-journal", "id")
        assert [(row["Key"], row["Amount, debit positive"], row["Currency"]) for row in rows] == [
            (leg.journal.key, printed.plain(leg.amount), leg.account.currency) for leg in legs
        ]

    def test_every_journal_sums_to_zero_in_each_currency(self, officer, matched_and_returned):
        two_currencies(matched_and_returned.project)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for row in rows_of(officer, "journals"):
            sums[row["Key"], row["Currency"]] += minor(row["Amount, debit positive"])
        assert set(sums) == set(Leg.objects.values_list("journal__key", "account__currency"))
        assert set(sums.values()) == {0}

    def test_won_have_no_decimals_and_som_have_two(self, officer, school):
        two_currencies(school)
        assert [row["Amount, debit positive"] for row in rows_of(officer, "journals")] == [
            "-70000",
            "70000",
            "-4500.50",
            "4500.50",
        ]

    def test_a_sheet_holds_numbers_with_the_decimals_of_their_currency(self, officer, school):
        two_currencies(school)
        cells = [row[8] for row in sheet_of(officer, "journals").iter_rows(min_row=2)]
        assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
            (-70_000, "n", "0"),
            (70_000, "n", "0"),
            (-4500.5, "n", "0.00"),
            (4500.5, "n", "0.00"),
        ]

    def test_an_unknown_kind_is_named_as_it_is(self, officer, school):
        two_currencies(school)
        assert {(row["Kind"], row["What happened"]) for row in rows_of(officer, "journals")} == {
            ("barter", "Entry in the books (barter): KGS\xa04,500.50")
        }

    def test_the_journals_of_one_fund_come_with_all_their_legs(self, officer, matched_and_returned):
        two_currencies(matched_and_returned.project)
        operations = Journal.objects.get(key="won:1").legs.get(account__role="bank").account.fund_id
        touching = Journal.objects.filter(legs__account__fund=operations).distinct()
        rows = rows_of(officer, "journals", f"&fund={operations}")
        assert len(rows) == Leg.objects.filter(journal__in=touching).count()

    def test_journals_carry_their_hashes(self, officer, gift):
        assert {row["Hash"] for row in rows_of(officer, "journals")} == {Journal.objects.get().hash}

    def test_legs_come_in_pieces_without_gaps(self, officer, matched_and_returned, monkeypatch):
        whole = rows_of(officer, "journals")
        monkeypatch.setattr("diaspora.queries.trails.AT_ONCE", 2)
        assert rows_of(officer, "journals") == whole


class TestGiftsAndRefunds:
    def test_gifts_say_sums_in_whole_units(self, officer, school, fresh_rates):
        gifts = [
            ReceivedGiftFactory(project=school),
            ReceivedGiftFactory(project=school, amount=Money(70_000, "KRW")),
            StartedGiftFactory(project=school),
        ]
        told = {row["Number"]: row for row in rows_of(officer, "gifts")}
        for gift in gifts:
            row = told[str(gift.pk)]
            assert (row["Amount"], row["Currency"]) == (plain(gift.amount_minor, gift.currency), gift.currency)
            assert (row["Worth in som"], row["Card fee of what remains, in som"]) == (
                plain(gift.som_minor),
                plain(gift.fee_som_minor),
            )
        assert {row["Amount"] for row in told.values()} == {"50.00", "70000"}

    def test_worth_of_gifts_is_what_the_ledger_says_was_given(self, officer, school, fresh_rates):
        for _ in range(3):
            ReceivedGiftFactory(project=school)
        told = sum(minor(row["Worth in som"]) for row in rows_of(officer, "gifts"))
        given = Leg.objects.filter(account__fund=school.fund, account__role="given").values_list(
            "amount_minor", flat=True
        )
        assert told == -sum(given)

    def test_refunds_say_sums_in_whole_units(self, officer, waiting_refund):
        [row] = rows_of(officer, "refunds")
        assert (row["Number"], row["Amount"], row["Currency"]) == (str(Refund.objects.get().pk), "500.00", "USD")
        assert (row["Asked for by"], row["Approved by"]) == (waiting_refund.requested_by.email, "")

    def test_a_refused_refund_says_who_refused_it_and_when(self, officer, waiting_refund):
        [waiting] = rows_of(officer, "refunds")
        assert (waiting["Refused by"], waiting["Refused (Bishkek time)"]) == ("", "")
        second = FinanceOfficerFactory(email="second@example.org")
        refunds.refuse(waiting_refund, reason="Paid once", by=second, at=NOON)
        [refused] = rows_of(officer, "refunds")
        told = [refused[name] for name in ("Approved by", "Refused by", "Refused (Bishkek time)", "Why it was refused")]
        assert told == ["", "second@example.org", str(in_bishkek(NOON)), "Paid once"]

    def test_a_refund_of_a_payment_that_is_no_gift_has_no_project(self, officer, waiting_refund):
        payment = Payment.objects.create(
            fund=waiting_refund.payment.fund, amount_minor=1, currency="USD", livemode=False, language="en",
            subject="Wood", success_path="/", cancel_path="/", created_at=NOON,
        )  # fmt: skip
        Refund.objects.create(payment=payment, amount_minor=1, currency="USD", reason="x", requested_at=NOON)
        told = {row["Payment"]: row["Project"] for row in rows_of(officer, "refunds")}
        assert told == {str(payment.pk): "", str(waiting_refund.payment_id): "A school roof"}
        assert officer.get("/cms/refunds/").status_code == 200

    def test_languages_have_their_names(self, officer, gift):
        assert rows_of(officer, "gifts")[0]["Language"] in {"Кыргызча", "Русский", "English"}


class TestMoments:
    def test_the_clock_is_that_of_bishkek(self, officer, gift):
        [row] = rows_of(officer, "gifts")
        local = timezone.localtime(gift.started_at, timezone.get_default_timezone())
        assert row["Started (Bishkek time)"] == f"{local:%Y-%m-%d %H:%M:%S}"
        cell = sheet_of(officer, "gifts")["B2"]
        assert (cell.is_date, f"{cell.value:%Y-%m-%d %H:%M:%S}") == (True, row["Started (Bishkek time)"])

    def test_whatever_zone_the_officer_has_chosen(self):
        with timezone.override("Asia/Seoul"):
            assert in_bishkek(NOON.replace(microsecond=7)) == in_bishkek(NOON)
            assert in_bishkek(NOON).hour == NOON.astimezone(timezone.get_default_timezone()).hour

    def test_no_moment_is_an_empty_cell(self):
        assert (in_bishkek(None), number(None)) == (None, None)


class TestFiles:
    @pytest.mark.parametrize(("room", "rows"), [("gifts", 1), ("refunds", 1), ("events", 1)])
    def test_every_room_exports_both_ways(self, officer, waiting_refund, quarantined_event, room, rows):
        assert len(rows_of(officer, room)) == rows
        assert sheet_of(officer, room).max_row == rows + 1

    def test_what_is_not_there_leaves_its_cell_empty(self, officer, school, fresh_rates):
        StartedGiftFactory(project=school, name="")
        cells = next(sheet_of(officer, "gifts").iter_rows(min_row=2))
        assert {cell.data_type for cell in cells} == {"s", "n", "d"}
        assert [cell.value for cell in cells].count(None) == 10

    def test_what_is_filtered_is_exported_filtered(self, officer, gift):
        StartedGiftFactory(project=gift.project)
        assert len(rows_of(officer, "gifts", "&state=started")) == 1

    def test_files_are_called_by_their_room(self, officer, gift):
        assert "gifts.csv" in officer.get("/cms/gifts/?export=csv")["Content-Disposition"]

    def test_excel_is_told_which_letters_these_are(self, officer, gift):
        assert b"".join(officer.get("/cms/gifts/?export=csv")).startswith(b"\xef\xbb\xbf")

    def test_no_export_carries_what_the_card_service_sent(self, officer, quarantined_event):
        assert "payload-canary" not in str(rows_of(officer, "events"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_text_of_a_giver_becomes_a_formula(self, officer, school, fresh_rates, text):
        StartedGiftFactory(project=school, name=f"{text}x")
        [row], [_head, cells] = rows_of(officer, "gifts"), sheet_of(officer, "gifts").iter_rows(values_only=True)
        told = [cell for cell in (*row.values(), *cells) if isinstance(cell, str)]
        assert [cell for cell in told if cell.lstrip(" ").startswith(FORMULA_STARTS)] == []
        assert len([cell for cell in told if cell.startswith("'")]) == 2
