"""The page cache keeps what is the same for everybody, for as long as it is true, and nothing else."""

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from ashar.accounts import roles
from cms import page_cache
from cms.models import ProjectPage
from tests.cms.kept_pages import SCHOOL, is_kept, kept_school

__all__ = ["kept_school"]  # a fixture


class TestWhatIsKept:
    def test_a_kept_page_is_the_page(self, client, school):
        first, second = client.get(SCHOOL), client.get(SCHOOL)
        assert (second.content, second.status_code) == (first.content, 200)
        assert {key: value for key, value in second.items() if key != "Content-Security-Policy"} == {
            key: value for key, value in first.items() if key != "Content-Security-Policy"
        }

    def test_a_kept_page_is_guarded_by_the_same_policy(self, client, school):
        assert client.get(SCHOOL)["Content-Security-Policy"] == client.get(SCHOOL)["Content-Security-Policy"]

    def test_languages_are_kept_apart(self, kept_school):
        russian, kyrgyz = (Client().get(f"/{code}/projects/school/").content.decode() for code in ("ru", "ky"))
        assert ("Крыша школы" in russian, "Мектептин чатыры" in kyrgyz) == (True, True)

    def test_the_language_of_the_browser_changes_nothing(self, kept_school):
        answer = Client(HTTP_ACCEPT_LANGUAGE="en").get(SCHOOL)
        assert '<html lang="ru">' in answer.content.decode()

    def test_answers_to_questions_are_kept_apart(self, school):
        Client().get("/ru/projects/")
        assert "project-card" not in Client().get("/ru/projects/?state=closed").content.decode()
        assert is_kept("/ru/projects/?state=closed")

    def test_hosts_are_kept_apart(self, kept_school):
        assert not is_kept(SERVER_NAME="localhost")

    def test_a_cookie_of_a_form_or_a_language_changes_nothing(self, kept_school):
        stranger = Client()
        stranger.cookies["csrftoken"], stranger.cookies["language"] = "x", "ky"
        with CaptureQueriesContext(connection) as told:
            stranger.get(SCHOOL)
        assert len(told) == 0


