"""What a browser remembers of a gift it has not started, and for how long."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db.models import F

from diaspora.models import Gift
from diaspora.tasks import forget_answers
from diaspora.web import drafts
from tests.diaspora.web.conftest import ANSWERS
from tests.factories.gifts import StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory

SENT = {**ANSWERS, "token": "as it was drawn"}
TOO_LATE = NOON + drafts.KEPT_FOR


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


@pytest.fixture
def answers_in_files(settings, tmp_path):
    """The cache of the small profile, in a folder of its own; it is there once something was kept."""
    there = {"BACKEND": "ashar.sweeping.SweptFiles", "LOCATION": tmp_path / "answers"}
    settings.CACHES = {**settings.CACHES, drafts.CACHE: there}
    return tmp_path / "answers"


@pytest.fixture
def later(monkeypatch):
    """Let the clock of the files stand later than now by so much."""
    began = time.time()

    def stand(by: timedelta) -> None:
        monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: began + by.total_seconds())

    return stand


def test_answers_are_kept_for_two_hours_and_not_a_second_longer(school, session):
    drafts.keep(session, school, SENT, at=NOON)

    assert drafts.kept(session, school, at=TOO_LATE - timedelta(seconds=1)) == SENT
    assert drafts.kept(session, school, at=TOO_LATE) is None


def test_sending_again_keeps_the_new_answers_from_then_on(school, session):
    drafts.keep(session, school, SENT, at=NOON)
    drafts.keep(session, school, {**SENT, "own": "75"}, at=NOON + timedelta(hours=1))

    assert drafts.kept(session, school, at=TOO_LATE) == {**SENT, "own": "75"}


def test_the_answers_of_each_project_have_their_own_end(school, session):
    bridge = OpenProjectFactory(slug="bridge")
    drafts.keep(session, school, SENT, at=NOON)
    drafts.keep(session, bridge, SENT, at=NOON + timedelta(hours=1))

    assert (drafts.kept(session, bridge, at=TOO_LATE), drafts.kept(session, school, at=TOO_LATE)) == (SENT, None)
    assert list(session[drafts.ANSWERS]) == [str(bridge.pk)]


def test_answers_that_the_row_itself_held_are_forgotten(school, session):
    session[drafts.ANSWERS] = {str(school.pk): {"sent": SENT, "until": TOO_LATE.timestamp()}}

    assert drafts.kept(session, school, at=NOON) is None
    assert session[drafts.ANSWERS] == {}


def test_the_row_holds_no_answer_while_the_form_does(giver, client):
    giver.give(own="not a sum", choice="own")
    row = str(SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value).load())

    assert giver.open("?answers").context["form"]["email"].value() == ANSWERS["email"]
    assert [answer for answer in (ANSWERS["email"], ANSWERS["name"], "not a sum") if answer in row] == []
    assert drafts.ANSWERS in row


def test_the_cache_lets_go_after_two_hours_without_the_browser(school, session, answers_in_files, later):
    drafts.keep(session, school, SENT, at=NOON)
    later(drafts.KEPT_FOR - timedelta(seconds=1))
    forget_answers()
    assert drafts.kept(session, school, at=NOON) == SENT

    later(drafts.KEPT_FOR + timedelta(seconds=1))
    forget_answers()

    assert list(answers_in_files.iterdir()) == []
    assert drafts.kept(session, school, at=NOON) is None


def test_a_started_gift_takes_its_answers_out_of_the_cache_at_once(school, session, answers_in_files):
    drafts.keep(session, school, SENT, at=NOON)
    drafts.started(session, StartedGiftFactory(project=school))

    assert list(answers_in_files.iterdir()) == []


def test_sending_again_leaves_no_older_answers_behind(school, session, answers_in_files):
    drafts.keep(session, school, {**SENT, "name": "Older"}, at=NOON)
    drafts.keep(session, school, SENT, at=NOON)

    assert len(list(answers_in_files.iterdir())) == 1
    assert drafts.kept(session, school, at=NOON) == SENT


def test_a_cache_that_does_not_answer_costs_the_answers_and_not_the_page(school, session, settings):
    drafts.keep(session, school, SENT, at=NOON)
    settings.CACHES = {**settings.CACHES, drafts.CACHE: {"BACKEND": "tests.cms.test_page_cache.Away"}}

    assert drafts.kept(session, school, at=NOON) is None
    drafts.keep(session, school, SENT, at=NOON)
    assert session[drafts.ANSWERS] == {}


def test_the_form_opened_too_late_is_empty_and_asks_anew(school, giver, client):
    giver.give(own="not a sum", choice="own")
    caches[drafts.CACHE].clear()  # as its time does

    form = giver.open("?answers").context["form"]

    assert (form.is_bound, form["email"].value(), form["name"].value()) == (False, None, None)


@pytest.mark.parametrize(("end", "is_offered"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_an_unfinished_gift_is_offered_for_two_hours_and_then_no_more(school, session, end, is_offered):
    gift = StartedGiftFactory(project=school, at=NOON)
    drafts.started(session, gift)

    assert drafts.unfinished(session, school, at=TOO_LATE + end) == (gift if is_offered else None)


def test_a_gift_of_another_project_is_not_offered(school, session):
    drafts.started(session, StartedGiftFactory(project=OpenProjectFactory(slug="bridge"), at=NOON))

    assert drafts.unfinished(session, school, at=NOON) is None


def test_an_unfinished_gift_of_long_ago_fills_in_nothing(giver, client, sandbox):
    giver.give()
    offered = client.get(giver.address).content.decode()
    Gift.objects.update(started_at=F("started_at") - drafts.KEPT_FOR)
    too_late = client.get(giver.address).content.decode()

    assert (ANSWERS["email"] in offered, ANSWERS["email"] in too_late) == (True, False)
