"""From one language to another by a PO file: taken away, filled, brought back, published. Runs on both databases."""

import re

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from ashar.accounts import roles
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away


def words_of(browser, code: str) -> str:
    caches["pages"].clear()
    browser.logout()
    return browser.get(f"/{code}/news/roof/").content.decode()


def test_the_file_holds_what_is_to_be_translated_and_whose_it_is(office, kyrgyz):
    po = taken_away(office, kyrgyz)
    assert {entry.msgid: entry.msgstr for entry in po if entry.msgid in KYRGYZ} == dict.fromkeys(KYRGYZ, "")
    assert po.metadata["X-WagtailLocalize-TranslationID"] == str(kyrgyz.uuid)


def test_filled_brought_back_and_published_it_is_read_in_kyrgyz(office, kyrgyz, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    page = published(office, kyrgyz)
    assert (page.live, page.title, page.lead, page.locale.language_code) == (True, "Чатыр", "Кыскача.", "ky")
    html = words_of(office, "ky")
    assert [word for word in KYRGYZ.values() if word not in html] == []
    assert [word for word in KYRGYZ if word in re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)] == []
    assert "Крыша" in words_of(office, "ru")


def test_published_it_is_read_at_once_though_the_lent_page_was_kept(office, kyrgyz, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    for _reader in range(2):
        assert "Кыскача." not in Client().get("/ky/news/roof/").content.decode()
    published(office, kyrgyz)
    assert "Кыскача." in Client().get("/ky/news/roof/").content.decode()


def test_taken_away_again_it_holds_what_was_brought(office, kyrgyz):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    again = taken_away(office, kyrgyz)
    assert {entry.msgid: entry.msgstr for entry in again if entry.msgid in KYRGYZ} == KYRGYZ


def test_until_it_is_published_readers_see_the_russian_one_under_a_notice(office, kyrgyz):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    html = words_of(office, "ky")
    assert ("До зимы успели." in html, "Кышка чейин бүттү." in html, 'lang="ru"' in html) == (True, False, True)


def test_a_changed_source_asks_for_what_is_new_and_keeps_what_is_done(office, kyrgyz, russian, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    published(office, kyrgyz)
    russian.lead = "Коротко и ясно."
    russian.save_revision().publish()
    kyrgyz.source.update_from_db()
    told = {entry.msgid: entry.msgstr for entry in taken_away(office, kyrgyz) if not entry.obsolete}
    assert {word: told.get(word) for word in ("Коротко и ясно.", "Крыша", "Коротко.")} == {
        "Коротко и ясно.": "",
        "Крыша": "Чатыр",
        "Коротко.": None,
    }


OURS = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Крыша"\nmsgstr "Чатыр"\n'


@pytest.mark.parametrize("content", ["", "no catalogue at all", 'msgid "Крыша\nmsgstr', "/etc/passwd", OURS])
def test_what_is_no_catalogue_of_ours_is_refused_in_words_and_changes_nothing(office, kyrgyz, content):
    answer = brought_back(office, kyrgyz, content)
    told = [str(message) for message in office.get(answer.url).context["messages"]]
    assert (answer.status_code, "Это не каталог, скачанный отсюда." in told[-1]) == (302, True)
    assert StringTranslation.objects.count() == 0


def test_what_is_no_text_or_no_file_is_refused_too(office, kyrgyz):
    address = reverse("wagtail_localize:upload_pofile", args=[kyrgyz.pk])
    told = ({}, {"file": SimpleUploadedFile("roof.po", b"\xff\xfe\x00msgid")}, {"file": "a word"})
    assert [office.post(address, {"next": "/cms/", **each}).status_code for each in told] == [302, 302, 302]
    assert StringTranslation.objects.count() == 0


def test_a_catalogue_is_sent_and_never_opened_by_a_link(office, kyrgyz):
    assert office.get(reverse("wagtail_localize:upload_pofile", args=[kyrgyz.pk])).status_code == 405


def test_the_catalogue_of_another_page_changes_nothing(office, kyrgyz):
    po = filled(taken_away(office, kyrgyz), KYRGYZ)
    po.metadata["X-WagtailLocalize-TranslationID"] = "0" * 8 + "-0000-0000-0000-" + "0" * 12
    assert brought_back(office, kyrgyz, str(po)).status_code == 302
    assert StringTranslation.objects.count() == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_editor_of_one_language_brings_back_what_is_theirs(enter, office, kyrgyz, published, code):
    po = str(filled(taken_away(office, kyrgyz), KYRGYZ))
    browser = enter(roles.EDITORS[code])
    brought_back(browser, kyrgyz, po)
    assert published(browser, kyrgyz).live is (code == "ky")
    assert StringTranslation.objects.exists() is (code == "ky")
