"""What editors cannot do to the pages the site stands on, and nobody to many pages of which one is not theirs."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from ashar.accounts import roles
from cms.models import ContactPage, HomePage, NewsIndexPage, PracticeIndexPage
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.editing.conftest import written_by
from tests.factories.people import PersonFactory

STANDING = (HomePage, NewsIndexPage, PracticeIndexPage, ContactPage)
DEEDS = ("delete", "unpublish", "move")
SENTENCES = {
    "ky": "бул бетке таянат",
    "ru": "только администратор",
    "en": "only an administrator withdraws",
}


def of(kind: type[Page], code: str = "ky") -> Page:
    return kind.objects.get(locale__language_code=code)


def form_of(page: Page) -> dict[str, str]:
    form = page.get_edit_handler().get_form_class()(instance=page)
    empty = {f"{name}-{part}": "0" for name in form.formsets for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    streams = {f"{name}-count": "0" for name, field in form.fields.items() if hasattr(field, "block")}
    told = {name: form[name].value() for name in form.fields if isinstance(form[name].value(), str)}
    return {**told, **empty, **streams}


@pytest.fixture(params=[roles.EDITOR, roles.EDITORS["ky"]])
def desk(request, enter):
    return enter(request.param)


@pytest.mark.parametrize("kind", STANDING)
class TestAPageTheSiteStandsOn:
    def test_is_offered_to_no_editor_for_these_deeds(self, desk, kind):
        page = of(kind)
        html = "".join(
            desk.get(reverse(name, args=[page.pk])).content.decode()
            for name in ("wagtailadmin_pages:edit", "wagtailadmin_explore")
        )
        assert [deed for deed in DEEDS if reverse(f"wagtailadmin_pages:{deed}", args=[page.pk]) in html] == []

    @pytest.mark.parametrize("deed", DEEDS)
    @pytest.mark.parametrize("verb", ["get", "post"])
    @pytest.mark.parametrize("language", SENTENCES)
    def test_is_refused_in_a_sentence(self, enter, kind, deed, verb, language):
        page, desk = of(kind), enter(roles.EDITORS["ky"])
        address = reverse(f"wagtailadmin_pages:{deed}", args=[page.pk])
        answer = getattr(desk, verb)(address, follow=True, headers={"accept-language": language})
        assert SENTENCES[language] in answer.content.decode()
        assert (Page.objects.get(pk=page.pk).live, Page.objects.get(pk=page.pk).path) == (True, page.path)

    @pytest.mark.parametrize("deed", DEEDS)
    def test_an_administrator_is_asked_as_ever(self, enter, kind, deed):
        page = of(kind)
        assert enter(ADMINISTRATOR).get(reverse(f"wagtailadmin_pages:{deed}", args=[page.pk])).status_code == 200

    @pytest.mark.parametrize(
        ("role", "year"), [(roles.EDITORS["ky"], None), (roles.EDITOR, None), (ADMINISTRATOR, 2099)]
    )
    def test_goes_by_no_clock_but_an_administrators(self, enter, kind, role, year):
        page, desk = of(kind), enter(role)
        day = {"expire_at": "2099-01-01 09:00", "action-publish": "1"}
        html = desk.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page) | day, headers={"accept-language": "en"}
        ).content
        page.refresh_from_db()
        assert (SENTENCES["en"] in html.decode(), page.expire_at and page.expire_at.year) == (year is None, year)

    @pytest.mark.parametrize("deed", DEEDS)
    def test_goes_with_many_no_more_than_alone(self, desk, kind, deed):
        page = of(kind)
        desk.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", deed]) + f"?next=/&id={page.pk}")
        assert Page.objects.get(pk=page.pk).live


def test_no_confirming_of_a_move_goes_round(desk):
    page, other = of(NewsIndexPage), of(HomePage, "ru")
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk])
    assert desk.post(address).url == reverse("wagtailadmin_explore", args=[page.pk])
    assert Page.objects.get(pk=page.pk).path == page.path


def test_editors_withdraw_what_they_publish_as_ever(desk, author):
    page = written_by(author, "roof", "ky", live=True)
    assert desk.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302
    assert not Page.objects.get(pk=page.pk).live


class TestManyPages:
    @pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "move"])
    @pytest.mark.parametrize("role", [roles.PROOFREADER, roles.AUTHOR, roles.EDITORS["ky"], roles.FINANCE_OFFICER])
    def test_no_title_of_a_draft_is_told_to_who_may_not(self, client, article, action, role):
        other = signing_in.as_staff(client, PersonFactory(role=role))
        article.title = article.draft_title = "Тайна крыши"
        article.save()
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?next=/&id={article.pk}"
        for verb in ("get", "post"):
            answer = getattr(other, verb)(address, follow=True)
            assert "Тайна крыши" not in answer.content.decode()
        assert Page.objects.filter(pk=article.pk).exists()

    def test_one_that_is_not_theirs_stops_the_deed_with_all(self, client, author, article):
        own = written_by(author, "own", "ky", live=True)
        other = signing_in.as_staff(client, PersonFactory(role=roles.EDITORS["ky"]))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        other.post(f"{address}?next=/cms/&id={own.pk}&id={article.pk}")
        assert Page.objects.get(pk=own.pk).live
        other.post(f"{address}?next=/cms/&id={own.pk}")
        assert not Page.objects.get(pk=own.pk).live

    def test_a_visitor_is_sent_to_sign_in(self, client, article):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        assert "/cms/login/" in client.get(f"{address}?next=/&id={article.pk}").url


@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")  # theirs to mend
@pytest.mark.parametrize(
    ("role", "is_open"),
    [
        (ADMINISTRATOR, True),
        (roles.EDITOR, True),
        (roles.EDITORS["ky"], True),
        (roles.AUTHOR, False),
        (roles.PROOFREADER, False),
        (roles.FINANCE_OFFICER, False),
    ],
)
def test_the_report_of_the_translators_tool_is_of_those_who_publish(enter, role, is_open):
    """It names pages that are not out yet."""
    place, desk = reverse("wagtail_localize:translations_report"), enter(role)
    assert (desk.get(place).status_code == 200, place in desk.get("/cms/").content.decode()) == (is_open, is_open)
