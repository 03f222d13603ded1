"""Wagtail's letters about a page on its way: in the form and the language of the site's, to where the site stands."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils import translation

from cms import trees
from cms.models import ArticlePage
from tests.cms.editing.conftest import approved, submitted

FAR_NOON = datetime(2099, 1, 1, 6, tzinfo=UTC)
GREETINGS = {"ky": "Саламатсызбы", "ru": "Здравствуйте", "en": "Hello"}


def parts(letter) -> tuple[str, str]:
    """The text and the HTML of one letter."""
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    return letter.body, html


def last_letter_to(person):
    return [letter for letter in mail.outbox if letter.to == [person.email]][-1]


@pytest.fixture(params=GREETINGS)
def reader(request, proofreader):
    """The proof-reader, who reads one language."""
    proofreader.full_name, proofreader.language = "Айжан Сапарова", request.param
    proofreader.save()
    return proofreader


@pytest.mark.parametrize("of_sender", GREETINGS)
def test_it_greets_by_name_in_the_form_of_the_site(author, reader, article, of_sender):
    with translation.override(of_sender):
        submitted(article, author)
    text, html = parts(last_letter_to(reader))
    for part in (text, html):
        assert (GREETINGS[reader.language] in part, "Айжан Сапарова" in part) == (True, True)
    assert (f'<html lang="{reader.language}">' in html, 'class="sheet"' in html) == (True, True)
    assert re.findall(r">(Ашар|Ashar)<", html) == ["Ashar" if reader.language == "en" else "Ашар"] * 2


def test_who_has_no_name_is_greeted_by_the_address(author, proofreader, article):
    proofreader.full_name = ""
    proofreader.save()
    submitted(article, author)
    assert all(proofreader.email in part for part in parts(last_letter_to(proofreader)))


@pytest.fixture
def asked(author, proofreader, editor, article, settings):
    """Return what the author is told once the article has come to the end of its way."""
    settings.SITE_URL = "http://localhost:9400"
    trees.plant()

    def told(**facts) -> tuple[str, str]:
        for name, value in facts.items():
            setattr(article, name, value)
        article.save(update_fields=["live"])
        article.save_revision(user=author)
        page = approved(submitted(ArticlePage.objects.get(pk=article.pk), author), proofreader)
        mail.outbox.clear()
        approved(page, editor)
        return parts(last_letter_to(author))

    return told


def test_the_author_is_led_to_the_page_that_is_out(asked):
    assert all("http://localhost:9400/ru/news/roof/" in part for part in asked())


def test_of_a_new_version_with_an_hour_the_hour_is_told_though_the_page_is_out(asked):
    for part in asked(live=True, go_live_at=FAR_NOON):
        assert ("2099" in part, "/ru/news/roof/" in part) == (True, False)


def test_of_a_page_with_an_hour_the_author_is_told_the_hour_and_led_nowhere(asked):
    for part in asked(go_live_at=FAR_NOON):
        assert ("2099" in part, "/ru/news/roof/" in part) == (True, False)
