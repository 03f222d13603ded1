"""The page of contacts: no form, nothing asked of who reads, and no request to anybody else."""

import json
import re

import pytest

from cms.models import Contact, ContactPage
from tests.cms.conftest import LANGUAGES
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")


def contacts(code: str, *rows: Contact) -> ContactPage:
    page = ContactPage.objects.get(locale__language_code=code)
    page.body = [("known_contacts", {"title": "Консульства", "contacts": list(rows)})]
    page.save_revision().publish()
    return page


def main(client, code: str = "ru") -> str:
    return client.get(f"/{code}/contact/").content.decode().split("<main")[1].split("</main")[0]


def test_stands_once_in_each_tree_and_cannot_be_added_again(planted):
    assert sorted(ContactPage.objects.values_list("locale__language_code", flat=True)) == sorted(LANGUAGES)
    assert ContactPage.max_count_per_parent == 1


def test_says_so_while_nothing_is_written(client):
    assert "Контактов пока нет." in main(client)


def test_shows_contacts_and_asks_nothing(client):
    contacts("ru", snippet(Contact, phone="+996 312 000 000", map_link="https://maps.example.org/1"))
    html = main(client)
    assert "<h2>Консульства</h2>" in html
    assert 'href="tel:+996 312 000 000"' in html
    assert re.findall(r"<(form|input|iframe|script|img)", html) == []


def test_until_it_is_written_readers_see_that_of_another_language(client):
    contacts("ru", snippet(Contact))
    html = main(client, "ky")
    assert '<div lang="ru"><div class="story">' in html
    assert "Консульство" in html
    assert 'class="notice' in html


def test_every_page_leads_to_it(client):
    for code in LANGUAGES:
        assert f'<a href="/{code}/contact/">' in client.get(f"/{code}/projects/").content.decode().split("<footer")[1]


def test_machines_read_that_it_is_one(client):
    contacts("ru", snippet(Contact))
    [block] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get("/ru/contact/").content.decode()
    )
    assert json.loads(block)["@type"] == "ContactPage"
