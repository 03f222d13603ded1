"""Who comes to an event: asked of those who are signed in, told to nobody, and written to once, the day before."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from icalendar import Calendar

from ashar.accounts import roles
from ashar.notices.models import Notice
from ashar.outbox import delivering
from cms import tasks
from cms.pages import events
from cms.pages.events import EventPage
from diaspora import attendance
from diaspora.models import Attendance, Meeting
from tests.cms.conftest import GIVER
from tests.cms.test_events import event, read
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.usefixtures("planted")
HERE, OWN = "/ru/events/meeting/", "/ru/my/events/meeting/"
AWAY = f"{OWN}withdrawal/"
SOON = timedelta(hours=20)


@pytest.fixture
def giver(enter) -> Client:
    return enter(GIVER)


def coming(client: Client, party: object = 2):
    return client.post(OWN, {"party": party})


def main(client: Client, address: str) -> str:
    return read(client, address).split("<main")[1].split("</main")[0]


class TestAStranger:
    def test_is_offered_to_say_so_and_asked_nothing(self, client):
        event("meeting")
        html = main(client, HERE)
        assert f'href="{OWN}"' in html
        assert "<form" not in html

    def test_reads_why_we_have_to_know_them_and_is_led_to_sign_in_and_back(self, client):
        event("meeting")
        html = main(client, OWN)
        assert "Место мы держим за вашей учётной записью" in html
        assert f'href="/ru/accounts/login/?next={OWN}"' in html
        assert f'href="/ru/accounts/signup/?next={OWN}"' in html
        assert "<form" not in html

    def test_cannot_say_so(self, client):
        event("meeting")
        assert client.post(OWN, {"party": 1}).headers["Location"] == f"/ru/accounts/login/?next={OWN}"
        assert Attendance.objects.count() == 0

    def test_learns_no_number(self, client, giver):
        event("meeting")
        coming(giver, 7)
        assert not re.search(r"\b7\b", re.sub(r"<[^>]*>", " ", main(client, HERE)))

    def test_reads_a_kept_page_that_costs_nothing(self, client):
        event("meeting")
        caches["pages"].clear()
        read(client, HERE)
        with CaptureQueriesContext(connection) as told:
            read(client, HERE)
        assert len(told) == 0


class TestSayingSo:
    def test_is_kept_and_shown_to_oneself(self, giver):
        event("meeting")
        assert coming(giver, 3).headers["Location"] == OWN
        assert "Вы написали, что придёте. Всего человек: 3" in main(giver, OWN)
        assert '<option value="3" selected>' in main(giver, OWN)
        assert "Вы придёте: изменить или отменить" in main(giver, HERE)

    def test_twice_leaves_one_row(self, giver):
        event("meeting")
        for party in (2, 2, 4):
            coming(giver, party)
        assert list(Attendance.objects.values_list("party", flat=True)) == [4]

    def test_in_another_language_it_is_the_same_word(self, giver):
        event("meeting")
        coming(giver)
        giver.post("/ky/my/events/meeting/", {"party": 5})
        assert list(Attendance.objects.values_list("party", flat=True)) == [5]

    @pytest.mark.parametrize("party", ["", "0", "11", "-1", "1.5", "много", "１", "1" * 400])
    def test_wants_a_number_from_one_to_ten(self, giver, party):
        event("meeting")
        response = coming(giver, party)
        assert (response.status_code, Attendance.objects.count()) == (200, 0)
        assert "field-error" in response.content.decode()

    @pytest.mark.parametrize(("places", "sentence"), [(2, "Мест больше нет."), (3, "Столько мест уже нет.")])
    def test_is_refused_where_not_that_many_places_are_left(self, giver, enter, places, sentence):
        event("meeting", places=places)
        coming(giver, 2)
        other = enter(roles.EVALUATOR)
        response = coming(other, 2)
        assert sentence in response.content.decode()
        assert Meeting.objects.get().taken == 2

    def test_is_not_asked_where_nobody_fits_in(self, client, giver, enter):
        event("meeting", places=2)
        coming(giver, 2)
        for browser, address in ((client, HERE), (client, OWN), (enter(roles.EVALUATOR), OWN)):
            html = main(browser, address)
            assert "Мест больше нет." in html
            assert "Я приду" not in html
        assert "Вы придёте: изменить или отменить" in main(giver, HERE)
        assert re.findall(r'<option value="(\d+)"', main(giver, OWN)) == ["1", "2"]

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"at": timezone.now() - timedelta(days=2)}, "Это мероприятие прошло."),
            ({"is_off": True}, "Это мероприятие отменено."),
        ],
    )
    def test_is_not_asked_of_what_is_over_or_off(self, client, giver, facts, sentence):
        event("meeting", **facts)
        html = main(client, HERE)
        assert sentence in html
        assert OWN not in html
        assert sentence in main(giver, OWN)
        assert 'name="party"' not in main(giver, OWN)
        assert (coming(giver).status_code, Attendance.objects.count()) == (200, 0)

    def test_can_be_switched_off(self, client, giver):
        event("meeting", asks_who_comes=False)
        assert OWN not in main(client, HERE)
        assert [giver.get(OWN).status_code, coming(giver).status_code, giver.post(AWAY).status_code] == [404] * 3

    @pytest.mark.parametrize("address", [OWN, AWAY])
    def test_of_a_draft_nobody_has_heard(self, giver, address):
        event("meeting", live=False)
        assert giver.post(address, {"party": 1}).status_code == 404

    def test_stays_in_no_cache(self, giver):
        event("meeting")
        assert "no-store" in giver.get(OWN).headers["Cache-Control"]


class TestTakingItBack:
    def test_forgets_it(self, giver):
        event("meeting")
        coming(giver)
        assert giver.post(AWAY).headers["Location"] == OWN
        assert Attendance.objects.count() == 0
        assert "Вы написали" not in main(giver, OWN)

    def test_can_be_done_after_the_event_was_called_off(self, giver):
        page = event("meeting")
        coming(giver)
        EventPage.objects.filter(pk=page.pk).update(is_off=True)
        assert f'action="{AWAY}"' in main(giver, OWN)
        giver.post(AWAY)
        assert Attendance.objects.count() == 0

    def test_is_no_link_but_leads_to_the_question(self, giver):
        event("meeting")
        coming(giver)
        assert giver.get(AWAY).headers["Location"] == OWN
        assert Attendance.objects.count() == 1


class TestTheNumber:
    def test_is_seen_by_editors_and_by_no_other(self, giver, enter):
        event("meeting")
        coming(giver, 7)
        told = "Ожидается человек, число видит только команда сайта: 7"
        assert {who: told in main(enter(who), HERE) for who in (roles.EDITOR, roles.AUDITOR, roles.AUTHOR)} == {
            roles.EDITOR: True,
            roles.AUDITOR: False,
            roles.AUTHOR: False,
        }
        assert told not in main(giver, HERE)


class TestTheDayBefore:
    def test_one_letter_goes_to_each_in_their_language(self, giver):
        event("meeting", at=timezone.now() + SOON, title="Встреча")
        event("meeting", "ky", at=timezone.now() + SOON, title="Жолугушуу")
        EventPage.objects.update(translation_key=EventPage.objects.first().translation_key)
        page = EventPage.objects.get(slug="meeting", locale__language_code="ru")
        for language in ("ky", "ru", "en"):
            person = PersonFactory(language=language)
            attendance.come(page.occasion(), party=1, by=person, at=timezone.now() - timedelta(days=5))
        for _ in range(2):
            tasks.remind_of_events()
        told = {notice.language: notice for notice in Notice.objects.all()}
        assert {code: notice.subject for code, notice in told.items()} == {
            "ky": "Эртең: Жолугушуу",
            "ru": "Завтра: Встреча",
            "en": "Tomorrow: Встреча",
        }
        assert Notice.objects.count() == 3
        assert "http://localhost:8000/ru/events/meeting/" in told["ru"].text
        assert "http://localhost:8000/ru/my/events/meeting/" in told["ru"].text

    @pytest.mark.parametrize("facts", [{"is_off": True}, {"live": False}, {"asks_who_comes": False}])
    def test_none_goes_about_what_is_off_or_gone(self, facts):
        page = event("meeting", at=timezone.now() + SOON)
        attendance.come(page.occasion(), party=1, by=PersonFactory(), at=timezone.now() - timedelta(days=5))
        EventPage.objects.update(**facts)
        tasks.remind_of_events()
        assert Notice.objects.count() == 0

    def test_a_letter_that_cannot_be_written_keeps_nobody_elses_back(self, caplog):
        for slug in ("broken", "meeting"):
            page = event(slug, at=timezone.now() + SOON)
            attendance.come(page.occasion(), party=1, by=PersonFactory(), at=timezone.now() - timedelta(days=5))
        EventPage.objects.filter(slug="broken").update(zone="Nowhere/Atlantis")
        tasks.remind_of_events()
        [notice] = Notice.objects.all()
        assert "/events/meeting/" in notice.text
        assert "A reminder could not be written" in caplog.text

    @pytest.mark.parametrize(("asks", "left"), [(False, 0), (True, 1)])
    def test_once_who_comes_is_asked_no_more_the_words_are_forgotten(self, giver, asks, left):
        page = event("meeting")
        event("meeting", "ky", translation_key=page.translation_key)
        coming(giver)
        page.asks_who_comes = asks
        page.save_revision().publish()
        delivering.drain(timezone.now())
        assert (Attendance.objects.count(), sum(Meeting.objects.values_list("taken", flat=True))) == (left, 2 * left)

    def test_a_published_change_moves_the_meeting(self, giver):
        page = event("meeting")
        coming(giver)
        page.starts_at, page.ends_at = (at + timedelta(days=1) for at in (page.starts_at, page.ends_at))
        page.save_revision().publish()
        delivering.drain(timezone.now())
        assert list(Meeting.objects.values_list("starts_at", "ends_at")) == [(page.starts_at, page.ends_at)]


def test_a_called_off_event_says_so_in_lists_calendars_and_to_machines(client):
    event("meeting", is_off=True)
    event("other")
    entries = [
        Calendar.from_ical(client.get(f"/ru/events/{slug}/event.ics").content).walk("VEVENT")[0]["STATUS"]
        for slug in ("meeting", "other")
    ]
    assert entries == ["CANCELLED", "CONFIRMED"]
    assert main(client, "/ru/events/").count("Отменено") == 1
    assert "https://schema.org/EventCancelled" in read(client, HERE)
    assert "https://schema.org/EventScheduled" in read(client, "/ru/events/other/")


@pytest.mark.parametrize(("is_off", "told"), [(True, 1), (False, 0)])
@pytest.mark.parametrize(("code", "word"), [("ky", "Болбойт"), ("ru", "Отменено"), ("en", "Called off")])
def test_a_feed_says_in_words_what_is_called_off(client, code, word, is_off, told):
    page = event("meeting", is_off=is_off, first_published_at=timezone.now())
    text = client.get(f"/{code}/events/feed.atom").content.decode()
    assert (text.count(page.title), text.count(word)) == (1, told)


def test_the_picture_of_what_is_called_off_says_so(client):
    pages = [event(slug, title="Встреча", is_off=slug == "off") for slug in ("off", "on", "on-too")]
    with translation.override("ru"):
        lines = [events.when_if_at_all(page) for page in pages[:2]]
    day = "5 декабря 2099\u00a0г., 19:00 – 21:00 (Сеул, GMT+09:00)"
    assert lines == [f"Отменено · {day}", day]
    off, on, on_too = (client.get(f"/ru/events/{page.slug}/card.png").content for page in pages)
    assert off != on == on_too
