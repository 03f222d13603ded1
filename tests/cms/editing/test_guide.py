"""Our guide for editors stands in the rooms, in a language of its reader, and no line of “Help” leads to another site."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ashar.accounts import roles
from cms.editing import guide
from tests.cms.conftest import GIVER

GUIDE = "/cms/guide/"
SHOWN = {
    "ky": ("Редакторго колдонмо", 'lang="ru"', "Ваш стол"),
    "ru": ("Руководство для редактора", 'lang="ru"', "Ваш стол"),
    "en": ("Guide for editors", 'lang="en"', "Your desk"),
}


@pytest.mark.parametrize("code", SHOWN)
def test_it_speaks_a_language_of_its_reader(enter, code):
    html = enter(roles.EDITORS["ky"]).get(GUIDE, HTTP_ACCEPT_LANGUAGE=code).content.decode()
    title, language, heading = SHOWN[code]
    assert (title in html, f'<article class="guide" {language}>' in html) == (True, True)
    assert f"<h2>{heading}</h2>" in html


@pytest.mark.parametrize(("asked", "heading"), [("en", "Your desk"), ("ru", "Ваш стол"), ("../etc", "Ваш стол")])
def test_the_other_one_is_a_link_away(enter, asked, heading):
    html = enter(roles.AUTHOR).get(f"{GUIDE}?in={asked}", HTTP_ACCEPT_LANGUAGE="ky").content.decode()
    assert f"<h2>{heading}</h2>" in html
    assert re.findall(r'<a href="(/cms/guide/[^"]*)">', html) == [f"{GUIDE}?in={'ru' if asked == 'en' else 'en'}"]


@pytest.mark.parametrize("code", guide.FILES)
def test_its_pictures_are_there(enter, code):
    desk = enter(roles.AUTHOR)
    shown = re.findall(r'<img src="([^"]+)" alt="([^"]+)">', desk.get(f"{GUIDE}?in={code}").content.decode())
    answers = [desk.get(address) for address, _words in shown]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [(200, "image/jpeg")] * 3
    assert all(b"".join(answer.streaming_content).startswith(b"\xff\xd8") for answer in answers)


@pytest.mark.parametrize("name", ["home-1280.jpg", "nothing.jpg", "desk-1280.png", "..%2Fhow-to%2Feditor.md"])
def test_no_other_file_is(enter, name):
    assert enter(roles.AUTHOR).get(GUIDE + name, follow=True).status_code == 404


@pytest.mark.parametrize("address", [GUIDE, f"{GUIDE}desk-1280.jpg"])
def test_it_is_for_those_who_work_here(enter, planted, address):
    assert [browser.get(address).status_code for browser in (Client(), enter(GIVER))] == [302, 302]


@pytest.mark.parametrize("role", [roles.EDITOR, roles.PROOFREADER, roles.FINANCE_OFFICER])
def test_help_leads_to_it_and_to_no_other_site(enter, role):
    html = enter(role).get("/cms/", follow=True).content.decode()
    assert (f'"url": "{GUIDE}"' in html, f'href="{GUIDE}"' in html) == (True, True)
    assert re.findall(r"guide\.wagtail\.org|whats-new-in-wagtail|\"editor-guide\"", html) == []


def test_the_image_of_the_site_holds_what_it_shows():
    kept = (Path(settings.ROOT) / ".dockerignore").read_text(encoding="utf-8").splitlines()
    shots = {shown for code in guide.FILES for shown in guide.PICTURE.findall(guide.text(code))}
    wanted = {*(f"!docs/how-to/{file}" for file in guide.FILES.values()), *(f"!docs/shots/{shot}" for shot in shots)}
    assert {line for line in kept if line.startswith("!")} == wanted
    assert reverse(guide.NAME) == GUIDE
