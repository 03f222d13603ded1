"""The language switch keeps the page and its query."""

import pytest
from django.utils import translation

from ashar.web import languages


def hrefs(path, query="", translations=None):
    return {link.code: link.href for link in languages.links(path, query, translations)}


def test_same_path_stands_under_every_prefix():
    assert hrefs("/ky/projects/terezeler/") == {
        "ky": "/ky/projects/terezeler/",
        "ru": "/ru/projects/terezeler/",
        "en": "/en/projects/terezeler/",
    }


def test_query_is_kept():
    assert hrefs("/ru/projects/", "oblast=06&page=2")["ky"] == "/ky/projects/?oblast=06&page=2"


@pytest.mark.parametrize("query", ["next=/ru/my/gifts/", "next=%2Fru%2Fmy%2Fgifts%2F"])
def test_the_page_that_comes_next_is_meant_in_the_other_language_too(query):
    assert hrefs("/ru/accounts/login/", f"a=1&{query}&b=%2Fru%2F") == {
        "ky": "/ky/accounts/login/?a=1&next=/ky/my/gifts/&b=%2Fru%2F",
        "ru": "/ru/accounts/login/?a=1&next=/ru/my/gifts/&b=%2Fru%2F",
        "en": "/en/accounts/login/?a=1&next=/en/my/gifts/&b=%2Fru%2F",
    }


def test_the_page_after_the_next_is_meant_too():
    query = "next=/ru/accounts/confirm/%3Fnext%3D%252Fru%252Faccounts%252Fdata%252F"

    assert hrefs("/ru/accounts/login/", query)["en"] == (
        "/en/accounts/login/?next=/en/accounts/confirm/%3Fnext%3D/en/accounts/data/"
    )


@pytest.mark.parametrize(
    "query",
    [
        "next=//ru/accounts/",
        "next=https://hostile.example/ru/",
        "next=%2F%2Fhostile.example%2Fru%2F",
        "next=%5C/ru/",
        "next=/cms/gifts/",
        "next=/russia/",
        "next=",
        "next",
        "next=ru/",
        "nextpage=/ru/",
        "next=%ff",
    ],
)
def test_what_is_no_page_of_ours_in_a_language_is_left_as_it_is(query):
    assert hrefs("/ru/accounts/login/", query) == {
        code: f"/{code}/accounts/login/?{query}" for code in ("ky", "ru", "en")
    }


def test_a_page_that_comes_next_breaks_out_of_nothing():
    query = "next=/ru/%26email%3Dx%23%22%3E"

    assert hrefs("/ru/accounts/login/", query)["ky"] == "/ky/accounts/login/?next=/ky/%26email%3Dx%23%22%3E"


def test_address_without_a_language_leads_home():
    links = languages.links("/demo/mailbox/", "a=1", None)

    assert [(link.href, link.same) for link in links] == [("/ky/", False), ("/ru/", False), ("/en/", False)]


@pytest.mark.parametrize("path", ["/kyrgyz/", "/english/", "/russia"])
def test_word_that_only_begins_like_a_language_is_no_prefix(path):
    assert hrefs(path) == {"ky": "/ky/", "ru": "/ru/", "en": "/en/"}


def test_given_translations_win_and_a_missing_one_leads_home_without_the_query():
    links = languages.links("/ky/news/ashar/", "page=2", {"ky": "/ky/news/ashar/", "ru": "/ru/news/pomosch/"})

    assert [(link.href, link.path, link.same) for link in links] == [
        ("/ky/news/ashar/?page=2", "/ky/news/ashar/", True),
        ("/ru/news/pomosch/?page=2", "/ru/news/pomosch/", True),
        ("/en/", "/en/", False),
    ]


def test_autonyms_and_the_current_language():
    with translation.override("ru"):
        links = languages.links("/ru/", "", None)

    assert [(link.autonym, link.current) for link in links] == [
        ("Кыргызча", False),
        ("Русский", True),
        ("English", False),
    ]


def test_where_the_page_is_lent_it_leads_there_and_is_not_the_same():
    links = languages.links("/ru/news/a/", "page=2", {"ru": "/ru/news/a/"}, {"en": "/en/news/a/"})

    assert [(link.href, link.path, link.same) for link in links] == [
        ("/ky/", "/ky/", False),
        ("/ru/news/a/?page=2", "/ru/news/a/", True),
        ("/en/news/a/?page=2", "/en/news/a/", False),
    ]
