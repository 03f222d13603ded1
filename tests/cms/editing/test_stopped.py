"""A translation that was stopped waits for nobody: not in the list of the translators' tool, not in ours, not on the desk."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editing import desk, translated
from cms.editing.translated import Gaps
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away

TOOLS, OURS = "/cms/localize/reports/translations/", "/cms/reports/untranslated/"
STOPPED = {"ky": "Токтотулган", "ru": "Остановлен", "en": "Stopped"}


@pytest.fixture
def stopped(office, kyrgyz) -> Translation:
    """The article handed on, and stopped before anything of it was said."""
    office.post(reverse("wagtail_localize:stop_translation", args=[kyrgyz.pk]), {"next": "/cms/"})
    return Translation.objects.get(enabled=False)


def listed(browser, question: str) -> int:
    return len(browser.get(f"{TOOLS}{question}").context["object_list"])


@pytest.mark.parametrize("language", STOPPED)
def test_the_tool_names_it_so(office, stopped, language):
    html = office.get(TOOLS, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    rows = re.findall(r"<td>\s*([^<>]*?)\s*</td>\s*</tr>", html)
    assert rows == [STOPPED[language]]


def test_it_is_not_among_what_waits_and_one_that_is_followed_is(office, kyrgyz):
    waiting = "?waiting_for_translation=true"
    assert listed(office, waiting) == 1
    Translation.objects.update(enabled=False)
    assert (listed(office, waiting), listed(office, ""), listed(office, "?waiting_for_translation=false")) == (0, 1, 1)


def test_what_is_translated_but_for_its_address_does_not_wait(office, kyrgyz):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    assert listed(office, "?waiting_for_translation=true") == 0


def test_where_it_never_went_out_readers_lack_it_and_our_report_says_why(office, stopped):
    assert {page.title: translated.gaps(page) for page in translated.behind("ky")} == {
        "Крыша": Gaps(missing=("ky", "en"), outdated=(), stopped=("ky",))
    }
    html = office.get(OURS, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Кыргызча (stopped), English" in html


def test_where_it_is_out_it_is_outdated_no_more(office, kyrgyz, russian, editor, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    assert published(office, kyrgyz).live
    russian.lead = "Коротко и ясно."
    russian.save_revision().publish()
    counted = {count.href: count.number for count in desk._counts(editor)}
    assert counted[f"{OURS}?language=ky"] == 1

    Translation.objects.update(enabled=False)

    counted = {count.href: count.number for count in desk._counts(editor)}
    assert counted[f"{OURS}?language=ky"] == 0
    assert [translated.gaps(page) for page in translated.behind()] == [Gaps(missing=("en",), outdated=())]


@pytest.mark.parametrize("count", [1, 3])
def test_our_report_costs_the_same_for_one_and_for_three(office, stopped, russian, count):
    for number in range(count - 1):
        russian.copy(
            update_attrs={"slug": f"roof-{number}", "title": "Ещё"}, keep_live=True, reset_translation_key=True
        )
    Page.objects.filter(slug__startswith="roof", live=True).update(last_published_at=russian.last_published_at)
    office.get(OURS)
    with CaptureQueriesContext(connection) as asked:
        answer = office.get(OURS)
    assert (len(answer.context["object_list"]), len(asked)) == (count, 24)
