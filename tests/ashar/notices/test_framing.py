"""A letter of text in the frame of every mail, and the frame itself: the site's colours, and nothing to fetch."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from ashar.notices import framing
from ashar.web import styles

TEMPLATES = Path(apps.get_app_config("notices").path) / "templates" / "notices"
FRAME = (TEMPLATES / "mail.html").read_text(encoding="utf-8")
MARK = (TEMPLATES / "mark.html").read_text(encoding="utf-8")
TOKENS = (styles.GROUND / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b")


def framed(text, **more):
    return framing.framed(text, **{"subject": "A letter", "language": "en", **more})


def words_of(html):
    """Return what stands between the head and the foot."""
    return html.split('<td class="words" align="left">')[1].split("</td>")[0].strip()


def tokens(text):
    """Return the colours among the tokens by name, each in six digits."""
    return {name: long(colour) for name, colour in re.findall(r"--([\w-]+): (#[0-9a-f]+);", text)}


def long(colour):
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


LIGHT, DARK = (tokens(part) for part in TOKENS.split("@media (prefers-color-scheme: dark)"))
LIGHT_FRAME, DARK_FRAME = (
    FRAME.replace(FRAME.split("@media")[1].split("</style>")[0], ""),
    FRAME.split("@media")[1].split("</style>")[0],
)


def test_paragraphs_stay_paragraphs_and_lines_lines():
    assert words_of(framed("Hello.\n\n- one\n- two\n")) == ("<h1>A letter</h1>\n<p>Hello.</p>\n<p>- one<br>- two</p>")


def test_an_address_by_itself_is_a_button_and_can_be_copied():
    assert words_of(framed("Go on:\n\nhttps://ashar.example/en/a/?b=1&c=2\n")) == (
        "<h1>A letter</h1>\n<p>Go on:</p>\n"
        '<p><a class="button" href="https://ashar.example/en/a/?b=1&amp;c=2">Open the page</a></p>\n'
        '<p class="soft"><a href="https://ashar.example/en/a/?b=1&amp;c=2">https://ashar.example/en/a/?b=1&amp;c=2</a></p>'
    )


def test_an_address_within_a_sentence_is_a_link_without_its_full_stop():
    assert '<p>See <a href="https://ashar.example/en/">https://ashar.example/en/</a>.</p>' in framed(
        "See https://ashar.example/en/."
    )


@pytest.mark.parametrize(
    "stranger",
    ["https://phishing.example/", "https://ashar.example.phishing.example/", "https://ashar.example@phishing.example/"],
)
def test_an_address_of_others_stays_words(stranger):
    assert words_of(framed(f"Айгүл {stranger}\n\n{stranger}")) == (
        f"<h1>A letter</h1>\n<p>Айгүл {stranger}</p>\n<p>{stranger}</p>"
    )


def test_only_the_code_stands_large():
    html = framed("Your code:\n\nKX2P-9RTD\n\nABCD-EFGH", code="KX2P-9RTD")

    assert re.findall(r'<p class="code">(.*)</p>', html) == ["KX2P-9RTD"]


def test_everything_is_escaped():
    assert words_of(framed("<b>&\n\n<i>", subject="<script>", code="<i>")) == (
        '<h1>&lt;script&gt;</h1>\n<p>&lt;b&gt;&amp;</p>\n<p class="code">&lt;i&gt;</p>'
    )


@pytest.mark.parametrize(
    ("language", "button"), [("ky", "Бетти ачуу"), ("ru", "Открыть страницу"), ("en", "Open the page")]
)
def test_the_frame_speaks_the_language_of_the_letter(language, button):
    with translation.override("ky"):
        html = framed("https://ashar.example/x/", language=language)

    assert (f'<html lang="{language}">' in html, f">{button}</a>" in html) == (True, True)


def test_the_foot_is_the_frames_own_unless_another_is_given():
    own = "You get this message because of something you did on Ashar."

    assert (own in framed("Hello."), own in framed("Hello.", foot="Bye.")) == (True, False)
    assert '<td class="foot" align="left">Bye.</td>' in framed("Hello.", foot="Bye.")


def test_every_colour_is_a_token_of_the_site():
    assert set(COLOUR.findall(LIGHT_FRAME + MARK)) - set(LIGHT.values()) == set()
    assert set(COLOUR.findall(DARK_FRAME)) - set(DARK.values()) == set()


def test_every_colour_of_light_has_its_partner_in_dark():
    used, dark = set(COLOUR.findall(LIGHT_FRAME)) - {LIGHT["felt-red"]}, set(COLOUR.findall(DARK_FRAME))
    partners = {colour: {DARK[name] for name in DARK if LIGHT[name] == colour} for colour in used}

    assert [colour for colour, found in partners.items() if not found & dark] == []
    assert dark - set().union(*partners.values()) == set()


def test_links_and_buttons_are_indigo():
    for frame, colours in ((LIGHT_FRAME, LIGHT), (DARK_FRAME, DARK)):
        [link] = re.findall(r"^ *a \{ color: (#\w+)", frame, re.MULTILINE)
        [button] = re.findall(r"^ *\.button \{.*background: (#\w+)", frame, re.MULTILINE)
        [label] = re.findall(r"^ *\.button \{.*[; {]color: (#\w+)", frame, re.MULTILINE)
        assert (link, button, label) == (colours["indigo"], colours["indigo"], colours["on-indigo"])


def test_felt_red_is_the_mark_and_the_rule_under_the_head_alone():
    assert [line.split(" style")[0] for line in FRAME.splitlines() if LIGHT["felt-red"] in line] == [
        f'<tr><td height="3" bgcolor="{LIGHT["felt-red"]}"'
    ]
    assert set(COLOUR.findall(MARK)) == {LIGHT["felt-red"], LIGHT["felt-white"]}


def test_a_mail_fetches_nothing():
    assert re.findall(r"<img|<link|<script|<iframe|\bsrc=|url\(|@import|@font-face", framed("Hello.")) == []
