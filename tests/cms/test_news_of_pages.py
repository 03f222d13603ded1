"""What makes kept pages stale, and what does not."""

from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from ashar.ledger import posting
from ashar.ledger.models import Role
from ashar.money import Money
from ashar.outbox import delivering
from cms import page_cache
from cms.models import HomePage
from diaspora import giving, projects
from tests.cms.kept_pages import SCHOOL, is_kept, kept_school
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, arrive
from tests.factories.moments import NOON
from tests.factories.projects import DraftProjectFactory

__all__ = ["kept_school"]  # a fixture


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
