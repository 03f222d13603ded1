"""Who answers for this: a person with a page, a contact or both, in the language of the reader."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cms.blocks.answers import AnswersBlock
from cms.models import Contact, PersonIndexPage, PersonPage
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")


def person(slug: str, code: str = "ru", **facts: object) -> PersonPage:
    index = PersonIndexPage.objects.get(locale__language_code=code)
    words = {"title": f"{slug} {code}", "role": "Учитель", "slug": slug, **facts}
    return index.add_child(instance=PersonPage(locale=index.locale, **words))


def answer(matter: str = "Сметы", *, person=None, contact=None, since: str | None = None) -> dict[str, object]:
    return {
        "matter": matter,
        "person": person.pk if person else None,
        "contact": contact.pk if contact else None,
        "since": since,
    }


def value(*told: dict[str, object]):
    return AnswersBlock().to_python({"title": "Кто отвечает", "answers": list(told)})


def shown(*told: dict[str, object], code: str = "ru") -> str:
    with translation.override(code):
        return AnswersBlock().render(value(*told))


def matters(html: str) -> list[str]:
    return re.findall(r'answers-matter">([^<]*)', html)


def test_says_who_since_when_and_where_they_are_reached():
    html = shown(answer(person=person("asan"), contact=snippet(Contact), since="2025-03-01"))
    assert '<a href="/ru/people/asan/">asan ru</a>' in html
    assert "Учитель" in html
    assert "1 марта 2025" in html
    assert "<strong>Консульство</strong>" in html


def test_a_person_or_a_contact_alone_is_enough():
    html = shown(answer("Сметы", person=person("asan")), answer("Паспорта", contact=snippet(Contact)))
    assert matters(html) == ["Сметы", "Паспорта"]
    assert (html.count('class="person"'), html.count("<address")) == (1, 1)
    assert "Качантан" not in html


def test_speaks_the_readers_language_and_says_where_it_cannot():
    russian = person("asan")
    kyrgyz = person("asan", "ky", translation_key=russian.translation_key)
    other = person("bakyt")
    html = shown(answer(person=russian), answer(person=other), answer(person=kyrgyz), code="ky")
    assert re.findall(r'href="(/ky/people/[^"]*)">([^<]*)', html) == [
        ("/ky/people/asan/", "asan ky"),
        ("/ky/people/bakyt/", "bakyt ru"),
        ("/ky/people/asan/", "asan ky"),
    ]
    assert html.count('<div lang="ru">') == 1


def test_a_matter_whose_people_are_not_public_is_left_out():
    html = shown(
        answer("Черновик", person=person("asan", live=False)),
        answer("Снято", contact=snippet(Contact, live=False)),
        answer("Сметы", person=person("bakyt")),
    )
    assert matters(html) == ["Сметы"]


def test_nobody_at_all_leaves_no_heading():
    assert shown(answer(contact=snippet(Contact, live=False))).strip() == ""


def test_what_was_deleted_takes_nothing_with_it():
    gone = snippet(Contact)
    told = answer("Сметы", person=person("asan"), contact=gone)
    gone.delete()
    assert matters(AnswersBlock().render(value(told | {"contact": 999_999}))) == ["Сметы"]


@pytest.mark.parametrize("count", [1, 3])
def test_costs_the_same_for_many(count):
    told = [answer(person=person(f"p{number}"), contact=snippet(Contact)) for number in range(count)]
    with CaptureQueriesContext(connection) as queries:
        shown(*told)
    assert len(queries) == 3


def test_a_matter_for_which_nobody_answers_is_refused():
    with pytest.raises(ValidationError) as refusal:
        AnswersBlock().clean(value(answer()))
    with translation.override("ru"):
        assert "Выберите человека, контакт или обоих." in str(refusal.value.as_json_data())


def test_a_matter_with_somebody_passes():
    told = AnswersBlock().clean(value(answer(contact=snippet(Contact))))
    assert [each["matter"] for each in told["answers"]] == ["Сметы"]
