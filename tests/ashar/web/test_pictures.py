"""A card is drawn once for what it shows, and not sent to who has it."""

import pytest
from django.core.cache import caches

from ashar.web import cards, pictures
from ashar.web.cards import Card

SCHOOL = Card(site="Ашар", title="Крыша школы")


@pytest.fixture(autouse=True)
def drawings(monkeypatch):
    """Nothing kept; every title that is drawn."""
    caches["cards"].clear()
    done, really = [], cards.draw
    monkeypatch.setattr(cards, "draw", lambda card: done.append(card.title) or really(card))
    return done


def test_is_drawn_once(request_to, drawings):
    first, second = (pictures.answer(request_to("/"), SCHOOL) for _ in range(2))
    assert (first.content, first["Content-Type"]) == (second.content, "image/png")
    assert drawings == ["Крыша школы"]


def test_is_drawn_anew_when_it_shows_another_thing(request_to, drawings):
    before = pictures.answer(request_to("/"), SCHOOL)
    after = pictures.answer(request_to("/"), Card(site="Ашар", title="Мост"))
    assert before["ETag"] != after["ETag"]
    assert drawings == ["Крыша школы", "Мост"]


def test_may_be_kept_on_the_way_for_some_minutes(request_to):
    assert pictures.answer(request_to("/"), SCHOOL)["Cache-Control"] == "public, max-age=300"


def test_who_has_it_is_told_so_and_nothing_is_drawn(request_to, drawings):
    known = pictures.answer(request_to("/", headers={"If-None-Match": f'"{SCHOOL.digest}"'}), SCHOOL)
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", f'"{SCHOOL.digest}"')
    assert known["Cache-Control"] == "public, max-age=300"
    assert drawings == []


def test_without_a_cache_it_is_drawn_each_time(request_to, drawings, settings, caplog):
    settings.CACHES = {**settings.CACHES, "cards": {"BACKEND": "tests.cms.test_page_cache.Away"}}
    assert [pictures.answer(request_to("/"), SCHOOL).status_code for _ in range(2)] == [200, 200]
    assert drawings == ["Крыша школы"] * 2
    assert {record.levelname for record in caplog.records} == {"WARNING"}


@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_the_site_has_a_card_in_every_language(client, db, code, drawings):
    response = client.get(f"/{code}/card.png")
    assert (response.status_code, response["Content-Type"], response.content[:4]) == (200, "image/png", b"\x89PNG")
    assert not response.cookies
    assert len(drawings) == 1
