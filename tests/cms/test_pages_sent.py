"""Kept pages are sent packed, named, and the same to whoever shared their address."""

import gzip

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import page_cache
from tests.cms.kept_pages import SCHOOL, is_kept, kept_school

__all__ = ["kept_school"]  # a fixture


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

    def test_the_name_is_of_the_words_and_lives_on_where_nothing_changed(self, kept_school, committed):
        before = Client().get(SCHOOL)["ETag"]
        with committed():
            page_cache.forget()
        assert not is_kept()
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
