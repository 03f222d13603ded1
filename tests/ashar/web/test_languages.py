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
