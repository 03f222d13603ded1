"""The report of translations names snippets too: missing, outdated and waiting as a draft, each with where it is mended."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.editing import desk, snippets_behind
from cms.editing.translated import Gaps
from cms.models import Contact, Figure
from tests.cms.editing.conftest import written_by
from tests.factories import articles
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.snippets import WHOLE, snippet

pytestmark = pytest.mark.usefixtures("planted")
KINDS = tuple(WHOLE)
REPORT = "/cms/reports/untranslated/"
LATER = NOON + timedelta(hours=1)


def told(code: str = "") -> dict[str, Gaps]:
    return {str(each.source): each.gaps for each in snippets_behind.behind(code)}


def handed_on(row, *codes: str):
    translate_object(row, list(Locale.objects.filter(language_code__in=codes)))
    return row


def form(row) -> str:
    return reverse(type(row).snippet_viewset.get_url_name("edit"), args=[row.pk])


def in_kyrgyz(row):
    return type(row).objects.get(translation_key=row.translation_key, locale__language_code="ky")


def editor_of(code: str) -> User:
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=roles.EDITORS[code]))
    return person


class TestWhatIsNamed:
    @pytest.mark.parametrize("kind", KINDS)
    def test_one_that_stands_in_one_language_alone(self, kind):
        row = snippet(kind)
        assert told() == {str(row): Gaps(("ky", "en"), ())}

    def test_none_that_stands_in_all_and_no_draft(self):
        row = snippet(Contact)
        for code in ("ky", "en"):
            snippet(Contact, code, of=row)
        snippet(Contact, live=False)
        assert told() == {}

    def test_one_that_waits_as_a_draft(self):
        handed_on(snippet(Contact), "ky", "en")
        assert told() == {"Консульство": Gaps(("ky", "en"), ())}

    def test_one_whose_source_went_out_later(self):
        row = snippet(Contact, last_published_at=LATER)
        snippet(Contact, "ky", of=row, last_published_at=NOON)
        snippet(Contact, "en", of=row, last_published_at=LATER)
        assert told() == {"Консульство": Gaps((), ("ky",))}

    def test_one_that_has_new_words_to_translate(self):
        row = handed_on(snippet(Contact), "ky")
        Contact.objects.filter(pk=in_kyrgyz(row).pk).update(live=True, last_published_at=LATER)
        snippet(Contact, "en", of=row)
        assert told() == {"Консульство": Gaps((), ("ky",))}

    def test_what_was_stopped_is_missing_and_never_outdated(self):
        row = handed_on(snippet(Contact, last_published_at=LATER), "ky", "en")
        Translation.objects.update(enabled=False)
        Contact.objects.filter(pk=in_kyrgyz(row).pk).update(live=True, last_published_at=NOON)
        assert told() == {"Консульство": Gaps(("en",), (), ("en",))}

    def test_the_source_is_what_was_handed_on_though_it_is_younger(self):
        older = snippet(Contact, "en", name="Office")
        handed_on(snippet(Contact, of=older), "ky")
        assert told() == {"Консульство": Gaps(("ky",), ())}

    @pytest.mark.parametrize(("code", "count"), [("ky", 1), ("ru", 1), ("en", 2)])
    def test_by_language_what_lacks_there(self, code, count):
        snippet(Contact, "ru")
        snippet(Figure, "ky")
        assert len(told(code)) == count

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_takes_one_query_for_each_kind(self, count, django_assert_num_queries):
        for number in range(count):
            for kind in KINDS:
                handed_on(snippet(kind), "ky") if number else snippet(kind)
        with django_assert_num_queries(len(KINDS)):
            assert len(snippets_behind.behind()) == count * len(KINDS)


class TestWhereItIsMended:
    def mended(self, person: User, code: str = "") -> str:
        [line] = snippets_behind.lines(User.objects.get(pk=person.pk), code)
        return line.href

    def test_a_draft_at_its_form_by_who_writes_in_its_language(self):
        row = handed_on(snippet(Contact), "ky")
        places = {code: self.mended(editor_of(code), "ky") for code in roles.EDITORS}
        assert places == {"ky": form(in_kyrgyz(row)), "ru": form(row), "en": ""}

    def test_one_that_nobody_began_by_who_hands_on(self, editor):
        row = snippet(Contact)
        place = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", row.pk])
        assert (self.mended(editor), self.mended(editor_of("ky"))) == (place, "")

    def test_the_language_that_was_asked_for_first(self, editor):
        row = handed_on(snippet(Contact), "ky")
        place = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", row.pk])
        assert (self.mended(editor, "ky"), self.mended(editor, "en")) == (form(in_kyrgyz(row)), place)

    @pytest.mark.parametrize("count", [1, 3])
    def test_asking_costs_the_same_for_one_and_for_three(self, editor, count, django_assert_num_queries):
        for _number in range(count):
            snippet(Contact)
        person = User.objects.get(pk=editor.pk)
        with django_assert_num_queries(len(KINDS) + 3):  # the languages of a person, and two for their rights
            assert len(list(snippets_behind.lines(person))) == count


class TestTheReport:
    def test_names_them_below_the_pages_with_their_form(self, enter):
        articles.published("roof", title="Крыша")
        row = handed_on(snippet(Contact), "ky")
        html = enter(roles.EDITOR).get(REPORT, headers={"accept-language": "ru"}).content.decode()
        pages, _heading, kept = html.partition("Контакты, партнёры и показатели")
        assert ("Крыша" in pages, "Крыша" in kept, "Консульство" in pages) == (True, False, False)
        assert (f'href="{form(in_kyrgyz(row))}">Консульство</a>' in kept, "Кыргызча (черновик), English" in kept) == (
            True,
            True,
        )

    def test_names_them_where_every_page_stands_in_every_language(self, enter):
        snippet(Contact)
        html = enter(roles.EDITORS["ky"]).get(REPORT, headers={"accept-language": "ky"}).content.decode()
        assert re.search(r'<div class="title-wrapper" lang="ru">Консульство</div>', html)

    @pytest.mark.parametrize(("code", "names"), [("ky", True), ("ru", False), ("de", True)])
    def test_is_filtered_by_language(self, enter, code, names):
        snippet(Contact)
        assert ("Консульство" in enter(roles.EDITOR).get(f"{REPORT}?language={code}").content.decode()) is names

    def test_lets_them_be_taken_away(self, enter):
        written_by(None, "roof", live=True)
        snippet(Contact, name="=1+1")
        answer = enter(roles.EDITOR).get(f"{REPORT}?export=csv")
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert [line for line in lines if "1+1" in line] == ['\'=1+1,Русский,"Кыргызча, English",,']


class TestTheDesk:
    def test_counts_them_with_the_pages(self, editor):
        handed_on(snippet(Contact), "ky")
        articles.published("roof")
        numbers = {
            count.href[-2:]: count.number for count in desk.of(editor, at=NOON).counts if "language" in count.href
        }
        assert numbers == {"ky": 2, "ru": 0, "en": 2}

    def test_of_one_language_counts_that(self):
        snippet(Contact)
        [count] = [each for each in desk.of(editor_of("ky"), at=NOON).counts if "language" in each.href]
        assert (count.number, count.href) == (1, f"{REPORT}?language=ky")
