"""What single components promise to those who include them."""

import re

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation

from ashar.money import Money


@pytest.fixture
def draw(read, request_to):
    def drawn(name, /, path="/en/", language="en", **context):
        with translation.override(language):
            return read(render_to_string(f"components/{name}.html", context, request_to(path)))

    return drawn


def som(minor):
    return Money(minor, "KGS")


def test_button_with_an_address_is_a_link(draw):
    page = draw("button", label="Give", href="/en/give/")

    assert page.elements == [("a", {"class": "button", "href": "/en/give/"})]


def test_button_without_an_address_submits(draw):
    page = draw("button", label="Give", kind="quiet", name="amount", value="50")

    assert page.elements == [
        ("button", {"class": "button button-quiet", "type": "submit", "name": "amount", "value": "50"})
    ]


def test_icon_is_silent_unless_it_has_a_label(draw):
    page = draw("button", label="Give", href="#", icon="heart")

    assert page.one("svg")["aria-hidden"] == "true"
    assert page.one("use") == {"href": "/static/web/icons.svg#heart"}


def test_card_picture_keeps_its_place_and_waits(draw):
    picture = draw("card", title="Windows", href="/p/", image="/media/images/w.webp", alt="A window").one("img")

    assert (picture["width"], picture["height"], picture["loading"]) == ("640", "400", "lazy")
    assert (picture["src"], picture["alt"]) == ("/media/images/w.webp", "A window")


def test_card_has_one_link(draw):
    page = draw("card", title="Windows", href="/p/", text="Warm", meta="Osh")

    assert page.all("a") == [{"href": "/p/"}]


def test_progress_says_raised_and_matched_apart(draw):
    page = draw("progress", goal=som(400_000_00), given=som(160_000_00), matched=som(80_000_00))

    assert page.words == "Raised KGS 160,000 Matched KGS 80,000 Still missing KGS 160,000 Goal: KGS 400,000 60%"
    assert page.one("rect", class_="progress-given")["width"] == "40"
    assert (page.one("rect", class_="progress-matched")["x"], page.one("rect", class_="progress-matched")["width"]) == (
        "40",
        "20",
    )


def test_progress_above_the_goal_says_by_how_much(draw):
    page = draw("progress", goal=som(100_00), given=som(150_00), matched=som(0))

    assert "Above the goal KGS 50" in page.words


def test_table_cells_know_their_column(draw):
    page = draw("table", caption="Budget", head=["What", "Sum"], rows=[["Windows", "10"], ["Doors", "20"]])

    assert [cell["data-label"] for cell in page.all("td")] == ["Sum", "Sum"]
    assert [(cell["scope"], cell["data-label"]) for cell in page.all("th") if "data-label" in cell] == [
        ("row", "What")
    ] * 2


def test_table_refuses_a_row_of_another_length(draw):
    with pytest.raises(ValueError, match="zip"):
        draw("table", caption="Budget", head=["What", "Sum"], rows=[["Windows"]])


def test_breadcrumb_without_an_address_is_this_page(draw):
    page = draw("breadcrumbs", items=[{"label": "Home", "href": "/en/"}, {"label": "Windows"}])

    assert page.all("a") == [{"href": "/en/"}]
    assert page.one("span") == {"aria-current": "page"}


def test_unanswered_row_says_so(draw):
    page = draw("definition", rows=[{"label": "Message", "value": ""}])

    assert page.words == "Message Not provided"


def test_change_link_names_what_it_changes(draw):
    page = draw("definition", rows=[{"label": "Gift", "value": "$50", "href": "/c/", "action": "Change"}])

    assert page.words == "Gift $50 Change Gift"


def test_single_page_has_no_pager(draw):
    assert draw("pager", page=Paginator(range(5), 10).page(1)).elements == []


def test_pager_keeps_the_filters(draw):
    page = draw("pager", path="/en/projects/?oblast=06&page=2", page=Paginator(range(30), 10).page(2))

    assert [link["href"] for link in page.all("a")] == [
        "?oblast=06",
        "?oblast=06",
        "?oblast=06&page=3",
        "?oblast=06&page=3",
    ]
    assert page.one("span", aria_current="page")["class"] == "pager-number"


@pytest.mark.parametrize(
    ("language", "words"),
    [("ky", ("Мурунку", "Кийинки")), ("ru", ("Предыдущая", "Следующая")), ("en", ("Previous", "Next"))],
)
def test_pager_leads_back_and_on_whatever_the_list_is_ordered_by(draw, language, words):
    page = draw("pager", path="/en/projects/?page=2", language=language, page=Paginator(range(30), 10).page(2))

    assert re.findall("|".join(words), page.words) == list(words)


@pytest.mark.parametrize(("kind", "role"), [("info", "status"), ("success", "status"), ("error", "alert")])
def test_notice_speaks_up_only_for_errors(draw, kind, role):
    notice = draw("notice", kind=kind, text="Something happened")

    assert notice.all("div")[0] == {"class": f"notice notice-{kind}", "role": role}


def test_share_links_open_without_telling_where_from(draw):
    page = draw("share", url="https://ashar.example/en/p/", text="Windows")

    assert {(link["rel"], link["target"]) for link in page.all("a")} == {("noopener nofollow", "_blank")}
    assert page.one("input")["value"] == "https://ashar.example/en/p/"


def test_share_hides_the_button_that_only_a_script_can_serve(draw):
    button = draw("share", url="https://ashar.example/en/p/", text="Windows").one("button")

    assert ("hidden" in button, button["type"], button["data-copied"]) == (True, "button", "The address is copied")


def test_steps_say_which_is_now(draw):
    page = draw("steps", steps=["Amount", "Payment", "Thanks"], current=2)

    assert [item.get("aria-current") for item in page.all("li")] == [None, "step", None]
    assert "Amount (done)" in page.words


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("card", {"title": "<script>", "href": "#", "text": "<b>", "meta": '"><i>'}),
        ("notice", {"text": "<script>alert(1)</script>", "title": "<i>"}),
        ("person", {"name": "<script>", "role": "<b>"}),
        ("tag", {"label": "<script>"}),
        ("share", {"url": '"><script>', "text": "<script>"}),
        ("table", {"caption": '"><script>', "head": ["<b>"], "rows": [["<script>"]]}),
        ("definition", {"rows": [{"label": "<script>", "value": "<b>"}]}),
        ("timeline", {"rows": [{"title": "<script>", "text": "<b>"}]}),
        ("empty", {"title": "<script>", "text": "<b>"}),
    ],
)
def test_words_of_strangers_stay_words(draw, name, context):
    page = draw(name, **context)

    ours = {"src": "/static/web/share.js", "defer": None}
    assert [tag for tag, attrs in page.elements if tag in {"script", "b", "i"} and attrs != ours] == []
