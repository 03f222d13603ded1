"""A button does its verb to its row for whoever may, and says what came of it."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.payments.models import WebhookEvent
from cms.staff import deciding, policy
from tests.cms.conftest import ADMINISTRATOR


class TooLate(Refused):
    code, message = "too_late", "It is too late."


@pytest.fixture
def done() -> list[tuple[object, ...]]:
    return []


@pytest.fixture
def verb(done):
    """A verb that notes what it is done to, and refuses when it is asked for it."""

    def act(row, *, by, at, word="") -> None:
        if word == "late":
            raise TooLate
        done.append((row, by, at.tzinfo is not None, word))

    return act


def request_of(person: User, method: str = "post", **fields: str):
    request = getattr(RequestFactory(), method)("/", fields)
    request.user, request._messages = person, CookieStorage(request)
    return request


def said(request) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def test_the_verb_is_done_to_the_row_and_the_page_says_so(verb, done, person_of, quarantined_event):
    officer = person_of(roles.FINANCE_OFFICER)
    request = request_of(officer, word="ignored")
    answer = deciding.button(verb, "Done.", of=WebhookEvent, room="events")(request, quarantined_event.pk)
    assert (answer.status_code, answer["Location"]) == (302, f"/cms/events/inspect/{quarantined_event.pk}/")
    assert done == [(quarantined_event, officer, True, "")]
    assert said(request) == [("success", "Done.")]


def test_a_refusal_is_said_on_the_page(verb, done, person_of, quarantined_event):
    request = request_of(person_of(roles.FINANCE_OFFICER), word="late")
    view = deciding.button(verb, "Done.", of=WebhookEvent, room="events", told=("word",))
    assert view(request, quarantined_event.pk).status_code == 302
    assert (done, said(request)) == ([], [("error", "It is too late.")])


def test_a_field_that_was_not_sent_is_told_as_nothing(verb, done, person_of, quarantined_event):
    officer = person_of(roles.FINANCE_OFFICER)
    deciding.button(verb, "Done.", of=WebhookEvent, room="events", told=("word",))(
        request_of(officer), quarantined_event.pk
    )
    assert done == [(quarantined_event, officer, True, "")]


@pytest.mark.parametrize("role", ["", *(role for role in roles.ALL if role != roles.FINANCE_OFFICER)])
def test_nobody_else_gets_to_the_verb(verb, done, person_of, quarantined_event, role):
    with pytest.raises(PermissionDenied):
        deciding.button(verb, "Done.", of=WebhookEvent, room="events")(
            request_of(person_of(role)), quarantined_event.pk
        )
    assert done == []


def test_who_may_can_be_another_question(verb, done, person_of):
    view = deciding.button(verb, "Done.", of=User, room="people", who=policy.administrator)
    chief, officer = person_of(ADMINISTRATOR), person_of(roles.FINANCE_OFFICER)
    view(request_of(chief), officer.pk)
    with pytest.raises(PermissionDenied):
        view(request_of(officer), chief.pk)
    assert done == [(officer, chief, True, "")]


def test_a_row_that_is_not_there_is_not_found(verb, done, person_of):
    with pytest.raises(Http404):
        deciding.button(verb, "Done.", of=WebhookEvent, room="events")(request_of(person_of(roles.FINANCE_OFFICER)), 9)
    assert done == []


def test_reading_decides_nothing(verb, done, person_of, quarantined_event):
    request = request_of(person_of(roles.FINANCE_OFFICER), "get")
    view = deciding.button(verb, "Done.", of=WebhookEvent, room="events")
    assert (view(request, quarantined_event.pk).status_code, done) == (405, [])
