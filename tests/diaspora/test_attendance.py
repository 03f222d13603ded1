"""Who comes: one word for each person, places as many as there are, one letter, and nothing left a week later."""

import json
import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, transaction

from ashar.accounts import roles
from ashar.audit.models import Entry
from ashar.notices.models import Notice
from ashar.privacy import classified, data_map, retention
from ashar.privacy.classified import Basis, Sensitivity
from diaspora import attendance, personal_data, rules
from diaspora.attendance import MeetingIsOff, MeetingIsOver, NoPlaceLeft, PartyIsTooLarge
from diaspora.meeting_news import Occasion
from diaspora.models import Attendance, Meeting
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEY = uuid.UUID(int=7)
FACTS = {"title": "Жыйын", "when": "эртең", "event_url": "https://ashar.example/ky/events/jyiyn/", "own_url": "x"}


def occasion(**facts) -> Occasion:
    return Occasion(
        **{"key": KEY, "slug": "jyiyn", "starts_at": NOON + 9 * DAY, "ends_at": NOON + 9 * DAY + HOUR, **facts}
    )


def come(person, party: int = 1, *, at=NOON, **facts) -> Attendance:
    return attendance.come(occasion(**facts), party=party, by=person, at=at)


def taken() -> list[int]:
    return list(Meeting.objects.values_list("taken", flat=True))


@pytest.fixture
def aigul(db):
    return PersonFactory(email="aigul@example.org")


@pytest.fixture
def bakyt(db):
    return PersonFactory(email="bakyt@example.org", language="ky")


class TestComing:
    def test_is_one_row_however_often_it_is_said(self, aigul):
        first, second = come(aigul, 3), come(aigul, 3)
        assert first == second
        assert (Attendance.objects.count(), taken()) == (1, [3])

    @pytest.mark.parametrize(("before", "after"), [(2, 5), (5, 2), (4, 4)])
    def test_said_again_counts_what_was_said_last(self, aigul, before, after):
        come(aigul, before)
        come(aigul, after, places=5)
        assert (Attendance.objects.get().party, taken()) == (after, [after])

    def test_takes_the_last_place_and_none_after_it(self, aigul, bakyt):
        come(aigul, 9, places=10)
        with pytest.raises(NoPlaceLeft):
            come(bakyt, 2, places=10)
        assert list(Attendance.objects.values_list("person", flat=True)) == [aigul.pk]
        assert come(bakyt, 1, places=10).party == 1
        assert taken() == [10]

    def test_a_refusal_leaves_no_meeting_behind(self, aigul):
        with pytest.raises(NoPlaceLeft):
            come(aigul, 2, places=1)
        assert taken() == []

    def test_fewer_may_come_although_there_are_too_many(self, aigul):
        come(aigul, 8)
        assert come(aigul, 5, places=2).party == 5

    @pytest.mark.parametrize("party", [-1, 0, 11])
    def test_is_of_one_to_ten(self, aigul, party):
        with pytest.raises(PartyIsTooLarge):
            come(aigul, party)

    def test_to_what_is_over_is_refused(self, aigul):
        come(aigul, at=NOON + 9 * DAY + HOUR - timedelta(seconds=1))
        with pytest.raises(MeetingIsOver):
            come(aigul, at=NOON + 9 * DAY + HOUR)

    def test_to_what_was_called_off_is_refused(self, aigul):
        with pytest.raises(MeetingIsOff):
            come(aigul, is_off=True)

    def test_writes_nothing_that_could_not_be_forgotten(self, aigul):
        before = Entry.objects.count()
        come(aigul)
        assert Entry.objects.count() == before

    @pytest.mark.parametrize("facts", [{"party": 0}, {"party": 11}])
    def test_the_database_counts_too(self, aigul, facts):
        come(aigul)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.update(**facts)

    def test_the_database_knows_a_person_once(self, aigul):
        word = come(aigul)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(meeting=word.meeting, person=aigul, party=1, said_at=NOON)


class TestStayingAway:
    def test_frees_the_places_at_once(self, aigul, bakyt):
        come(aigul, 4, places=4)
        attendance.stay_away(KEY, by=aigul)
        assert come(bakyt, 4, places=4).party == 4
        assert taken() == [4]

    def test_twice_is_as_good_as_once_and_touches_nobody_else(self, aigul, bakyt):
        come(aigul, 4)
        come(bakyt, 2)
        for _ in range(2):
            attendance.stay_away(KEY, by=aigul)
        assert (attendance.word_of(KEY, aigul), attendance.word_of(KEY, bakyt).party, taken()) == (None, 2, [2])


