"""Cards in a story: live, in the reader's language, and nothing of what nobody has heard of."""

import pytest
from django.utils import translation

from cms import trees
from cms.blocks.cards import AssociationCardsBlock, ProjectCardsBlock
from cms.models import AssociationPage, ProjectPage
from tests.factories.projects import DraftProjectFactory


def shown(block, pages, code: str = "ru") -> str:
    with translation.override(code):
        return block.render(block.to_python({"title": "Проекты", "pages": [page.pk for page in pages]}))


@pytest.mark.parametrize(
    ("code", "title"), [("ky", "Мектептин чатыры"), ("ru", "Крыша школы"), ("en", "A school roof")]
)
def test_a_project_speaks_the_readers_language(school, school_page, code, title):
    assert title in shown(ProjectCardsBlock(), [school_page], code)


def test_a_draft_is_left_out_and_with_it_the_heading(kochkor_people):
    project = DraftProjectFactory(slug="secret", association=kochkor_people)
    trees.show_project(project)
    assert shown(ProjectCardsBlock(), ProjectPage.objects.filter(project=project)).strip() == ""


def test_a_project_chosen_in_two_languages_stands_once(school):
    assert shown(ProjectCardsBlock(), ProjectPage.objects.filter(project=school)).count("<article") == 1


def test_a_page_that_was_deleted_takes_nothing_with_it(school, school_page):
    block = ProjectCardsBlock()
    value = block.to_python({"title": "", "pages": [school_page.pk, 999_999]})
    assert block.render(value).count("<article") == 1


def test_associations_stand_too(kochkor_people):
    html = shown(AssociationCardsBlock(), AssociationPage.objects.filter(locale__language_code="ru"))
    assert "/ru/associations/kochkor-seoul/" in html
