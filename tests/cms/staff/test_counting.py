"""The four lists: how they count, and what they cost."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ashar.payments.models import Refund
from cms.staff.books import BooksRoom
from cms.staff.people import PeopleRoom
from cms.staff.rooms import counted
from cms.wagtail_hooks import ROOMS
from tests.cms.staff.conftest import an_event
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory


class TestCounting:
    """The foot of a list says how many there are, in a phrase that bends as its language does."""

    @pytest.mark.parametrize("room", [*ROOMS, PeopleRoom])
    @pytest.mark.parametrize("count", [0, 1, 2, 5, 11, 21])
    def test_kyrgyz_has_one_form_for_every_number(self, room, count):
        phrase = {"gifts": "салым", "refunds": "кайтаруу", "events": "окуя", "journals": "жазуу", "people": "адам"}
        with translation.override("ky"):
            assert counted(room.counted, count) == f"{count} {phrase[room.name]}"

    @pytest.mark.parametrize(
        ("room", "told"),
        [
            ("gifts", "0 взносов, 1 взнос, 2 взноса, 5 взносов, 11 взносов, 21 взнос"),
            (
                "refunds",
                (
                    "0 возвратов средств, 1 возврат средств, 2 возврата средств, 5 возвратов средств, "
                    "11 возвратов средств, 21 возврат средств"
                ),
            ),
            ("events", "0 событий, 1 событие, 2 события, 5 событий, 11 событий, 21 событие"),
            ("journals", "0 записей, 1 запись, 2 записи, 5 записей, 11 записей, 21 запись"),
            ("people", "0 человек, 1 человек, 2 человека, 5 человек, 11 человек, 21 человек"),
        ],
    )
    def test_russian_has_three(self, room, told):
        [words_of_room] = [each.counted for each in (*ROOMS, PeopleRoom) if each.name == room]
        with translation.override("ru"):
            assert ", ".join(counted(words_of_room, count) for count in (0, 1, 2, 5, 11, 21)) == told

    def test_english_has_two_and_thousands_stand_apart(self):
        with translation.override("en"):
            told = [counted(BooksRoom.counted, count) for count in (0, 1, 2, 21, 1234)]
        assert told == ["0 entries", "1 entry", "2 entries", "21 entries", "1,234 entries"]

    @pytest.mark.parametrize(
        ("more", "told"), [(0, "1 событие"), (1, "2 события"), (7, "8 событий"), (20, "21 событие")]
    )
    def test_the_foot_of_the_list_says_it(self, officer, quarantined_event, more, told):
        for number in range(more):
            an_event(number + 2)
        page = officer.get("/cms/events/", headers={"Accept-Language": "ru"})
        [foot] = re.findall(r'pagination__end">\s*(.*?)\s*</div>', page.content.decode())
        assert foot == told

    @pytest.mark.parametrize(
        ("language", "empty", "filtered"),
        [
            ("ky", "Бул жерде азырынча эч нерсе жок.", "Эч нерсе табылган жок."),
            ("ru", "Здесь пока ничего нет.", "Ничего не найдено."),
            ("en", "Nothing is here yet.", "Nothing was found."),
        ],
    )
    def test_an_empty_list_says_so_in_a_whole_sentence(self, officer, language, empty, filtered):
        pages = [
            officer.get(f"/cms/events/{question}", headers={"Accept-Language": language}).content.decode()
            for question in ("", "?state=done")
        ]
        assert [f"<p>{told}</p>" in page for told, page in zip((empty, filtered), pages, strict=True)] == [True, True]


class TestCost:
    """A list costs the same for one row and for three."""

    @pytest.fixture
    def count(self, officer):
        def queries(address: str) -> int:
            officer.get(address)
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as told:
                response = officer.get(address)
                assert (response.status_code, len(b"".join(response)) > 0) == (200, True)
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
    @pytest.mark.parametrize("question", ["", "?export=csv", "?export=xlsx"])
    def test_of_a_list(self, count, rows_come, room, question):
        one = count(f"/cms/{room}/{question}")
        rows_come()
        assert count(f"/cms/{room}/{question}") == one