class TestReminding:
    @pytest.mark.parametrize(
        ("before", "said_before", "is_due"),
        [(25 * HOUR, 9 * DAY, False), (DAY, 9 * DAY, True), (HOUR, 9 * DAY, True), (HOUR, 2 * HOUR, False), (-HOUR, 9 * DAY, False)],
    )  # fmt: skip
    def test_is_due_within_a_day_for_who_said_so_earlier(self, aigul, before, said_before, is_due):
        start = occasion().starts_at
        come(aigul, at=start - said_before)
        assert len(list(attendance.due(at=start - before))) == is_due

    def test_writes_once_in_the_language_of_the_person(self, aigul, bakyt):
        for person in (aigul, bakyt):
            word = come(person)
            for _ in range(2):
                attendance.remind(word, facts=FACTS, at=NOON + 8 * DAY)
        assert sorted(Notice.objects.values_list("person__email", "subject")) == [
            ("aigul@example.org", "Завтра: Жыйын"),
            ("bakyt@example.org", "Эртең: Жыйын"),
        ]
        assert list(attendance.due(at=NOON + 8 * DAY + HOUR)) == []

    def test_does_not_write_to_who_has_taken_it_back(self, aigul):
        word = come(aigul)
        attendance.stay_away(KEY, by=aigul)
        attendance.remind(word, facts=FACTS, at=NOON + 8 * DAY)
        assert Notice.objects.count() == 0

    def test_is_due_at_the_new_time_of_a_meeting_that_moved(self, aigul):
        come(aigul)
        attendance.move(occasion(starts_at=NOON + 3 * DAY, ends_at=NOON + 3 * DAY + HOUR), at=NOON)
        assert [word.person for word in attendance.due(at=NOON + 2 * DAY)] == [aigul]

    def test_a_meeting_nobody_comes_to_is_not_written_down_when_it_moves(self, db):
        attendance.move(occasion(), at=NOON)
        assert taken() == []


class TestWhatIsKnown:
    def test_staff_learns_how_many_are_expected(self, aigul, bakyt):
        assert attendance.expected(KEY) == 0
        come(aigul, 3)
        come(bakyt, 2)
        assert attendance.expected(KEY) == 5

    def test_only_editors_and_administrators_may_know_the_number(self, aigul):
        assert rules.may_count_guests(PersonFactory(role=roles.EDITOR))
        assert [rules.may_count_guests(PersonFactory(role=role)) for role in ("", roles.AUDITOR, roles.AUTHOR)] == [
            False
        ] * 3

    def test_no_admin_shows_the_rows(self):
        assert {Attendance, Meeting} & set(admin.site._registry) == set()

    def test_rows_name_nobody(self, aigul):
        assert "aigul" not in f"{come(aigul)} {Meeting.objects.get()}".lower()


class TestPrivacy:
    def test_it_is_classified_as_what_could_harm(self):
        facts = classified.register()["diaspora.Attendance.person"]
        assert (facts.basis, facts.retention, facts.sensitivity) == (Basis.CONSENT, "meeting", Sensitivity.DANGEROUS)
        assert "with how many people you come" in data_map.render()
        assert classified.unclassified(apps.get_app_config("diaspora")) == []

    def test_the_export_holds_ones_own_word_and_no_others(self, aigul, bakyt):
        come(aigul, 3)
        come(bakyt, 2)
        told = personal_data.collect_meetings(aigul)
        assert told["comes_to"] == [
            {"meeting": "jyiyn", "starts_at": (NOON + 9 * DAY).isoformat(), "people": 3, "said_at": NOON.isoformat()}
        ]
        assert json.loads(json.dumps(told)) == told

    def test_erasing_takes_word_letter_and_places(self, aigul, bakyt):
        for person, party in ((aigul, 3), (bakyt, 2)):
            attendance.remind(come(person, party), facts=FACTS, at=NOON)
        with transaction.atomic():
            counts = [personal_data.forget_meetings(aigul) for _ in range(2)]
        assert counts == [{"attendances": 1}, {"attendances": 0}]
        assert (list(Notice.objects.values_list("person", flat=True)), taken()) == ([bakyt.pk], [2])

    def test_a_week_after_the_meeting_nothing_is_left(self, aigul, bakyt):
        for person in (aigul, bakyt):
            attendance.remind(come(person), facts=FACTS, at=NOON)
        end = occasion().ends_at
        assert retention.keep(at=end + 7 * DAY) == {}
        assert retention.keep(at=end + 7 * DAY + HOUR) == {"meeting diaspora.Attendance": 2}
        assert (Attendance.objects.count(), Meeting.objects.count(), Notice.objects.count()) == (0, 0, 0)

    def test_no_more_words_go_at_once_than_asked(self, aigul, bakyt):
        come(aigul)
        come(bakyt)
        assert personal_data.forget_attendances(before=NOON + 30 * DAY, most=1) == 1
        assert [word.person for word in Attendance.objects.all()] == [bakyt]
        assert taken() == [1]
