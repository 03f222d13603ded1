"""News of a posting: after commit, once per journal, and harmless."""

import logging

import pytest
from django.db import transaction

from ashar.ledger import signals
from ashar.ledger.models import Fund, Journal
from tests.ashar.ledger.books import given, operations, post, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def news():
    heard = []

    def hear(sender, funds, **_kwargs):
        heard.append((sender, funds))

    signals.posted.connect(hear)
    yield heard
    signals.posted.disconnect(hear)


def funds() -> frozenset[int]:
    return frozenset(Fund.objects.values_list("id", flat=True))


def test_the_funds_that_moved_are_told_after_commit(news, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        post("gift:1", given(project(), 100))
        assert news == []
    assert news == [(Journal, funds())]


def test_a_repeat_is_no_news(news, django_capture_on_commit_callbacks):
    post("gift:1", given(project(), 100))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        post("gift:1", given(project(), 100))
    assert (callbacks, news) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_no_news(news):
    legs = given(project(), 100)
    with transaction.atomic():
        post("gift:1", legs)
        transaction.set_rollback(True)
    assert news == []


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_harms_nobody(news, caplog):
    def fail(**_kwargs):
        raise RuntimeError("no cache today")

    signals.posted.connect(fail)
    legs = given(project(), 100)
    try:
        with caplog.at_level(logging.ERROR), transaction.atomic():
            post("gift:1", legs)
    finally:
        signals.posted.disconnect(fail)
    assert news == [(Journal, funds())]
    assert Journal.objects.count() == 1
    assert operations().key == "operations"
