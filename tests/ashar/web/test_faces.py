"""What the components of stories, forms and calls promise to those who include them."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ashar.web import maps, samples
from ashar.web.sample_forms import SampleForm, SampleUpload

PICTURE = {"image": "/media/w.webp", "alt": "A window", "width": 640, "height": 480}
END = datetime(2026, 11, 30, 17, 59, tzinfo=UTC)


@pytest.fixture
def draw(read, request_to):
    def drawn(name, /, language="en", **context):
        with translation.override(language):
            return read(render_to_string(f"components/{name}.html", context, request_to("/en/")))

    return drawn


def test_map_and_its_list_hold_the_same_nine_links(draw):
    areas = maps.areas({code: maps.Figure(1200, f"/{code}/") for code in maps.PATCHES})
    page = draw("oblast_map", title="Projects", areas=areas)
    links = [link["href"] for link in page.all("a")]

    assert (len(links), links[:9]) == (18, links[9:])
    assert page.text.count("1,200") == 18
    assert page.one("svg")["role"] == "group"


def test_quote_says_its_language_and_who_spoke(draw):
    page = draw("quote", text="Алтын", lang="ky", name="Aigul", role="Head")

    assert page.one("blockquote")["lang"] == "ky"
    assert page.words == "Алтын Aigul Head"


def test_quote_without_a_name_has_no_caption(draw):
    assert draw("quote", text="Warm").all("figcaption") == []


def test_picture_keeps_its_place_and_waits(draw):
    picture = draw("figure", **PICTURE, caption="Windows", credit="Bakyt").one("img")

    assert (picture["width"], picture["height"], picture["loading"], picture["alt"]) == (
        "640",
        "480",
        "lazy",
        "A window",
    )


def test_first_picture_of_a_page_does_not_wait(draw):
    assert "loading" not in draw("figure", **PICTURE, eager=True).one("img")


def test_picture_names_its_maker(draw):
    assert draw("figure", **PICTURE, caption="Windows", credit="Bakyt").words == "Windows Photo: Bakyt"
    assert draw("figure", **PICTURE).all("figcaption") == []


def test_gallery_is_a_list_of_figures(draw):
    page = draw("gallery", title="The work", items=[PICTURE, PICTURE])

    assert [len(page.all(tag)) for tag in ("li", "figure", "img")] == [2, 2, 2]


def test_first_tab_is_open_and_one_name_closes_the_others(draw):
    page = draw("tabs", name="about", tabs=[{"title": "Project", "text": "Warm"}, {"title": "Budget", "rows": []}])

    assert [(tab["name"], "open" in tab) for tab in page.all("details")] == [("about", True), ("about", False)]


def test_fieldset_draws_its_fields_under_one_legend(draw):
    form = SampleForm()
    page = draw("fieldset", legend="About you", fields=[form["name"], form["email"]])

    assert [len(page.all(tag)) for tag in ("fieldset", "legend", "input")] == [1, 1, 2]


def test_file_field_says_what_is_accepted(draw):
    page = draw("file_field", field=SampleUpload()["estimate"])
    answer = page.one("input")

    assert (answer["type"], answer["accept"]) == ("file", ".pdf,image/jpeg,image/png")
    assert answer["aria-describedby"] == page.one("p", class_="field-help")["id"]


def test_missing_file_is_told_beside_its_field(draw):
    page = draw("file_field", field=SampleUpload({}, {})["estimate"])

    assert page.one("input")["aria-invalid"] == "true"
    assert page.one("p", class_="field-error")["id"] == "id_estimate_error"


def test_file_sent_before_can_be_seen_and_removed(draw):
    page = draw("file_field", field=SampleUpload()["letter"])

    assert page.one("a") == {"href": "#"}
    assert page.one("input", type="checkbox")["name"] == "letter-clear"


def test_field_draws_a_file_by_itself(draw):
    assert draw("field", field=SampleUpload()["estimate"]).all("div")[0]["class"] == "field field-file"


@pytest.mark.parametrize(
    ("status", "word", "links"),
    [
        ("done", "Completed", 1),
        ("started", "In progress", 1),
        ("wrong", "There is a problem", 1),
        ("open", "Not started", 1),
        ("locked", "Cannot start yet", 0),
    ],
)
def test_task_says_how_it_stands(draw, status, word, links):
    page = draw("task_list", tasks=[{"title": "Budget", "href": "#", "status": status}])

    assert (page.words, len(page.all("a"))) == (f"Budget {word}", links)


@pytest.mark.parametrize(("day", "left"), [(9, "21 days left"), (29, "1 day left"), (30, "Last day")])
def test_deadline_tells_zone_and_days(draw, day, left):
    page = draw("deadline", at=END, now=datetime(2026, 11, day, 6, tzinfo=UTC))

    assert page.words == f"Deadline: 30 November 2026, 23:59 (Bishkek time) {left}"


def test_deadline_that_has_passed_is_closed(draw):
    assert draw("deadline", at=END, now=END).words[-6:] == "Closed"


def test_exit_leads_away_without_telling_where_from(draw):
    assert draw("exit_page").one("a") == {
        "class": "exit-page-link",
        "href": "https://www.wikipedia.org/",
        "rel": "noreferrer nofollow",
    }


@pytest.mark.parametrize(("language", "text"), [("ky", "Бул беттен чыгуу"), ("ru", "Уйти с этой страницы")])
def test_exit_speaks_three_languages(draw, language, text):
    assert draw("exit_page", language=language).words[: len(text)] == text


def test_share_shows_its_address_as_a_code_with_a_name(draw):
    code = draw("share", url="https://ashar.example/en/p/", text="Windows").one("svg")

    assert (code["role"], code["aria-label"]) == ("img", "QR code with the address of this page")


@pytest.mark.parametrize("percent", ["0 %", "100 %", "140 %"])
def test_progress_is_shown_at_its_edges(percent):
    (progress,) = [each for each in samples.components() if each.name == "progress"]

    assert percent in [sample.name for sample in progress.samples]


@pytest.mark.parametrize(("language", "pieces"), [("ky", ["2026-ж.,", "30-ноябрь"]), ("ru", []), ("en", [])])
def test_a_day_breaks_between_its_words_only(request_to, language, pieces):
    with translation.override(language):
        html = render_to_string("components/date.html", {"on": END.date()}, request_to("/ky/"))
    assert re.findall(r'<span class="date-piece">([^<]*)</span>', html) == pieces
