"""The page cache keeps what is the same for everybody, for as long as it is true, and nothing else."""

import gzip

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from ashar.accounts import roles
from ashar.ledger import posting
from ashar.ledger.models import Role
from ashar.money import Money
from ashar.outbox import delivering
from cms import page_cache
from cms.models import HomePage, ProjectPage
from diaspora import giving, projects
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, arrive
from tests.factories.moments import NOON
from tests.factories.projects import DraftProjectFactory

SCHOOL = "/ru/projects/school/"


def is_kept(address: str = SCHOOL, **headers: str) -> bool:
    """Whether a stranger gets the page without a query."""
    with CaptureQueriesContext(connection) as told:
        Client(**headers).get(address)
    return not told.captured_queries


@pytest.fixture
def kept_school(school):
    delivering.drain(timezone.now())  # the news of its opening
    Client().get(SCHOOL)
    assert is_kept()
    return school


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


class TestWhoSharedIt:
    """Marks that other sites append to an address make no page of their own and stand in none."""

    @pytest.mark.parametrize("mark", ["fbclid", "utm_source", "ysclid", "igsh"])
    def test_a_marked_address_is_answered_with_the_kept_page(self, kept_school, mark):
        assert is_kept(f"{SCHOOL}?{mark}={'x' * 300}")
        assert Client().get(f"{SCHOOL}?{mark}=x")["X-Offline"] == "keep"

    def test_who_comes_first_by_a_marked_address_leaves_no_mark(self, school):
        marked = Client().get("/ru/projects/?utm_source=letter&state=open&fbclid=secret&oblast=").content.decode()
        assert [word for word in ("utm_source", "letter", "fbclid", "secret", "oblast=&") if word in marked] == []
        assert 'href="/ky/projects/?state=open"' in marked
        assert is_kept("/ru/projects/?state=open")

    def test_the_order_of_questions_makes_no_other_page(self, school):
        Client().get("/ru/guides/?stage=return&country=")
        assert is_kept("/ru/guides/?country=&stage=return")

    def test_a_form_still_gets_what_was_asked(self, school, fresh_rates):
        answer = Client().get("/ru/projects/school/give/?currency=USD&utm_source=x")
        assert answer.wsgi_request.GET["currency"] == "USD"

    def test_a_head_is_answered_with_the_kept_page(self, kept_school):
        with CaptureQueriesContext(connection) as told:
            answer = Client().head(SCHOOL)
        assert (len(told), answer.status_code, answer["ETag"]) == (0, 200, Client().get(SCHOOL)["ETag"])


