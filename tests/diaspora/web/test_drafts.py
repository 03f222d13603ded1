"""What a browser remembers of a gift it has not started, and for how long."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import F

from diaspora.models import Gift
from diaspora.web import drafts
from tests.diaspora.web.conftest import ANSWERS, TOKEN
from tests.factories.gifts import StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import OpenProjectFactory

SENT = {**ANSWERS, "token": TOKEN}
TOO_LATE = NOON + drafts.KEPT_FOR


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def test_answers_are_kept_for_two_hours_and_not_a_second_longer(school, session):
    drafts.keep(session, school, SENT, at=NOON)

    assert drafts.kept(session, school, at=TOO_LATE - timedelta(seconds=1)) == SENT
    assert drafts.kept(session, school, at=TOO_LATE) is None


def test_sending_again_keeps_the_new_answers_from_then_on(school, session):
    drafts.keep(session, school, SENT, at=NOON)
    drafts.keep(session, school, {**SENT, "own": "75"}, at=NOON + timedelta(hours=1))

    assert drafts.kept(session, school, at=TOO_LATE) == {**SENT, "own": "75"}


def test_answers_for_a_fresh_form_are_forgotten_as_well(school, session):
    drafts.keep_anew(session, school, SENT, at=NOON)

    assert drafts.kept(session, school, at=NOON)["email"] == SENT["email"]
    assert drafts.kept(session, school, at=TOO_LATE) is None


def test_nothing_of_the_giver_is_left_in_the_session_whichever_form_is_opened(school, session):
    bridge = OpenProjectFactory(slug="bridge")
    drafts.keep(session, school, SENT, at=NOON)
    drafts.keep(session, bridge, SENT, at=NOON + timedelta(hours=1))

    assert drafts.kept(session, bridge, at=TOO_LATE) == SENT
    assert list(session[drafts.ANSWERS]) == [str(bridge.pk)]


def test_answers_kept_before_they_had_an_end_are_forgotten(school, session):
    session[drafts.ANSWERS] = {str(school.pk): SENT}

    assert drafts.kept(session, school, at=NOON) is None
    assert session[drafts.ANSWERS] == {}


def test_the_form_opened_too_late_is_empty_and_asks_anew(school, giver, client):
    giver.give(own="not a sum", choice="own")
    session = client.session
    session[drafts.ANSWERS][str(school.pk)]["until"] = NOON.timestamp() - 10**9
    session.save()

    form = giver.open("?answers").context["form"]

    assert (form.is_bound, form["email"].value(), form["name"].value()) == (False, None, None)
    assert client.session[drafts.ANSWERS] == {}


@pytest.mark.parametrize(("end", "is_offered"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_an_unfinished_gift_is_offered_for_two_hours_and_then_a_new_form_begins(school, session, end, is_offered):
    gift = StartedGiftFactory(project=school, at=NOON)
    drafts.started(session, gift)

    token, offered = drafts.token_for(session, school, at=TOO_LATE + end)

    assert (token == gift.token, offered) == (is_offered, gift if is_offered else None)
    assert drafts.token_for(session, school, at=TOO_LATE + end)[0] == token


def test_an_unfinished_gift_of_long_ago_fills_in_nothing(giver, client, sandbox):
    giver.give()
    offered = client.get(giver.address).content.decode()
    Gift.objects.update(started_at=F("started_at") - drafts.KEPT_FOR)
    too_late = client.get(giver.address).content.decode()

    assert (ANSWERS["email"] in offered, ANSWERS["email"] in too_late) == (True, False)
