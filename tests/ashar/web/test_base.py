"""The base page: what every page of the site carries, whatever stands in it."""

import pytest
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation

from ashar.web.sample_forms import SampleForm


@pytest.fixture
def base(read, request_to, db):
    def drawn(path="/ru/projects/", language="ru", **context):
        with translation.override(language):
            return read(render_to_string("base.html", context, request_to(path)))

    return drawn


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_page_says_its_language(base, language):
    assert base(language=language).one("html") == {"lang": language}


def test_page_is_well_formed(base):
    assert base().wrong == []


def test_one_stylesheet_one_icon_and_no_script(base):
    page = base()

    assert [link["href"] for link in page.all("link", rel="stylesheet")] == ["/static/web/styles.css"]
    assert [link["href"] for link in page.all("link", rel="icon")] == ["/static/web/mark.svg"]
    assert page.all("script") == []
    assert page.all("style") == []
    assert [
        attrs for _, attrs in page.elements if "style" in attrs or any(name.startswith("on") for name in attrs)
    ] == []


@override_settings(SITE_URL="https://ashar.example")
def test_canonical_and_alternates(base):
    page = base("/ru/projects/?utm_source=x")

    assert page.one("link", rel="canonical")["href"] == "https://ashar.example/ru/projects/"
    assert {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")} == {
        "ky": "https://ashar.example/ky/projects/",
        "ru": "https://ashar.example/ru/projects/",
        "en": "https://ashar.example/en/projects/",
        "x-default": "https://ashar.example/ky/projects/",
    }


@override_settings(SITE_URL="https://ashar.example")
@pytest.mark.parametrize("query", ["?page=1", "?page=3", "?page=x", "?page=3&a=b"])
def test_canonical_keeps_nothing_of_the_query_but_what_the_view_says(base, query):
    said = {"canonical_query": "?page=3"}
    assert [base(f"/ru/projects/{query}", **told).one("link", rel="canonical")["href"] for told in ({}, said)] == [
        "https://ashar.example/ru/projects/",
        "https://ashar.example/ru/projects/?page=3",
    ]


def test_missing_translation_is_not_announced(base):
    page = base("/ru/news/", page_languages={"ru": "/ru/news/", "en": "/en/news/"})

    assert [link["hreflang"] for link in page.all("link", rel="alternate")] == ["ru", "en"]


def test_switch_keeps_the_query(base):
    page = base("/ru/projects/?oblast=06&page=2")

    assert [link["href"] for link in page.all("a", lang="ky")] == ["/ky/projects/?oblast=06&page=2"]
    assert [link["href"] for link in page.all("a", lang="en")] == ["/en/projects/?oblast=06&page=2"]


def test_switch_shows_the_current_language_without_a_link(base):
    page = base()

    assert page.all("a", lang="ru") == []
    assert page.one("span", lang="ru") == {"class": "languages-current", "lang": "ru", "aria-current": "true"}


def test_query_of_a_stranger_cannot_break_out(base):
    page = base('/ru/projects/?q="><script>alert(1)</script>')

    assert page.all("script") == []


def test_skip_link_leads_to_the_main_part(base):
    page = base()

    assert page.all("a")[0] == {"class": "skip-link", "href": "#main"}
    assert page.one("main")["id"] == "main"


def test_one_of_each_landmark_and_every_navigation_has_a_name(base):
    page = base()

    assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert [attrs["aria-label"] for attrs in page.all("nav")] == ["Язык", "Основное", "Ещё"]


@pytest.mark.parametrize(("data", "title"), [(None, " · Ашар"), ({}, "Ошибка:  · Ашар")])
def test_title_says_when_the_form_has_errors(base, data, title):
    assert base(form=SampleForm(data)).title == title


def test_demo_says_so(base):
    with override_settings(DEMO=True):
        assert "Люди и проекты вымышлены; настоящие деньги не движутся." in base().text
    with override_settings(DEMO=False):
        assert "вымышлены" not in base().text


def test_footer_names_the_operator_or_warns(base):
    operator = {"name": "Фонд «Ашар»", "email": "ask@ashar.example", "phone": "+996312000000"}

    with override_settings(OPERATOR=operator):
        page = base()
        assert "Фонд «Ашар»" in page.text
        assert page.one("a", href="mailto:ask@ashar.example")
        assert page.one("a", href="tel:+996312000000")
    with override_settings(OPERATOR={}):
        assert "Не отправляйте сюда настоящие деньги." in base().text


def test_stranger_is_offered_to_sign_in(base):
    """Once in the menu of a phone and once in the bar of a wide screen: one of the two is shown."""
    assert base().all("a", href="/ru/accounts/login/") == [{"href": "/ru/accounts/login/"}] * 2


def test_small_page_stays_small(request_to, db):
    with translation.override("ky"):
        html = render_to_string("base.html", {}, request_to("/ky/"))

    assert len(html.encode()) < 6_000