class TestHowItIsSent:
    PACKED = {"accept-encoding": "gzip, deflate, br"}

    def test_packed_to_a_third_and_the_same_page(self, kept_school):
        plain, packed = Client().get(SCHOOL), Client().get(SCHOOL, headers=self.PACKED)
        assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
        assert gzip.decompress(packed.content) == plain.content
        assert [int(answer["Content-Length"]) for answer in (plain, packed)] == [
            len(plain.content),
            len(packed.content),
        ]
        assert len(packed.content) < len(plain.content) / 3

    def test_packed_once_for_all_who_come(self, school):
        """Chance would make each another: a kept page holds nothing that lengths could give away."""
        assert len({Client().get(SCHOOL, headers=self.PACKED).content for _reader in range(5)}) == 1

    @pytest.mark.parametrize("headers", [{}, PACKED])
    def test_caches_on_the_way_are_told_what_it_depends_on(self, kept_school, headers):
        answer = Client().get(SCHOOL, headers=headers)
        assert {each.strip() for each in answer["Vary"].split(",")} == {"Cookie", "Accept-Encoding"}
        assert answer["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("headers", [{}, PACKED])
    def test_who_has_it_is_told_so_and_gets_no_page(self, school, headers):
        name = Client().get(SCHOOL, headers=headers)["ETag"]
        with CaptureQueriesContext(connection) as told:
            again = Client().get(SCHOOL, headers={**headers, "if-none-match": name})
        assert (again.status_code, again.content, len(told)) == (304, b"", 0)
        assert (name.startswith("W/"), again["ETag"], again["Vary"]) == (True, name, "Cookie, Accept-Encoding")

    def test_who_has_an_old_one_gets_the_new_one(self, kept_school, school_page, committed):
        old = Client().get(SCHOOL)["ETag"]
        school_page.note = "<p>Смета готова.</p>"
        with committed():
            school_page.save_revision().publish()
        answer = Client().get(SCHOOL, headers={"if-none-match": old})
        assert (answer.status_code, "Смета готова." in answer.content.decode()) == (200, True)

    def test_the_name_is_of_the_words_and_lives_on_where_nothing_changed(self, kept_school):
        before = Client().get(SCHOOL)["ETag"]
        page_cache.forget()
        caches["pages"].clear()
        assert Client().get(SCHOOL)["ETag"] == before

    def test_somebody_signed_in_is_never_told_that_they_have_it(self, kept_school, enter):
        name = Client().get(SCHOOL)["ETag"]
        answer = enter("giver").get(SCHOOL, headers={"if-none-match": name})
        assert (answer.status_code, "ETag" in answer) == (200, False)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "projects/feed.atom",
        "projects/feed.rss",
        "projects/school/trail.csv",
        "statistics/figures.csv",
        "accounts/login/",
    ],
)
def test_whatever_is_written_is_sent_packed(school, address):
    answer = Client().get(f"/ru/{address}", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


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


class TestWhenItForgets:
    def test_when_a_page_is_published(self, kept_school, school_page, committed):
        school_page.note = "<p>Смета готова.</p>"
        with committed():
            school_page.save_revision().publish()
        assert "Смета готова." in Client().get(SCHOOL).content.decode()

    def test_when_a_page_is_withdrawn(self, kept_school, school_page, committed):
        with committed():
            school_page.unpublish()
        assert Client().get(SCHOOL).status_code == 404

    def test_when_a_page_is_deleted(self, kept_school, school_page, committed):
        with committed():
            school_page.delete()
        assert Client().get(SCHOOL).status_code == 404

    def test_when_a_page_is_moved(self, kept_school, school_page, committed):
        with committed():
            school_page.move(HomePage.objects.get(locale__language_code="ru"), pos="last-child")
        answer = Client().get(SCHOOL)
        assert (answer.status_code, answer["Location"]) == (301, "/ru/school/")

    def test_when_a_slug_is_changed(self, kept_school, school_page, committed):
        school_page.slug = "another"
        with committed():
            school_page.save_revision().publish()
        assert Client().get(SCHOOL).status_code == 301

    def test_not_when_a_draft_is_saved(self, kept_school, school_page, committed):
        school_page.note = "<p>Ещё не готово</p>"
        with committed():
            school_page.save_revision()
        assert is_kept()

    def test_when_a_journal_is_posted(self, kept_school, django_capture_on_commit_callbacks):
        operations = posting.open_fund("operations", kind="operations", title="Operations")
        legs = [
            posting.Entry(kept_school.fund, Role.GIVEN, Money(-100_00, "KGS")),
            posting.Entry(operations, Role.BANK, Money(100_00, "KGS")),
        ]
        with django_capture_on_commit_callbacks(execute=True):
            posting.post("cash:1", kind="charge", legs=legs, at=NOON)
        assert not is_kept()

    def test_when_a_giver_is_known(self, kept_school, fresh_rates, committed):
        gift = StartedGiftFactory(project=kept_school, name="Нурбек Асанов")
        arrive(gift)
        Client().get(SCHOOL)
        giving.follow(gift.payment_id, at=NOON)
        with committed():
            delivering.drain(timezone.now())
        assert "Нурбек Асанов" in Client().get(SCHOOL).content.decode()

    def test_when_a_project_opens(self, kept_school, committed):
        Client().get("/ru/projects/")
        projects.open(DraftProjectFactory(association=kept_school.association), by=None, at=NOON)
        with committed():
            delivering.drain(timezone.now())
        assert Client().get("/ru/projects/").content.decode().count("project-card") == 2

    def test_when_a_project_closes(self, kept_school, committed):
        projects.close(kept_school, by=None, at=NOON)
        with committed():
            delivering.drain(timezone.now())
        assert "/give/" not in Client().get(SCHOOL).content.decode()

    def test_when_a_project_has_what_it_needs(self, kept_school, fresh_rates, committed):
        ReceivedGiftFactory(project=kept_school)
        projects.change_goal(kept_school, goal=Money(1_00, "KGS"), by=None, at=NOON)
        assert is_kept()  # the news is on its way
        with committed():
            delivering.drain(timezone.now())
        assert "/give/" not in Client().get(SCHOOL).content.decode()

    def test_a_page_made_before_the_news_is_not_kept_after_it(self, db, rf, committed):
        """The version is read before the page is made, so what was made from old rows lies where nobody looks."""

        def news_meanwhile(_request):
            with committed():
                page_cache.forget()
            return page_cache.mark(HttpResponse("old"))

        page_cache.keep(news_meanwhile)(rf.get("/ru/"))
        fresh = page_cache.keep(lambda _request: HttpResponse("new"))(rf.get("/ru/"))
        assert fresh.content == b"new"

    def test_a_lost_version_brings_no_old_page_back(self, kept_school):
        caches[page_cache.VERSIONS].delete(page_cache.VERSION)
        assert not is_kept()

    def test_forgetting_twice_is_forgetting(self, kept_school, committed):
        with committed():
            page_cache.forget()
            page_cache.forget()
        assert not is_kept()


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
