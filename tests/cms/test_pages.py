"""Public pages: each renders in each language, says what it must, and says nothing of what is not public."""

import gzip
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ashar.money import Money
from cms import trees
from cms.models import AssociationPage, ProjectIndexPage, ProjectPage
from diaspora import giving, projects
from diaspora.models import Project
from tests.cms.conftest import FAR_AWAY, LANGUAGES
from tests.factories.associations import AssociationFactory, UnverifiedAssociationFactory
from tests.factories.gifts import ReceivedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

PAGES = ("", "projects/", "projects/school/", "associations/", "associations/kochkor-seoul/", "news/", "people/")
OUR_SCRIPTS = re.compile(r'<script src="/static/web/(offline|share|live)\.js" defer></script>')
LARGEST_HTML = 14_000  # bytes on the wire


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " ").replace("\u202f", " "))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", [pytest.param(page, id=page or "home") for page in PAGES])
class TestEveryPage:
    def test_renders_in_its_language(self, client, gift, code, page):
        response = client.get(f"/{code}/{page}")
        assert (response.status_code, response["Content-Language"]) == (200, code)
        assert f'<html lang="{code}">' in response.content.decode()

    def test_leads_to_itself_in_the_other_languages(self, client, gift, code, page):
        html = client.get(f"/{code}/{page}").content.decode()
        assert re.findall(r'hreflang="(\w\w)" href="[^"]*?(/\w\w/[^"]*)"', html) == [
            (other, f"/{other}/{page}") for other in LANGUAGES
        ]

    def test_has_one_first_heading_and_no_style_or_script_within(self, client, gift, code, page):
        html = client.get(f"/{code}/{page}").content.decode()
        html = OUR_SCRIPTS.sub("", html)
        assert len(re.findall(r"<h1[ >]", html)) == 1
        assert re.findall(r"<script(?! type=\"application/ld\+json\">)|<style| style=| on[a-z]+=\"", html) == []

    def test_is_small_on_the_wire(self, client, gift, code, page):
        assert len(gzip.compress(client.get(f"/{code}/{page}").content)) < LARGEST_HTML