class TestWhatIsNotKept:
    @pytest.mark.parametrize("role", [roles.EDITOR, "giver", "administrator"])
    def test_a_page_for_somebody_signed_in(self, school, enter, role):
        enter(role).get(SCHOOL)
        assert not is_kept()

    def test_somebody_signed_in_does_not_get_the_kept_page(self, kept_school, enter):
        with CaptureQueriesContext(connection) as told:
            answer = enter("giver").get(SCHOOL)
        assert told.captured_queries
        assert answer.wsgi_request.user.is_authenticated

    def test_a_page_for_a_session_that_is_over(self, school):
        stranger = Client()
        stranger.cookies[settings.SESSION_COOKIE_NAME] = "long-gone"
        stranger.get(SCHOOL)
        assert not is_kept()

    @pytest.mark.parametrize(
        "question",
        [
            "?x=1",
            "?state=open&x=1",
            "?page=1&page=2",
            "?page=2",
            "?page=1",
            "?page=x",
            "?state=lost",
            "?oblast=0",
            "?topic=a",
        ],
    )
    def test_a_question_whose_answer_is_no_page_of_its_own(self, school, question):
        Client().get(f"/ru/projects/{question}")
        assert not is_kept(f"/ru/projects/{question}")

    @pytest.mark.parametrize(
        "path", ["", "contact/", "projects/school/", "events/", "guides/", "statistics/figures.csv"]
    )
    def test_a_number_where_nothing_is_paged(self, school, path):
        Client().get(f"/ru/{path}?page=2")
        assert not is_kept(f"/ru/{path}?page=2")

    def test_an_address_longer_than_any_of_ours(self, school):
        address = "/ru/projects/?oblast=" + "4" * page_cache.LONGEST_ADDRESS
        Client().get(address)
        assert not is_kept(address)

    @pytest.mark.parametrize("address", ["/ru/projects/school/give/", "/ru/projects/school/trail/", "/ru/nowhere/"])
    def test_a_form_a_trail_and_an_error(self, school, fresh_rates, address):
        Client().get(address)
        assert not is_kept(address)

    def test_what_somebody_else_asks_in_vain_pushes_nothing_out(self, kept_school):
        for number in range(400):
            Client().get(f"/ru/contact/?page={number}&oblast={number}")
        assert is_kept()

    def test_a_page_for_one_reader_is_kept_on_no_way(self, kept_school, enter):
        answer = enter("giver").get(SCHOOL)
        assert (answer["Cache-Control"], "Cookie" in answer["Vary"], "X-Offline" in answer) == ("private", True, False)

    @pytest.mark.parametrize("verb", ["post", "head", "options"])
    def test_anything_but_a_get(self, school, verb):
        getattr(Client(), verb)(SCHOOL)
        assert not is_kept()

    def test_a_preview_and_its_draft_stay_with_the_editor(self, school_page):
        school_page.note = "<p>Тайный черновик</p>"
        preview = school_page.make_preview_request(RequestFactory().get("/cms/"))
        assert "Тайный черновик" in preview.content.decode()
        assert "Тайный черновик" not in Client().get(SCHOOL).content.decode()

    def test_a_preview_is_made_anew_where_a_page_is_kept(self, kept_school, school_page):
        school_page.note = "<p>Тайный черновик</p>"
        assert "Тайный черновик" in school_page.make_preview_request().content.decode()

    def test_an_answer_that_sets_a_cookie(self, rf):
        def with_cookie(_request):
            answer = page_cache.mark(HttpResponse("x"))
            answer.set_cookie("seen", "1")
            return answer

        assert self._kept(rf, with_cookie) is False

    def test_an_answer_nobody_marked(self, rf):
        assert self._kept(rf, lambda _request: HttpResponse("x")) is False

    def test_an_answer_that_is_no_success(self, rf):
        assert self._kept(rf, lambda _request: page_cache.mark(HttpResponse("x", status=404))) is False

    def test_a_marked_answer_is(self, rf):
        assert self._kept(rf, lambda _request: page_cache.mark(HttpResponse("x"))) is True

    @staticmethod
    def _kept(rf, view) -> bool:
        """Whether the second of two equal requests is answered without the view."""
        asked = []
        middleware = page_cache.keep(lambda request: asked.append(request) or view(request))
        middleware(rf.get("/ru/"))
        middleware(rf.get("/ru/"))
        return len(asked) == 1


class TestWithoutACache:
    NOBODY_ANSWERS = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {"BACKEND": "tests.cms.test_page_cache.Away"},
        "pages-version": {"BACKEND": "tests.cms.test_page_cache.Away"},
    }

    def test_the_page_is_made_anew(self, school_page, settings):
        settings.CACHES = self.NOBODY_ANSWERS
        assert Client().get(SCHOOL).status_code == 200
        assert not is_kept()

    def test_forgetting_breaks_nothing_and_is_told(self, db, settings, caplog, committed):
        settings.CACHES = self.NOBODY_ANSWERS
        with committed():
            page_cache.forget()
        assert [record.levelname for record in caplog.records] == ["WARNING"]


class Away:
    """A cache at whose address nobody listens."""

    def __init__(self, *_args, **_options):
        """Take what Django gives every cache."""

    def __getattr__(self, name):
        if name in {"get", "set", "add", "delete", "incr", "get_or_set", "get_many", "set_many", "delete_many"}:
            return self._refuse
        raise AttributeError(name)

    def _refuse(self, *_args, **_options):
        raise ConnectionError("Connection refused")

    def close(self):
        """Django closes every cache after a request."""


def test_pages_of_every_kind_are_marked(school):
    for page in Page.objects.filter(depth__gt=1).specific():
        request = RequestFactory().get(page.url or "/")
        assert page.serve(request).ashar_public is True


def test_the_draft_of_a_page_is_not_what_is_kept(kept_school):
    page = ProjectPage.objects.get(project=kept_school, locale__language_code="ru")
    page.title = "Новое"
    page.save_revision()
    assert "Новое" not in Client().get(SCHOOL).content.decode()
