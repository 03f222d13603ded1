"""Every kind of notice that any part sends can be read in every language with its sample facts."""

import re
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from ashar.language import LANGUAGES
from ashar.notices import rendering, samples
from tests.ashar.notices.conftest import FACTS

KINDS = samples.kinds()


@pytest.fixture
def sampled(monkeypatch):
    monkeypatch.setattr(samples, "kinds", lambda: ["letter", "parcel"])
    module = ModuleType("notice_samples")
    module.SAMPLES = {"parcel": FACTS}
    monkeypatch.setattr(samples, "_modules", lambda: [module])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_text_in_every_language(kind, language):
    content = rendering.render(kind, language=language, facts=samples.facts_of(kind))

    assert content.language == language
    assert content.subject != ""
    assert content.text.strip() != ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_shows_a_raw_tag_or_an_escaped_letter(kind, language):
    content = rendering.render(kind, language=language, facts=samples.facts_of(kind))

    assert re.findall(r"\{[{%#]|&(?:amp|lt|gt|quot|#x27|#39);", content.subject + content.text) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_ends_twice(kind, language):
    """In Russian a day ends with a point of its own: "26 ноября 2026 г."."""
    content = rendering.render(kind, language=language, facts=samples.facts_of(kind))

    assert re.findall(r".*[^.]\.\.(?!\.).*", content.subject + content.text) == []


def test_the_command_prints_a_notice(sampled, capsys):
    call_command("preview_notice", "parcel", "--language", "ru")

    assert capsys.readouterr().out.splitlines()[:3] == ["Посылка пришла: Айгүл", "", "Здравствуйте, Айгүл!"]


def test_the_command_speaks_kyrgyz_unless_told_otherwise(sampled, capsys):
    call_command("preview_notice", "parcel")

    assert capsys.readouterr().out.splitlines()[0] == "Посылка келди: Айгүл"


def test_the_command_prints_html(sampled, capsys):
    call_command("preview_notice", "parcel", "--language", "en", "--html")

    assert "<h1>Your parcel is here: Айгүл</h1>" in capsys.readouterr().out


def test_an_unknown_kind_is_answered_with_the_known_ones(sampled):
    with pytest.raises(CommandError, match=r"^No kind telegram. There are: letter, parcel.$"):
        call_command("preview_notice", "telegram")


def test_a_kind_without_a_sample_is_answered_with_where_to_put_it(sampled):
    with pytest.raises(CommandError, match=r"^No sample facts for letter: add them to its app's notice_samples.py.$"):
        call_command("preview_notice", "letter")
