"""Kept pages are forgotten when what was written stands: who reads meanwhile keeps the old page from nobody."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from cms import page_cache
from cms.models import HomePage, ProjectPage

pytestmark = pytest.mark.django_db(transaction=True)

SCHOOL = "/ru/projects/school/"
NEWS = "Смета готова."
Change = Callable[[ProjectPage], object]


def publish(page: ProjectPage) -> None:
    page.note = f"<p>{NEWS}</p>"
    page.save_revision().publish()


def withdraw(page: ProjectPage) -> None:
    page.unpublish()


def delete(page: ProjectPage) -> None:
    page.delete()


def move(page: ProjectPage) -> None:
    page.move(HomePage.objects.get(locale__language_code="ru"), pos="last-child")


def rename(page: ProjectPage) -> None:
    page.slug = "another"
    page.save_revision().publish()


def close(page: ProjectPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def open_again(page: ProjectPage) -> None:
    page.view_restrictions.all().delete()


AFTERWARDS: dict[Change, int] = {publish: 200, withdraw: 404, delete: 404, move: 301, rename: 301, close: 302}


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """Another process of the site, as the database sees it: with a connection of its own."""
    with ThreadPoolExecutor(1) as process:
        yield process
        process.submit(connections.close_all).result()


def read() -> tuple[int, bool]:
    """Return the status of the school's page, and whether it tells the news."""
    answer = Client().get(SCHOOL)
    return answer.status_code, NEWS in answer.content.decode()


@pytest.mark.parametrize("change", AFTERWARDS)
def test_who_reads_during_the_transaction_keeps_the_old_page_for_nobody(school_page, elsewhere, change):
    with transaction.atomic():
        change(school_page)
        assert elsewhere.submit(read).result() == (200, False)
    assert elsewhere.submit(read).result() == (AFTERWARDS[change], change is publish)


def test_a_page_that_is_opened_again_is_read_at_once(school_page, elsewhere):
    close(school_page)
    with transaction.atomic():
        open_again(school_page)
        assert elsewhere.submit(read).result() == (302, False)
    assert elsewhere.submit(read).result() == (200, False)


def test_a_page_made_of_old_rows_and_laid_away_after_the_commit_is_found_by_nobody(school_page, elsewhere):
    has_read, may_answer = Event(), Event()

    def slowly(_request: HttpRequest) -> HttpResponse:
        note = ProjectPage.objects.get(pk=school_page.pk).note
        has_read.set()
        may_answer.wait(timeout=30)
        return page_cache.mark(HttpResponse(note))

    with transaction.atomic():
        publish(school_page)
        slow = elsewhere.submit(page_cache.keep(slowly), RequestFactory().get(SCHOOL))
        has_read.wait(timeout=30)
    may_answer.set()
    assert NEWS not in slow.result().content.decode()
    assert read() == (200, True)


def test_what_is_taken_back_makes_nothing_stale(school_page, elsewhere):
    elsewhere.submit(read).result()
    version = page_cache.version()
    with transaction.atomic():
        publish(school_page)
        transaction.set_rollback(True)
    assert (page_cache.version(), elsewhere.submit(read).result()) == (version, (200, False))
