"""What an editor reads on the daily screens and in letters, where a name or a number is put into a sentence."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from wagtail.admin.paginator import WagtailPaginator
from wagtail.models import Page

from cms.blocks.picture import PictureBlock
from cms.models import NewsIndexPage
from tests.ashar.accounts import signing_in
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import approved, submitted, written_by


@pytest.fixture(params=LANGUAGES)
def reader(request, author, proofreader) -> str:
    """The language of the author and the proof-reader."""
    for person in (author, proofreader):
        person.language = request.param
        person.save()
    return str(request.param)


class TestTheAuthorsForm:
    def test_says_on_its_button_where_the_page_goes(self, client, author, reader):
        page = written_by(author, "roof", reader)
        form = signing_in.as_staff(client, author).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        said = {
            "ky": "Жиберүү: Текшерүү жана жарыялоо",
            "ru": "Отправить: Вычитка и публикация",
            "en": "Submit to Proof-reading and publishing",
        }
        assert said[reader] in form.content.decode()

    def test_adds_topics_and_people_by_their_names(self, client, author, reader):
        index = NewsIndexPage.objects.get(locale__language_code=reader)
        address = reverse("wagtailadmin_pages:add", args=["cms", "articlepage", index.pk])
        form = signing_in.as_staff(client, author).get(address).content.decode()
        said = {"ky": ("Кошуу: Тема", "Кошуу: Адам"), "ru": ("Добавить: Тема", "Добавить: Человек")}
        assert [words for words in said.get(reader, ("Add Topic", "Add Person")) if words not in form] == []

    def test_names_all_fields_of_a_picture(self, reader):
        with translation.override(reader):
            fields = [str(field.label) for field in PictureBlock().child_blocks["picture"].child_blocks.values()]
        said = {
            "ky": ["Сүрөт", "Сүрөт көркөмдүк үчүн гана", "Сүрөттүн сөз менен айтылышы"],
            "ru": ["Изображение", "Изображение декоративное", "Описание изображения"],
            "en": ["Picture", "Image is decorative", "Alt text"],
        }
        assert fields == said[reader]


class TestLetters:
    """They name the page, and the step as it is called in the tree of the page."""

    SUBJECTS = {
        "ky": ["«roof» бети сизди күтүүдө. Тапшырма: «Вычитка»", "Бет кайтарылды: «roof». Макулдашуу: «Вычитка и публикация»."],
        "ru": [
            "Страница «roof» ждёт вас. Шаг: «Вычитка»",
            "Страница «roof» возвращена на доработку. Рабочий процесс: «Вычитка и публикация».",
        ],
        "en": [
            'The page "roof" has been submitted for approval in moderation stage "Proof-reading"',
            'The page "roof" has been rejected during "Proof-reading and publishing".',
        ],
    }  # fmt: skip

    def test_speak_the_language_of_their_reader(self, author, proofreader, reader, django_capture_on_commit_callbacks):
        article = written_by(author, "roof", "en" if reader == "en" else "ru")
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            submitted(article, author)
            task = Page.objects.get(pk=article.pk).specific.current_workflow_task_state.specific
            task.reject(user=proofreader, comment="Булагы кана?")
        assert [letter.subject.strip() for letter in mail.outbox] == self.SUBJECTS[reader]
        assert "Булагы кана?" in mail.outbox[1].body


class TestLists:
    @pytest.mark.parametrize(("code", "said"), [("ky", "Беттер: 5"), ("ru", "Страницы: 5"), ("en", "5 pages")])
    def test_count_without_a_noun_after_the_number(self, planted, code, said):
        with translation.override(code):
            assert WagtailPaginator(Page.objects.all()[:5], 20).items_count_label == said

    def test_count_one_in_english(self, planted):
        with translation.override("en"):
            assert WagtailPaginator(Page.objects.filter(depth=1), 20).items_count_label == "1 page"


class TestHistory:
    @pytest.mark.parametrize(
        ("reader", "said"),
        [
            ("ky", "Бекитилди: «Вычитка». Кийинки кадам: «Публикация»"),
            ("ru", "Шаг «Вычитка» пройден. Следующий шаг: «Публикация»"),
        ],
        indirect=["reader"],
    )
    def test_names_the_steps(self, client, author, proofreader, article, reader, said):
        approved(submitted(article, author), proofreader)
        page = signing_in.as_staff(client, author).get(reverse("wagtailadmin_pages:history", args=[article.pk]))
        assert said in page.content.decode()
