"""The browser's worker and the page for when there is no connection: the same for everybody, and nothing of a person."""

import gzip
import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from ashar.web import tracking
from tests.factories.people import PersonFactory

CONFIG = re.compile(r"const CONFIG = (\{.*\});")


def config(client: Client) -> dict[str, object]:
    return json.loads(CONFIG.search(client.get("/offline-worker.js").content.decode())[1])


def test_the_worker_is_a_script_that_is_asked_for_anew_each_time(client):
    answer = client.get("/offline-worker.js")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/offline-worker.js").status_code == 405


def test_the_shell_is_our_files_and_the_page_in_each_language(client):
    files = config(client)["files"]

    assert [file for file in files if file.endswith("/offline/")] == ["/ky/offline/", "/ru/offline/", "/en/offline/"]
    assert [bool(finders.find(file.removeprefix("/static/"))) for file in files[:-3]] == [True] * 4


def test_projects_and_guides_have_shelves_of_their_own_and_marks_are_known(client):
    told = config(client)

    assert (told["sections"], told["marks"]) == ({"projects": 6, "guides": 24}, sorted(tracking.MARKS))


def test_the_list_of_what_is_kept_stands_hidden_in_the_form_that_the_worker_looks_for(client):
    page, worker = (client.get(address).content.decode() for address in ("/ru/offline/", "/offline-worker.js"))

    assert [page.count(mark) for mark in ('class="offline-kept" hidden', "</ul><!-- kept -->")] == [1, 1]
    assert [worker.count(mark) for mark in ("""'class="offline-kept" hidden'""", '"</ul><!-- kept -->"')] == [1, 1]


def test_it_weighs_a_sixth_of_what_scripts_may(client):
    assert len(gzip.compress(client.get("/offline-worker.js").content)) < 20 * 1024 / 6


@pytest.mark.django_db
def test_the_worker_is_the_same_for_everybody(client):
    before = client.get("/offline-worker.js").content
    client.force_login(PersonFactory())

    assert client.get("/offline-worker.js").content == before


def test_another_shell_is_another_version(client, monkeypatch):
    before = config(client)["version"]
    monkeypatch.setattr("ashar.web.offline.SHELL", ("web/styles.css",))

    assert config(client)["version"] != before


@pytest.mark.parametrize(("code", "words"), [("ky", "Байланыш жок"), ("ru", "Нет связи"), ("en", "No connection")])
def test_the_page_speaks_each_language_and_is_not_to_be_found(client, code, words):
    page = client.get(f"/{code}/offline/").content.decode()

    assert f"<h1>{words}</h1>" in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.django_db
def test_a_public_page_carries_the_note_hidden_in_the_form_that_the_worker_looks_for(client, db):
    page = client.get("/ky/").content.decode()
    worker = client.get("/offline-worker.js").content.decode()

    assert page.count('<p class="offline-note" hidden>') == 1
    assert """.replace('class="offline-note" hidden', 'class="offline-note"')""" in worker


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ky/offline/", "/ky/accounts/login/", "/ky/styleguide/"])
def test_other_pages_have_neither_note_nor_script(client, address):
    page = client.get(address).content.decode()

    assert ("offline-note" in page, "offline.js" in page) == (False, False)
