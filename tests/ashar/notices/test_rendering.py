import pytest
from django.template.exceptions import TemplateDoesNotExist
from django.utils import translation

from ashar.notices import rendering
from tests.ashar.notices.conftest import FACTS

HOSTILE_NAMES = [
    "Eve\nBcc: victim@example.com",
    "Eve\r\nBcc: victim@example.com\r\n\r\nbody",
    "Eve\x0bBcc: victim@example.com",
    "Eve\u2028Bcc: victim@example.com",
    "Eve\x85Bcc: victim@example.com",
    "Eve\x00",
    "\u202egnp.exe\u202c",
    "E" * 5000,
]


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("ky", "Посылка келди: Айгүл", "Посылкаңыз келди. Убактысы: 19 Ноябрь."),
        ("ru", "Посылка пришла: Айгүл", "Ваша посылка пришла 19 ноября."),
        ("en", "Your parcel is here: Айгүл", "your parcel came on 19 November."),
    ],
)
def test_a_notice_speaks_the_language_asked_for(language, subject, line):
    with translation.override("en"):
        content = rendering.render("parcel", language=language, facts=FACTS)

    assert (content.language, content.subject) == (language, subject)
    assert content.text.splitlines()[2] == line
    assert content.text.endswith(f"https://ashar.example/{language}/\n")


def test_rendering_leaves_the_active_language_alone():
    with translation.override("ru"):
        rendering.render("parcel", language="ky", facts=FACTS)

        assert translation.get_language() == "ru"


@pytest.mark.parametrize("language", ["ky", "en", "de", ""])
def test_a_missing_language_falls_to_the_nearest(language):
    content = rendering.render("letter", language=language, facts={})

    assert (content.language, content.subject, content.text) == ("ru", "Письмо", "Вам письмо.\n")
    assert '<html lang="ru">' in content.html


def test_an_unknown_kind_is_an_error():
    with pytest.raises(TemplateDoesNotExist, match=r"notices/telegram/ky\.txt"):
        rendering.render("telegram", language="ky", facts={})


def test_html_is_that_of_the_template_where_there_is_one():
    english = rendering.render("parcel", language="en", facts=FACTS)

    assert '<html lang="en">' in english.html
    assert "<h1>Your parcel is here: Айгүл</h1>" in english.html
    assert "You get this message because of something you did on Ashar." in english.html


def test_html_is_the_text_in_the_same_frame_where_there_is_none():
    russian = rendering.render("parcel", language="ru", facts={**FACTS, "name": "Айгүл <b>"})

    assert '<html lang="ru">' in russian.html
    assert "<h1>Посылка пришла: Айгүл &lt;b&gt;</h1>" in russian.html
    assert "<p>Ваша посылка пришла 19 ноября.<br>" in russian.html
    assert "Это письмо пришло вам, потому что вы пользовались сайтом «Ашар»." in russian.html


def test_text_is_written_as_it_is_and_html_is_escaped():
    content = rendering.render(
        "parcel", language="en", facts={**FACTS, "name": "O'Neil <script>alert(1)</script> & Co"}
    )

    assert content.subject == "Your parcel is here: O'Neil <script>alert(1)</script> & Co"
    assert "Hello O'Neil <script>alert(1)</script> & Co," in content.text
    assert "<script" not in content.html
    assert "Hello O&#x27;Neil &lt;script&gt;alert(1)&lt;/script&gt; &amp; Co," in content.html


def test_template_tags_in_a_fact_are_only_words():
    content = rendering.render("parcel", language="en", facts={**FACTS, "name": "{{ site_url }}{% now 'Y' %}"})

    assert content.subject == "Your parcel is here: {{ site_url }}{% now 'Y' %}"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_subject_is_one_clean_line_whatever_the_facts(name):
    subject = rendering.render("parcel", language="en", facts={**FACTS, "name": name}).subject

    assert len(subject) <= rendering.SUBJECT_LENGTH
    assert subject.splitlines() == [subject]
    assert subject.isprintable()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two   words ", "two words"),
        ("a\tb\rc\nd", "a b c d"),
        ("ү ө ң ё — «»", "ү ө ң ё — «»"),
        ("x" * 201, "x" * 199 + "…"),
        ("x" * 200, "x" * 200),
        ("", ""),
    ],
)
def test_one_line(text, line):
    assert rendering.one_line(text) == line
