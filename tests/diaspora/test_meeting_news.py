"""What of a meeting is news to who comes, told once, and what is known of it from then on."""

import uuid
from collections.abc import Mapping
from datetime import timedelta

import pytest

from ashar.notices.models import Notice
from ashar.outbox.models import Message
from ashar.privacy import retention
from diaspora import attendance, meeting_news
from diaspora.meeting_letters import Letter
from diaspora.models import Attendance, Meeting
from tests.diaspora.test_attendance import DAY, FACTS, HOUR, KEY, come, occasion, taken
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

WHERE = {"ky": "Ансан шаары", "ru": "Ансан"}
ROOM = "https://example.org/room"


def meeting(**known) -> Meeting:
    return Meeting(
        **{"key": KEY, "starts_at": NOON + 9 * DAY, "ends_at": NOON + 9 * DAY + HOUR, "where": WHERE, **known}
    )


@pytest.mark.parametrize(
    ("known", "told", "is_news"),
    [
        ({}, {}, False),
        ({}, {"slug": "other", "places": 3}, False),
        ({}, {"starts_at": NOON}, True),
        ({}, {"ends_at": NOON + 10 * DAY}, True),
        ({}, {"online": ROOM}, True),
        ({"online": ROOM}, {"online": ROOM}, False),
        ({}, {"is_off": True}, True),
        ({"is_off": True}, {}, True),
        ({"is_off": True}, {"is_off": True, "starts_at": NOON, "online": ROOM}, False),
        ({}, {"where": {"ky": "Ансан шаары", "ru": "Сеул"}}, True),
        ({}, {"where": {"ky": "Сеул", "ru": "Ансан"}}, False),
        ({}, {"where": {**WHERE, "en": "Ansan"}, "language": "en"}, False),
        ({}, {"where": {"ky": "Ансан шаары"}}, False),
        ({"where": {}}, {"online": ROOM}, False),
        ({"where": {}}, {"is_off": True}, True),
        ({"where": {}}, {"starts_at": NOON}, True),
    ],
)
def test_it_is_news_that_a_meeting_is_off_or_on_or_elsewhere(known, told, is_news):
    now = occasion(**{"where": WHERE, "language": "ru", **told})
    assert meeting_news.is_news(meeting(**known), now) is is_news


@pytest.mark.parametrize(
    ("known", "told", "language", "left"),
    [
        ({}, WHERE, "ru", WHERE),
        (WHERE, WHERE, "ru", WHERE),
        (WHERE, {**WHERE, "ru": "Сеул"}, "ru", {"ru": "Сеул"}),
        ({"ru": "Сеул"}, {**WHERE, "ru": "Сеул"}, "ru", {"ru": "Сеул"}),
        ({"ru": "Сеул"}, {"ky": "Сеул шаары", "ru": "Сеул"}, "ky", {"ky": "Сеул шаары", "ru": "Сеул"}),
        (WHERE, {"ky": "Ансан шаары"}, "ru", WHERE),
    ],
)
def test_what_other_languages_say_is_not_known_once_one_names_another_place(known, told, language, left):
    assert meeting_news.where(meeting(where=known), occasion(where=told, language=language)) == left


def move(**told) -> None:
    attendance.move(occasion(**{"where": WHERE, "language": "ru", **told}), at=NOON)


def sent() -> list[Mapping[str, object]]:
    return list(Message.objects.filter(topic="meeting.changed").order_by("sent_at").values_list("payload", flat=True))


@pytest.fixture
def word(db) -> Attendance:
    return come(PersonFactory(email="aigul@example.org"), where=WHERE)


class TestMoving:
    def test_sends_what_is_news_on_once(self, word):
        for _ in range(2):
            move(is_off=True)
        assert sent() == [{"meeting": str(KEY), "was_off": False, "is_off": True, "since": NOON.isoformat()}]

    def test_sends_nothing_on_about_what_is_over(self, word):
        move(starts_at=NOON - HOUR, ends_at=NOON)
        assert (sent(), Meeting.objects.get().ends_at) == ([], NOON)

    def test_keeps_who_was_reminded_until_the_beginning_moves(self, word):
        attendance.remind(word, facts=FACTS, at=NOON + 8 * DAY)
        move(ends_at=NOON + 10 * DAY)
        assert list(attendance.due(at=NOON + 8 * DAY + HOUR)) == []
        move(starts_at=NOON + 9 * DAY + HOUR, ends_at=NOON + 10 * DAY)
        [due] = attendance.due(at=NOON + 8 * DAY + HOUR)
        attendance.remind(due, facts=FACTS, at=NOON + 8 * DAY + HOUR)
        assert Notice.objects.filter(kind=Letter.IS_NEAR).count() == 2


class TestTheLetters:
    def test_are_one_for_each_message(self, word):
        first, second = uuid.UUID(int=1), uuid.UUID(int=2)
        for about in (first, first, second):
            attendance.tell(word, Letter.IS_OFF, about=about, facts=FACTS, at=NOON)
        assert list(Notice.objects.values_list("subject", flat=True)) == ["Отменено: Жыйын"] * 2

    def test_are_not_written_to_who_has_taken_it_back(self, word):
        attendance.stay_away(KEY, by=word.person)
        attendance.tell(word, Letter.IS_OFF, about=KEY, facts=FACTS, at=NOON)
        assert Notice.objects.count() == 0

    def test_are_for_who_had_said_so_before(self, word):
        come(PersonFactory(), at=NOON + HOUR)
        come(PersonFactory(is_active=False))
        assert [each.person for each in attendance.to_tell(KEY, said_until=NOON)] == [word.person]

    def test_go_with_the_word_and_no_others(self, word):
        others = come(word.person, key=uuid.UUID(int=8), slug="other")
        for about in (word, others):
            for letter in Letter:
                attendance.tell(about, letter, about=KEY, facts=FACTS, at=NOON)
        Notice.objects.create(key=f"meeting-is-near:{word.pk}", kind="meeting_is_near", language="ru", person=word.person, told_at=NOON)  # fmt: skip
        attendance.forget(KEY)
        assert Attendance.objects.get() == others
        assert {key.split(":")[1] for key in Notice.objects.values_list("key", flat=True)} == {str(others.pk)}
        assert Notice.objects.count() == len(Letter)

    def test_are_gone_a_week_after_the_meeting(self, word):
        attendance.tell(word, Letter.HAS_CHANGED, about=KEY, facts=FACTS, at=NOON)
        retention.keep(at=occasion().ends_at + 7 * DAY + timedelta(hours=1))
        assert (Notice.objects.count(), taken()) == (0, [])
