"""Who comes hears of it when the meeting is off or on again, or is at another time or place: one letter, in their language."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.audit.models import Entry
from ashar.notices.models import Notice
from ashar.outbox import delivering
from ashar.outbox.models import Delivery, Message
from cms import tasks
from cms.pages.events import EventPage
from diaspora import attendance
from diaspora.models import Attendance, Meeting
from tests.cms.test_event_facts import again, publish
from tests.cms.test_events import DAY, EVENING, HOUR, event
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.usefixtures("planted")
ROOM = "https://example.org/room"


@pytest.fixture
def russian(planted) -> EventPage:
    return event("meeting", "ru", title="Встреча", place="Ансан, дом 1")


@pytest.fixture
def kyrgyz(russian) -> EventPage:
    return event("meeting", "ky", title="Жолугушуу", translation_key=russian.translation_key, place="Ансан, 1-үй")


def comes(page: EventPage, language: str, **person) -> Attendance:
    who = PersonFactory(language=language, **person)
    return attendance.come(page.occasion(), party=2, by=who, at=timezone.now() - 5 * DAY)


def letters() -> Mapping[str, str]:
    """Return the subject of the only letter in each language."""
    told = list(Notice.objects.values_list("language", "subject"))
    assert len(told) == len(dict(told))
    return dict(told)


def text(language: str) -> str:
    return Notice.objects.get(language=language).text


def told_again() -> None:
    """Deliver everything that was sent once more."""
    Delivery.objects.filter(message__topic__in=["event.published", "meeting.changed"]).update(
        state=Delivery.State.WAITING, done_at=None
    )
    delivering.drain(timezone.now())


class TestCalledOff:
    def test_is_told_to_each_in_their_language_once(self, russian, kyrgyz):
        for language in ("ky", "ru", "en"):
            comes(russian, language)
        publish(russian, is_off=True)
        told_again()
        assert letters() == {"ky": "Болбойт: Жолугушуу", "ru": "Отменено: Встреча", "en": "Called off: Встреча"}

    def test_is_no_other_news_in_another_language(self, russian, kyrgyz):
        comes(russian, "ky")
        publish(russian, is_off=True)
        publish(kyrgyz, title="Жолугушуу!", is_off=True)
        assert letters() == {"ky": "Болбойт: Жолугушуу"}

    def test_and_on_again_is_told_too(self, russian):
        comes(russian, "ru")
        publish(russian, is_off=True)
        publish(russian, is_off=False)
        assert list(Notice.objects.order_by("told_at").values_list("subject", flat=True)) == [
            "Отменено: Встреча",
            "Всё-таки состоится: Встреча",
        ]

    def test_and_on_again_before_anybody_was_told_is_told_as_it_ended(self, russian):
        comes(russian, "ru")
        for is_off in (True, False):
            page = again(russian)
            page.is_off = is_off
            page.save_revision().publish()
            message = Message.objects.filter(topic="event.published").order_by("sent_at").last()
            delivering.deliver(message.pk, at=timezone.now())
        delivering.drain(timezone.now())
        assert letters() == {"ru": "Всё-таки состоится: Встреча"}

    def test_makes_another_time_no_news(self, russian):
        comes(russian, "ru")
        publish(russian, is_off=True)
        publish(russian, starts_at=EVENING + DAY, ends_at=EVENING + DAY)
        assert letters() == {"ru": "Отменено: Встреча"}


class TestAnotherTimeOrPlace:
    @pytest.mark.parametrize(
        ("facts", "holds"),
        [
            ({"ends_at": EVENING + 3 * HOUR}, "Когда: 5 декабря 2099\u00a0г., 19:00 – 22:00 (Сеул, GMT+09:00)"),
            ({"online": ROOM}, f"Онлайн: {ROOM}"),
            ({"place": "Ансан, дом 2"}, "Где: Ансан, дом 2"),
        ],
    )
    def test_is_told_with_what_holds_now(self, russian, facts, holds):
        comes(russian, "ru")
        publish(russian, **facts)
        told_again()
        assert letters() == {"ru": "Изменилось: Встреча"}
        assert holds in text("ru").splitlines()
        assert "http://localhost:8000/ru/my/events/meeting/" in text("ru")

    @pytest.mark.parametrize(
        "facts", [{"title": "Сбор"}, {"lead": "Для всех."}, {"places": 3}, {"body": ""}, {"zone": "Asia/Tokyo"}]
    )
    def test_is_not_what_changed_in_words_or_numbers(self, russian, facts):
        comes(russian, "ru")
        publish(russian, **facts)
        assert letters() == {}

    def test_is_told_once_though_all_that_can_change_does(self, russian):
        comes(russian, "ru")
        publish(russian, starts_at=EVENING + DAY, ends_at=EVENING + 2 * DAY, online=ROOM, place="Сеул")
        assert letters() == {"ru": "Изменилось: Встреча"}

    def test_is_told_to_who_reads_another_language_in_its_words_until_theirs_follow(self, russian, kyrgyz):
        comes(russian, "ky")
        publish(russian, place="Ансан, дом 2")
        publish(kyrgyz, place="Ансан, 2-үй")
        assert letters() == {"ky": "Өзгөрдү: Жолугушуу"}
        assert "Кайда: Ансан, дом 2" in text("ky").splitlines()

    def test_is_no_place_that_another_language_writes_otherwise(self, russian):
        comes(russian, "ky")
        draft = event("meeting", "ky", translation_key=russian.translation_key, place="Ансан, 1-үй", live=False)
        publish(draft)
        publish(russian)
        publish(draft)
        assert letters() == {}

    def test_is_told_again_once_a_language_that_has_followed_names_yet_another_place(self, russian, kyrgyz):
        comes(russian, "ru")
        publish(kyrgyz, place="Сеул")
        publish(russian, place="Сеул!")
        publish(russian, place="Ансан")
        assert Notice.objects.count() == 2

    def test_is_not_told_of_what_is_over(self, russian):
        comes(russian, "ru")
        past = timezone.now() - HOUR
        publish(russian, starts_at=past - HOUR, ends_at=past)
        assert (letters(), Meeting.objects.get().ends_at) == ({}, past)

    def test_is_not_told_by_the_time_it_is_over(self, russian):
        comes(russian, "ru")
        page = again(russian)
        page.online = ROOM
        page.save_revision().publish()
        delivering.deliver(Message.objects.get(topic="event.published").pk, at=timezone.now())
        delivering.drain(page.ends_at)
        assert letters() == {}

    def test_is_not_told_to_who_took_it_back_or_says_so_only_now(self, russian):
        gone = comes(russian, "ky")
        attendance.stay_away(russian.translation_key, by=gone.person)
        comes(russian, "ru", is_active=False)
        page = again(russian)
        page.online = ROOM
        page.save_revision().publish()
        attendance.come(again(russian).occasion(), party=1, by=PersonFactory(), at=timezone.now() + HOUR)
        delivering.drain(timezone.now())
        assert letters() == {}

    def test_goes_with_the_word_and_into_no_audit(self, russian):
        stays, leaves = comes(russian, "ru"), comes(russian, "ky")
        rows = Entry.objects.count()
        publish(russian, online=ROOM)
        assert sorted(letters()) == ["ky", "ru"]
        attendance.stay_away(russian.translation_key, by=leaves.person)
        assert list(Notice.objects.values_list("person", flat=True)) == [stays.person_id]
        assert Entry.objects.count() == rows

    def test_that_cannot_be_written_to_one_is_told_to_the_others_and_tried_again(self, russian, kyrgyz, caplog):
        comes(russian, "ky")
        comes(russian, "ru")
        EventPage.objects.filter(pk=kyrgyz.pk).update(slug="")  # a letter cannot lead to a page without an address
        publish(russian, online=ROOM)
        assert sorted(letters()) == ["ru"]
        assert "A letter on a change could not be written" in caplog.text
        EventPage.objects.filter(pk=kyrgyz.pk).update(slug="meeting")
        delivering.drain(timezone.now() + HOUR)
        assert sorted(letters()) == ["ky", "ru"]

    def test_lets_them_be_reminded_again(self, russian):
        comes(russian, "ru")
        near = timezone.now() + timedelta(hours=20)
        Attendance.objects.update(reminded_at=timezone.now())
        publish(russian, starts_at=near, ends_at=near + HOUR)
        tasks.remind_of_events()
        tasks.remind_of_events()
        assert sorted(Notice.objects.values_list("kind", flat=True)) == ["meeting_changed", "meeting_is_near"]


class TestWithdrawn:
    """A page that is gone asks nobody who comes."""

    @pytest.mark.parametrize("by", [lambda page: page.unpublish(), lambda page: page.delete()])
    def test_from_every_language_it_is_forgotten_who_comes_at_once(self, russian, kyrgyz, by):
        comes(russian, "ru")
        publish(russian, online=ROOM)
        by(again(russian))
        delivering.drain(timezone.now())
        assert (Attendance.objects.count(), Notice.objects.count(), Meeting.objects.get().taken) == (1, 1, 2)
        by(again(kyrgyz))
        delivering.drain(timezone.now())
        assert (Attendance.objects.count(), Notice.objects.count(), Meeting.objects.get().taken) == (0, 0, 0)

    def test_with_the_list_above_it_likewise(self, russian):
        comes(russian, "ru")
        again(russian).get_parent().delete()
        delivering.drain(timezone.now())
        assert Attendance.objects.count() == 0

    def test_from_one_list_of_two_events_leaves_the_other(self, russian):
        comes(russian, "ru")
        event("other").unpublish()
        delivering.drain(timezone.now())
        assert Attendance.objects.count() == 1