class TestProjectPage:
    def test_says_what_it_is_and_who_stands_behind_it(self, client, gift):
        html = read(client, "/ru/projects/school/")
        for words in ("Крыша школы", "До зимы.", "Крыша течёт.", "Земляки из Кочкора", "Сеул", "Проверено", "Кочкор"):
            assert words in html

    def test_raised_and_matched_stand_apart(self, client, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        ReceivedGiftFactory(project=school)
        html = read(client, "/ru/projects/school/")
        raised, matched = re.findall(r'progress-figure-(?:given|matched)"><dt>\w+</dt><dd>([^<]+)</dd>', html)
        assert raised == matched != "0 сом"

    def test_names_the_pool_that_matches_now_and_its_last_day(self, client, school):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        html = read(client, "/ru/projects/school/")
        assert "Фонд софинансирования" in html
        assert "Ещё можно добавить этому проекту: 200 000 сом" in html
        assert "1 января 2099" in html

    def test_shows_givers_as_they_chose_to_be_shown(self, client, school, fresh_rates):
        ReceivedGiftFactory(project=school, name="Нурбек Асанов", shown_as="named")
        ReceivedGiftFactory(project=school, name="Тайный Даритель", shown_as="anonymous")
        ReceivedGiftFactory(project=school, name="Бермет Исакова", shown_as="initials")
        html = read(client, "/ru/projects/school/")
        assert "Нурбек Асанов" in html
        assert "Тайный" not in html
        assert "Исакова" not in html
        assert html.count('class="giver"') == 3

    def test_a_gift_given_back_is_not_shown(self, client, gift):
        go_back(gift)
        giving.follow(gift.payment_id, at=NOON)
        assert 'class="giver"' not in read(client, "/ru/projects/school/")

    def test_no_address_of_a_giver_is_shown(self, client, gift):
        assert gift.email not in read(client, "/ru/projects/school/")

    def test_a_message_cannot_write_into_the_page(self, client, school, fresh_rates):
        ReceivedGiftFactory(project=school, name="<b>x</b>", message="<script>alert(1)</script>")
        html = read(client, "/ru/projects/school/")
        assert "<script>" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html

    def test_tells_what_a_piece_costs(self, client, school):
        assert "одна парта: 3 000 сом" in read(client, "/ru/projects/school/")

    def test_shares_of_the_budget_make_a_hundred(self, client, school):
        assert re.findall(r">(\d+) %</td>", read(client, "/ru/projects/school/")) == ["70", "30"]

    def test_leads_to_giving_and_to_the_trail(self, client, school):
        html = read(client, "/ru/projects/school/")
        assert 'href="/ru/projects/school/give/"' in html
        assert 'href="/ru/projects/school/trail/"' in html

    def test_invites_when_nobody_has_given(self, client, school):
        assert "Взносов пока нет. Ваш может стать первым." in read(client, "/ru/projects/school/")

    def test_a_draft_is_not_found_in_any_language(self, client, kochkor_people):
        draft = DraftProjectFactory(slug="draft", association=kochkor_people)
        trees.show_project(draft)
        assert [client.get(f"/{code}/projects/draft/").status_code for code in LANGUAGES] == [404, 404, 404]

    def test_a_draft_that_opens_is_found(self, client, kochkor_people):
        draft = DraftProjectFactory(slug="draft", association=kochkor_people)
        trees.show_project(draft)
        client.get("/ru/projects/draft/")
        projects.open(draft, by=None, at=NOON)
        assert client.get("/ru/projects/draft/").status_code == 200

    def test_a_closed_project_stays_and_takes_nothing(self, client, kochkor_people):
        trees.show_project(ClosedProjectFactory(slug="closed", association=kochkor_people))
        html = read(client, "/ru/projects/closed/")
        assert "/give/" not in html
        assert "сейчас не принимает" in html

    def test_a_project_past_its_last_day_takes_nothing(self, client, kochkor_people):
        trees.show_project(OpenProjectFactory(slug="late", association=kochkor_people, closes_on=date(2026, 11, 1)))
        assert "/give/" not in read(client, "/ru/projects/late/")

    def test_an_unverified_association_is_called_so(self, client, planted):
        association = AssociationFactory(slug="new")
        project = OpenProjectFactory(slug="bridge", association=association)
        association.verification.delete()
        trees.show_project(project)
        assert '<span class="tag tag-warn">Ещё не проверено</span>' in read(client, "/ru/projects/bridge/")

    def test_shows_the_note_of_the_editors(self, client, school_page):
        school_page.note = "<p>Смета проверена <b>районом</b>.</p>"
        school_page.save_revision().publish()
        assert "Смета проверена <b>районом</b>." in read(client, "/ru/projects/school/")

    def test_shows_its_cover_in_every_format_and_tells_other_sites_of_the_plain_one(self, client, kochkor_people):
        project = OpenProjectFactory(slug="bridge", association=kochkor_people)
        Project.objects.filter(pk=project.pk).update(cover="media:covers/bridge.jpg")
        trees.show_project(project)
        html = read(client, "/ru/projects/bridge/")
        kinds = ("avif", "webp")
        sets = [f"/media/covers/bridge-card.{kind} 480w, /media/covers/bridge.{kind} 960w" for kind in (*kinds, "jpg")]
        assert re.findall(r'<source type="image/(\w+)" srcset="([^"]*)" sizes="[^"]+">', html) == list(
            zip(kinds, sets, strict=False)
        )
        assert f'decoding="async" srcset="{sets[2]}" sizes="' in html
        assert re.findall(r'"image": ?"([^"]*)"', html)[0].endswith("/media/covers/bridge.jpg")

    def test_shows_its_cover_large_and_lists_show_it_small(self, client, kochkor_people):
        project = OpenProjectFactory(slug="bridge", association=kochkor_people)
        project.cover = "media:covers/bridge.jpg"
        project.save(update_fields=["cover"])
        trees.show_project(project)
        assert 'src="/media/covers/bridge.jpg" alt="" width="960" height="540"' in read(client, "/ru/projects/bridge/")
        listed = read(client, "/ru/projects/")
        assert 'src="/media/covers/bridge-card.jpg" alt="" width="480" height="270" loading="lazy"' in listed

    def test_a_second_page_of_one_project_in_one_language_is_refused(self, school_page):
        twin = ProjectPage(title="x", slug="twin", project=school_page.project, locale=school_page.locale)
        with pytest.raises(ValidationError) as refusal:
            twin.clean()
        assert list(refusal.value.message_dict) == ["project"]

    def test_a_page_may_be_saved_again(self, school_page):
        school_page.clean()

    def test_goes_nowhere_but_under_the_list(self):
        assert ProjectPage.allowed_subpage_models() == []
        assert ProjectPage.allowed_parent_page_models() == [ProjectIndexPage]


class TestLists:
    def test_open_projects_come_first_and_drafts_not_at_all(self, client, school):
        people = school.association
        ClosedProjectFactory(slug="closed", title_ru="Закрытый", association=people)
        DraftProjectFactory(slug="draft", title_ru="Черновик", association=people)
        html = read(client, "/ru/projects/")
        assert html.index("Крыша школы") < html.index("Закрытый")
        assert "Черновик" not in html

    @pytest.mark.parametrize(
        ("question", "found"),
        [("?state=open", 1), ("?state=closed", 1), ("?state=funded", 0), ("?oblast=41704000000000", 2),
         ("?oblast=41708000000000", 0), ("?oblast=nonsense&state=draft&page=x", 2), ("?page=99", 2)],
    )  # fmt: skip
    def test_filters_find(self, client, school, question, found):
        ClosedProjectFactory(slug="closed", association=school.association)
        assert read(client, f"/ru/projects/{question}").count("project-card") == found

    def test_an_empty_answer_says_so_and_leads_back(self, client, school):
        html = read(client, "/ru/projects/?state=funded")
        assert 'class="empty"' in html
        assert 'href="/ru/projects/"' in html

    def test_the_chosen_filter_stays_chosen(self, client, school):
        assert '<option value="closed" selected>' in read(client, "/ru/projects/?state=closed")

    def test_home_shows_what_is_nearest_to_its_goal(self, client, gift):
        trees.show_project(OpenProjectFactory(slug="bridge", title_ru="Мост", association=gift.project.association))
        html = read(client, "/ru/")
        assert html.index("Крыша школы") < html.index("Мост")

    def test_home_tells_the_books_in_five_numbers(self, client, gift):
        numbers = re.findall(r"<div><dt>[^<]+</dt><dd>([^<]+)</dd></div>", read(client, "/ru/"))
        assert numbers[2:] == ["1", "1", "1"]
        assert Money(gift.som_minor, "KGS").minor > 0
        assert numbers[1] == "0 сом"

    def test_home_of_an_empty_house_says_so(self, client, planted):
        Project.objects.update(state="draft")
        html = read(client, "/ru/")
        assert 'class="empty"' in html

    def test_associations_are_listed_with_what_is_known_of_them(self, client, school):
        trees.show_association(UnverifiedAssociationFactory(slug="new", name_ru="Новые", city="Berlin"))
        html = read(client, "/ru/associations/")
        assert (html.count("tag-good"), html.count("tag-warn")) == (1, 1)
        assert "1 проект" in html

    def test_an_association_shows_its_public_projects_only(self, client, school):
        DraftProjectFactory(slug="draft", title_ru="Черновик", association=school.association)
        OpenProjectFactory(slug="foreign", title_ru="Чужой", association=AssociationFactory(slug="other"))
        html = read(client, "/ru/associations/kochkor-seoul/")
        assert "Мы из Кочкора, живём в Сеуле." in html
        assert "Крыша школы" in html
        assert "Черновик" not in html
        assert "Чужой" not in html

    def test_a_second_page_of_one_association_in_one_language_is_refused(self, kochkor_people):
        page = AssociationPage.objects.get(locale__language_code="ru")
        twin = AssociationPage(title="x", slug="twin", association=kochkor_people, locale=page.locale)
        with pytest.raises(ValidationError) as refusal:
            twin.clean()
        assert list(refusal.value.message_dict) == ["association"]
        page.clean()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "projects/",
        "projects/school/",
        "associations/",
        "news/",
        "guides/",
        "events/",
        "people/",
        "faq/",
        "contact/",
    ],
)
def test_a_number_that_no_list_has_is_in_no_canonical_address(client, school, path):
    """Nothing pages here, or there is one page alone; any number was canonical once, as if there were endless pages."""
    html = client.get(f"/ru/{path}?page=3").content.decode()
    assert f'<link rel="canonical" href="http://localhost:8000/ru/{path}">' in html
    assert "page=3" not in html.partition("</head>")[0]
