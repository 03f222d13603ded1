"""Events: by the clock of their place and ours, in lists, calendars and the editors' form."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from ashar.accounts import roles
from cms.pages import event_calendar, event_times, events
from cms.pages.event_times import Times
from cms.pages.events import EventIndexPage, EventPage

pytestmark = pytest.mark.usefixtures("planted")
SEOUL = ZoneInfo("Asia/Seoul")
EVENING = datetime(2099, 12, 5, 19, 0, tzinfo=SEOUL)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EARLIER = datetime(2026, 12, 1, tzinfo=UTC)


def event(slug: str, code: str = "ru", *, at: datetime = EVENING, live: bool = True, **facts) -> EventPage:
    facts = {
        "title": f"{slug} {code}",
        "lead": "Кыскача.",
        "zone": "Asia/Seoul",
        "starts_at": at,
        "ends_at": at + 2 * HOUR,
        "place": "Ансан",
        **facts,
    }
    index = EventIndexPage.objects.get(locale__language_code=code)
    return index.add_child(instance=EventPage(slug=slug, live=live, **facts))


def titles(html: str) -> list[str]:
    return re.findall(r'event-card-title"><a href="[^"]*">([^<]*)', html)


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestTimes:
    @pytest.mark.parametrize(
        ("code", "shown", "zone"),
        [
            ("ru", "5 декабря 2099\u00a0г., 19:00 – 21:00", "Сеул, GMT+09:00"),
            ("ky", "2099-ж., 5-декабрь, 19:00 – 21:00", "Сеул, GMT+09:00"),
            ("en", "5 December 2099, 19:00 – 21:00", "Seoul, GMT+09:00"),
        ],
    )
    def test_are_told_by_the_clock_of_the_place_with_its_name(self, code, shown, zone):
        with translation.override(code):
            assert event_times.told(EVENING, EVENING + 2 * HOUR, "Asia/Seoul")[0] == Times(shown, zone)

    def test_are_told_by_our_clock_too_where_it_is_another(self):
        with translation.override("ru"):
            told = event_times.told(EVENING, EVENING + 2 * HOUR, "Asia/Seoul")
        assert told[1] == Times("5 декабря 2099\u00a0г., 16:00 – 18:00", "Бишкек, GMT+06:00")

    @pytest.mark.parametrize("zone", ["Asia/Bishkek", "Asia/Omsk"])
    def test_are_told_once_where_both_clocks_agree(self, zone):
        assert len(event_times.told(EVENING, EVENING + HOUR, zone)) == 1

    def test_over_midnight_name_both_days(self):
        with translation.override("en"):
            [first, _ours] = event_times.told(EVENING, EVENING + 6 * HOUR, "Asia/Seoul")
        assert first.shown == "5 December 2099, 19:00 – 6 December 2099, 01:00"

    def test_summer_and_winter_have_their_own_distance(self):
        summer, winter = (datetime(2099, month, 1, tzinfo=UTC) for month in (7, 12))
        with translation.override("en"):
            zones = [event_times.told(at, at, "America/Chicago")[0].zone for at in (summer, winter)]
        assert zones == ["Chicago, GMT-05:00", "Chicago, GMT-06:00"]

    def test_zones_begin_with_ours_and_hold_those_of_our_people(self):
        zones = [zone for zone, _label in event_times.zones()]
        assert zones[0] == "Asia/Bishkek"
        assert {"Europe/Moscow", "Asia/Seoul", "Europe/Istanbul", "America/Chicago"} <= set(zones)
        assert len(zones) == len(set(zones))


class TestTheList:
    def test_shows_the_next_first_and_below_it_what_has_been(self, client):
        now = timezone.now()
        event("later", at=now + 9 * DAY)
        event("next", at=now + DAY)
        event("long-ago", at=now - 90 * DAY)
        event("lately", at=now - DAY)
        assert titles(read(client, "/ru/events/")) == ["next ru", "later ru", "lately ru", "long-ago ru"]

    def test_what_goes_on_now_is_to_come(self, client):
        event("now", at=timezone.now() - HOUR)
        html = read(client, "/ru/events/")
        assert titles(html) == ["now ru"]
        assert "Прошло" not in html

    def test_says_when_nothing_is_planned(self, client):
        assert "Мероприятий пока не запланировано." in read(client, "/ru/events/")

    def test_leaves_out_what_is_a_draft_or_private(self, client):
        event("draft", live=False)
        PageViewRestriction.objects.create(page=event("private"), restriction_type=PageViewRestriction.LOGIN)
        event("open")
        assert titles(read(client, "/ru/events/")) == ["open ru"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_one_query_for_what_comes_and_one_for_what_has_been(self, count):
        for number in range(count):
            event(f"coming-{number}")
            event(f"past-{number}", at=datetime(2020, 1, 1, tzinfo=UTC))
        with CaptureQueriesContext(connection) as told:
            found = events.coming("ky", at=timezone.now()), events.past("ky", at=timezone.now())
        assert [len(each) for each in found] == [count, count]
        assert len(told) == 2


class TestAnEvent:
    def test_says_when_by_both_clocks_and_where(self, client):
        event("meeting", online="https://www.example.org/room")
        html = read(client, "/ru/events/meeting/")
        assert re.findall(r'<dd>([^<]*) <span class="soft">\(([^<]*)\)</span>', html) == [
            ("5 декабря 2099\u00a0г., 19:00 – 21:00", "Сеул, GMT+09:00"),
            ("5 декабря 2099\u00a0г., 16:00 – 18:00", "Бишкек, GMT+06:00"),
        ]
        assert "<dd>Ансан</dd>" in html
        assert '<a href="https://www.example.org/room" rel="noopener nofollow">example.org</a>' in html

    def test_leads_to_the_readers_calendar_until_it_is_over(self, client):
        event("coming")
        event("over", at=datetime(2020, 1, 1, tzinfo=UTC))
        assert 'href="/ru/events/coming/event.ics"' in read(client, "/ru/events/coming/")
        html = read(client, "/ru/events/over/")
        assert "event.ics" not in html
        assert "Это мероприятие прошло." in html

    def test_is_lent_to_a_language_that_has_none(self, client):
        event("meeting")
        assert '<article class="event stack-wide" lang="ru">' in read(client, "/ky/events/meeting/")

    @pytest.mark.parametrize(
        ("place", "online", "mode", "kinds"),
        [
            ("Ансан", "", "Offline", ["Place"]),
            ("", "https://example.org/", "Online", ["VirtualLocation"]),
            ("Ансан", "https://example.org/", "Mixed", ["Place", "VirtualLocation"]),
        ],
    )
    def test_tells_machines_when_and_where(self, client, place, online, mode, kinds):
        event("meeting", place=place, online=online)
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(client, "/ru/events/meeting/"))
        told = json.loads(block)
        assert (told["@type"], told["startDate"], told["endDate"]) == (
            "Event",
            "2099-12-05T19:00:00+09:00",
            "2099-12-05T21:00:00+09:00",
        )
        assert told["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
        assert [each["@type"] for each in told["location"]] == kinds

    def test_has_a_card_where_it_is_shared(self, client):
        event("meeting")
        assert "/ru/events/meeting/card.png" in read(client, "/ru/events/meeting/")
        assert client.get("/ru/events/meeting/card.png").headers["Content-Type"] == "image/png"


class TestTheCalendarFile:
    @staticmethod
    def entry(client, address: str):
        response = client.get(address)
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        [found] = Calendar.from_ical(response.content).walk("VEVENT")
        return found

    def test_holds_the_event_by_its_own_clock(self, client):
        event("meeting", lead="Приходите; с детьми, да.")
        entry = self.entry(client, "/ru/events/meeting/event.ics")
        assert (entry.start, entry.end) == (EVENING, EVENING + 2 * HOUR)
        assert entry["DTSTART"].params["TZID"] == "Asia/Seoul"
        assert (str(entry["SUMMARY"]), str(entry["LOCATION"])) == ("meeting ru", "Ансан")
        assert str(entry["DESCRIPTION"]).startswith("Приходите; с детьми, да.\n")
        assert str(entry["URL"]) == "http://localhost:8000/ru/events/meeting/"

    def test_brings_its_zone_along(self, client):
        event("meeting")
        calendar = Calendar.from_ical(client.get("/ru/events/meeting/event.ics").content)
        assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Seoul"]

    def test_tells_a_greater_number_each_time_it_is_published_in_whatever_language(self, client):
        russian = event("meeting")
        kyrgyz = event("meeting", "ky", translation_key=russian.translation_key)
        numbers = []
        for page, told_at in ((russian, EARLIER), (russian, EARLIER + HOUR), (kyrgyz, EARLIER + DAY)):
            EventPage.objects.filter(pk=page.pk).update(last_published_at=told_at)
            caches["pages"].clear()
            numbers.append(
                [self.entry(client, f"/{code}/events/meeting/event.ics")["SEQUENCE"] for code in ("ru", "ky")]
            )
        first = int((EARLIER - event_calendar.BEGINNING).total_seconds())
        assert numbers == [[first] * 2, [first + 3600] * 2, [first + 24 * 3600] * 2]

    def test_has_a_number_though_nobody_published_it_by_hand(self, client):
        event("meeting")
        assert self.entry(client, "/ru/events/meeting/event.ics")["SEQUENCE"] == 0

    def test_keeps_its_name_in_every_language_and_when_it_moves(self, client):
        page = event("meeting")
        first = self.entry(client, "/ru/events/meeting/event.ics")["UID"]
        EventPage.objects.filter(pk=page.pk).update(starts_at=EVENING + DAY, ends_at=EVENING + DAY)
        assert self.entry(client, "/ky/events/meeting/event.ics")["UID"] == first == page.translation_key.urn

    def test_says_where_it_is_when_it_is_nowhere(self, client):
        event("meeting", place="", online="https://example.org/room")
        entry = self.entry(client, "/ru/events/meeting/event.ics")
        assert str(entry["LOCATION"]) == "Онлайн"
        assert "https://example.org/room" in str(entry["DESCRIPTION"])

    def test_no_text_writes_a_line_of_its_own(self, client):
        event("meeting", title="Сбор\r\nATTENDEE:mailto:a@example.org", place="x\nEND:VEVENT")
        text = client.get("/ru/events/meeting/event.ics").content.decode()
        lines = text.replace("\r\n ", "").split("\r\n")
        assert [line for line in lines if line.startswith("ATTENDEE")] == []
        assert lines.count("END:VEVENT") == 1

    @pytest.mark.parametrize("live", [True, False])
    def test_of_a_draft_or_private_one_there_is_none(self, client, live):
        page = event("secret", live=live)
        if live:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/ru/events/secret/event.ics").status_code == 404

    def test_is_only_read(self, client):
        event("meeting")
        assert client.post("/ru/events/meeting/event.ics").status_code == 405


class TestTheEditorsForm:
    """Whatever zone the editor lives in, the form speaks of the clock of the event."""

    @pytest.mark.parametrize("editors", ["Asia/Bishkek", "America/New_York"])
    def test_shows_the_clock_of_the_event(self, editors):
        page = event("meeting")
        with timezone.override(editors):
            form = EventPage.get_edit_handler().get_form_class()(instance=page)
            assert form["starts_at"].value().strftime("%H:%M") == "19:00"

    @pytest.mark.parametrize("editors", ["Asia/Bishkek", "America/New_York"])
    def test_takes_what_is_written_for_the_clock_of_the_event(self, enter, editors):
        client = enter(roles.EDITOR)
        index = EventIndexPage.objects.get(locale__language_code="ru")
        told = {
            "title": "Встреча", "slug": "vstrecha", "lead": "Кыскача.", "zone": "Asia/Seoul", "place": "Ансан", "online": "",
            "starts_at": "2099-12-05 19:00", "ends_at": "2099-12-05 21:00", "body-count": "0", "seo_title": "",
            "search_description": "", "go_live_at": "", "expire_at": "", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
            "action-publish": "action-publish",
        }  # fmt: skip
        with timezone.override(editors):
            response = client.post(f"/cms/pages/add/cms/eventpage/{index.pk}/", told)
        assert response.status_code == 302
        page = EventPage.objects.get()
        assert (page.starts_at, page.ends_at) == (EVENING, EVENING + 2 * HOUR)


class TestWhatIsRefused:
    def test_an_end_before_the_beginning(self):
        page = event("meeting")
        page.ends_at = page.starts_at - HOUR
        with translation.override("ru"), pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert refusal.value.messages == ["Мероприятие не может кончиться раньше, чем началось."]

    def test_by_the_database_too(self):
        kept = EventPage.objects.filter(pk=event("meeting").pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.update(ends_at=EVENING - HOUR)

    @pytest.mark.parametrize(
        ("field", "value"), [("zone", "Mars/Olympus"), ("online", "javascript:alert(1)"), ("places", 0)]
    )
    def test_what_is_no_zone_or_no_link_or_no_number(self, field, value):
        page = event("meeting")
        setattr(page, field, value)
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert list(refusal.value.message_dict) == [field]
