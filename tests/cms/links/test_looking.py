"""Broken links as rows: since when, until when, and that nobody else is asked where the settings do not allow it."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from cms import tasks
from cms.links import asking, looking
from cms.links.finding import Reason
from cms.links.rows import AskedAddress, BrokenLink, LastLook
from tests.cms.links.conftest import ANY_PORT, EVERYBODY, Site, Slow
from tests.factories import articles
from tests.factories.moments import NOON

pytestmark = pytest.mark.usefixtures("planted")
DAY = timedelta(days=1)


def article(slug: str, *hrefs: str, **facts):
    anchors = "".join(f'<a href="{href}">там {number}</a>' for number, href in enumerate(hrefs))
    return articles.published(slug, body=[("text", f"<p>{anchors}</p>")], **facts)


def rows() -> list[tuple[str, str, str, object]]:
    known = BrokenLink.objects.order_by("page__slug", "target")
    return [(row.page.slug, row.target, row.reason, row.since) for row in known]


class TestOurOwn:
    def test_what_is_broken_is_written_down_once_and_keeps_its_day(self):
        article("roof", "/ru/nowhere/", "/ru/nowhere/", "/ru/news/")
        article("hidden", "/ru/nowhere/", live=False)
        looking.look(at=NOON)
        looking.look(at=NOON + DAY)
        assert rows() == [("roof", "/ru/nowhere/", Reason.NO_SUCH_PATH, NOON)]

    def test_what_is_mended_is_forgotten_and_breaks_anew(self, committed):
        article("roof", "/ru/news/wall/")
        looking.look(at=NOON)
        wall = articles.published("wall")
        looking.look(at=NOON + DAY)
        assert rows() == []
        with committed():
            wall.unpublish()
        looking.look(at=NOON + 2 * DAY)
        assert rows() == [("roof", "/ru/news/wall/", Reason.NO_SUCH_PATH, NOON + 2 * DAY)]

    def test_another_reason_is_the_same_link_on_the_same_day(self):
        wall = articles.published("wall", live=False)
        articles.published("roof", body=[("text", f'<p><a linktype="page" id="{wall.pk}">стена</a></p>')])
        looking.look(at=NOON)
        wall.delete()
        looking.look(at=NOON + DAY)
        assert [row[2:] for row in rows()] == [(Reason.PAGE_GONE, NOON)]

    def test_publishing_a_page_without_the_link_forgets_it_at_once(self):
        page = article("roof", "/ru/nowhere/")
        article("wall", "/ru/nowhere/")
        looking.look(at=NOON)
        page.body = [("text", "<p>Сөз</p>")]
        page.save_revision().publish()
        assert [row[0] for row in rows()] == ["wall"]

    def test_rows_go_with_their_page(self):
        page = article("roof", "/ru/nowhere/")
        looking.look(at=NOON)
        page.delete()
        assert rows() == []

    @pytest.mark.parametrize("start", ["http://localhost:8000", "https://LOCALHOST:8000", "//localhost:8000", ""])
    def test_an_address_of_ours_is_ours_however_it_is_written(self, settings, start):
        settings.SITE_URL = "http://localhost:8000"
        article("roof", f"{start}/ru/news/zzz-net/", f"{start}/ru/projects/nope/", f"{start}/ru/news/roof/")
        looking.look(at=NOON)
        assert [row[1:3] for row in rows()] == [
            ("/ru/news/zzz-net/", Reason.NO_SUCH_PATH),
            ("/ru/projects/nope/", Reason.NO_SUCH_PATH),
        ]

    def test_when_it_was_is_known(self):
        assert LastLook.objects.count() == 0
        for at in (NOON, NOON + DAY):
            looking.look(at=at)
        assert [look.at for look in LastLook.objects.all()] == [NOON + DAY]

    def test_the_clock_looks(self):
        article("roof", "/ru/nowhere/")
        tasks.look_after_links()
        assert [row[:3] for row in rows()] == [("roof", "/ru/nowhere/", Reason.NO_SUCH_PATH)]


class TestOthers:
    @pytest.fixture
    def site(self, other) -> Site:
        return other

    def test_what_they_lack_is_written_down(self, site):
        article("roof", site.at("404"), site.at("200"))
        assert looking.ask_others(at=NOON, gate=EVERYBODY) == 2
        looking.look(at=NOON)
        assert rows() == [("roof", site.at("404"), Reason.NOT_THERE, NOON)]

    def test_an_address_on_two_pages_is_asked_once(self, site):
        article("roof", site.at("200"))
        article("wall", f"{site.at('200')}#part")
        looking.ask_others(at=NOON, gate=EVERYBODY)
        assert len(site.asked) == 1

    @pytest.mark.parametrize(("path", "days", "asked"), [("200", 6, 0), ("200", 8, 1), ("500", 0.9, 0), ("500", 2, 1)])
    def test_an_answer_holds_a_week_and_a_fault_a_day(self, site, path, days, asked):
        article("roof", site.at(path))
        looking.ask_others(at=NOON, gate=EVERYBODY)
        assert looking.ask_others(at=NOON + days * DAY, gate=EVERYBODY) == asked

    def test_many_are_asked_in_rounds(self, site):
        article("roof", *(site.at(f"200/?{number}") for number in range(looking.ASKED_AT_ONCE + 2)))
        rounds = [looking.ask_others(at=NOON, gate=EVERYBODY) for _round in range(3)]
        assert rounds == [looking.ASKED_AT_ONCE, 2, 0]

    def test_a_round_begins_nothing_after_its_time(self, site, monkeypatch):
        monkeypatch.setattr(looking, "ROUND_SECONDS", 0)
        article("roof", site.at("200"))
        assert (looking.ask_others(at=NOON, gate=EVERYBODY), site.asked) == (0, [])

    def test_an_address_that_used_up_the_time_is_not_the_first_again(self, site):
        def endless(_number: str) -> bool:
            raise SoftTimeLimitExceeded

        article("roof", site.at("200/a"), site.at("200/b"))
        with pytest.raises(SoftTimeLimitExceeded):
            looking.ask_others(at=NOON, gate=asking.Gate(lets_in=endless, ports=ANY_PORT))
        [asked] = AskedAddress.objects.all()
        assert (asked.address, asked.reason) == (site.at("200/a"), Reason.SILENT)
        assert looking.ask_others(at=NOON, gate=EVERYBODY) == 1
        assert AskedAddress.objects.get(address=site.at("200/b")).reason == ""

    def test_a_host_that_answers_drop_by_drop_leaves_the_round_to_others(self, site, monkeypatch):
        monkeypatch.setattr(asking, "MOST_SECONDS", 0.2)
        slow = Slow(b"HTTP/1.1 200 " + b"O" * 900)
        article("roof", *(slow.at(f"{number}") for number in range(40)), site.at("404"), site.at("200"))
        rounds = [looking.ask_others(at=NOON, gate=EVERYBODY) for _round in range(2)]
        slow.close()
        assert (rounds, slow.asked) == ([3, 1], 2)
        assert AskedAddress.objects.get(address=site.at("404")).reason == Reason.NOT_THERE

    def test_what_no_page_names_is_forgotten(self, site):
        page = article("roof", site.at("404"))
        looking.ask_others(at=NOON, gate=EVERYBODY)
        page.unpublish()
        looking.ask_others(at=NOON, gate=EVERYBODY)
        assert AskedAddress.objects.count() == 0

    @pytest.mark.parametrize(("allowed", "known"), [(False, []), (True, [Reason.PORT])])
    def test_nobody_is_asked_unless_the_settings_allow_it(self, site, settings, allowed, known):
        settings.CHECK_LINKS_OUTSIDE = allowed
        article("roof", site.at("404"))
        tasks.ask_for_links()
        assert list(AskedAddress.objects.values_list("reason", flat=True)) == known
        assert site.asked == []

    def test_unasked_ones_are_not_broken(self, site):
        article("roof", site.at("404"))
        looking.look(at=NOON)
        assert rows() == []
