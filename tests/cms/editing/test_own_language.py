"""Who writes snippets: editors of all languages, and each editor of one language in it alone, at every door."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale
from wagtail.permissions import policy_registry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.editing import own_language
from cms.models import Contact, Figure, Partner
from tests.cms.conftest import ADMINISTRATOR, LANGUAGES
from tests.cms.editing.conftest import written_by
from tests.factories.people import PersonFactory
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")
KINDS = (Contact, Partner, Figure)
DEEDS = ("add", "change", "delete", "publish", "view")
NAMED = ("edit", "delete", "usage", "history", "history_results", "unpublish", "preview_on_edit")
KYRGYZ_EDITOR = roles.EDITORS["ky"]


def door(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_cms_contact:{name}", args=args)


def policy(kind):
    return policy_registry.get_by_type(kind)


@pytest.mark.parametrize("kind", KINDS)
class TestThePolicy:
    def test_editors_of_one_language_do_everything_in_it_and_nothing_beside(self, kind):
        rows = {code: snippet(kind, code) for code in LANGUAGES}
        for own in LANGUAGES:
            person = PersonFactory(role=roles.EDITORS[own])
            may = {code: {deed for deed in DEEDS if policy(kind).user_has_permission_for_instance(person, deed, row)}
                   for code, row in rows.items()}  # fmt: skip
            assert may == {code: set(DEEDS) if code == own else set() for code in LANGUAGES}
            assert list(policy(kind).instances_user_has_permission_for(person, "change")) == [rows[own]]

    def test_editors_of_all_languages_do_everything(self, kind):
        person = PersonFactory(role=roles.EDITOR)
        assert own_language.languages_of(person) == LANGUAGES
        assert all(policy(kind).user_has_permission_for_instance(person, deed, snippet(kind)) for deed in DEEDS)

    def test_others_do_nothing(self, kind):
        row = snippet(kind)
        others = set(roles.ALL) - {roles.EDITOR, *roles.EDITORS.values()}
        for person in (AnonymousUser(), PersonFactory(), *(PersonFactory(role=role) for role in sorted(others))):
            assert not policy(kind).user_has_any_permission(person, DEEDS)
            assert not policy(kind).user_has_any_permission_for_instance(person, DEEDS, row)
            assert list(policy(kind).instances_user_has_any_permission_for(person, DEEDS)) == []

    def test_nobody_does_what_is_no_deed(self, kind):
        assert not policy(kind).user_has_permission(PersonFactory(role=roles.EDITOR), "lock")

    def test_names_who_may(self, kind):
        people = {role: PersonFactory(role=role) for role in (roles.EDITOR, *roles.EDITORS.values(), roles.AUDITOR)}
        administrator = User.objects.create_superuser(email="admin@example.org", password="x")
        editors = {people[roles.EDITOR], people[KYRGYZ_EDITOR], administrator}
        assert set(policy(kind).users_with_permission_for_instance("change", snippet(kind, "ky"))) == editors
        assert set(policy(kind).users_with_any_permission(DEEDS)) == {administrator, *people.values()} - {
            people[roles.AUDITOR]
        }
        assert list(policy(kind).users_with_permission("lock")) == []


class TestTheDoors:
    def test_of_their_own_language_open(self, enter):
        row, browser = snippet(Contact, "ky"), enter(KYRGYZ_EDITOR)
        assert [browser.get(door(name, row.pk)).status_code for name in ("edit", "usage", "history")] == [200] * 3
        assert browser.get(f"{door('add')}?locale=ky").status_code == 200

    @pytest.mark.parametrize("name", NAMED)
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_of_another_stay_closed(self, enter, name, verb):
        row = snippet(Contact, "ru")
        response = getattr(enter(KYRGYZ_EDITOR), verb)(door(name, row.pk), {"name": "Чужое", "action-publish": "1"})
        assert (response.status_code, response.headers["Location"]) == (302, reverse("wagtailadmin_home"))
        row.refresh_from_db()
        assert (row.name, row.live, row.latest_revision) == ("Консульство", True, None)

    def test_of_another_stay_closed_however_its_number_is_written(self, enter):
        row = snippet(Contact, "ru")
        row.save_revision()
        quoted = "".join(f"_{ord(digit):02X}" for digit in str(row.pk))  # as Django's and Wagtail's admins quote
        places = [f"{door('list')}history/{key}/revisions/compare/live...latest/" for key in (row.pk, quoted)]
        found = {
            role: [enter(role).get(place, follow=True) for place in places]
            for role in (KYRGYZ_EDITOR, roles.EDITORS["ru"])
        }
        assert {role: (ends[0].status_code, ends[0].request["PATH_INFO"]) for role, ends in found.items()} == {
            KYRGYZ_EDITOR: (200, reverse("wagtailadmin_home")),
            roles.EDITORS["ru"]: (200, places[0]),
        }
        assert [ends[1].status_code for ends in found.values()] == [404, 404]

    @pytest.mark.parametrize(("code", "made"), [("ky", 1), ("ru", 0), ("en", 0)])
    def test_they_add_in_their_own_language_alone(self, enter, code, made):
        enter(KYRGYZ_EDITOR).post(f"{door('add')}?locale={code}", {"name": "Консулдук", "action-publish": "1"})
        assert Contact.objects.filter(locale__language_code=code).count() == made
        assert Contact.objects.count() == made

    @pytest.mark.parametrize("name", ["list", "add"])
    def test_of_the_menu_lead_each_to_their_own_language(self, enter, name):
        found = {role: enter(role).get(door(name)) for role in (KYRGYZ_EDITOR, roles.EDITOR, roles.EDITORS["ru"])}
        assert {role: (answer.status_code, answer.headers.get("Location")) for role, answer in found.items()} == {
            KYRGYZ_EDITOR: (200, None),
            roles.EDITOR: (200, None),
            roles.EDITORS["ru"]: (302, f"{door(name)}?locale=ru"),
        }

    def test_nothing_is_made_where_one_only_chooses(self, enter):
        row = snippet(Contact, "ky")
        choosing = reverse("wagtailsnippetchoosers_cms_contact:choose")
        assert row.name in enter(KYRGYZ_EDITOR).get(choosing).json()["html"]
        with pytest.raises(NoReverseMatch):
            reverse("wagtailsnippetchoosers_cms_contact:create")

    def test_many_of_another_language_are_not_deleted_at_once(self, enter):
        rows = {code: snippet(Contact, code) for code in LANGUAGES}
        address = reverse("wagtail_bulk_action", args=["cms", "contact", "delete"])
        enter(KYRGYZ_EDITOR).post(f"{address}?{'&'.join(f'id={row.pk}' for row in rows.values())}")
        assert set(Contact.objects.values_list("locale__language_code", flat=True)) >= {"ru", "en"}

    @pytest.mark.parametrize("role", [roles.AUTHOR, roles.PROOFREADER, roles.AUDITOR])
    def test_who_is_no_editor_opens_none(self, enter, role):
        browser, row = enter(role), snippet(Contact)
        for address in (door("list"), door("add"), door("edit", row.pk)):
            assert browser.get(address).headers["Location"] == reverse("wagtailadmin_home")

    @pytest.mark.parametrize("role", [roles.EDITOR, ADMINISTRATOR])
    def test_who_edits_all_languages_opens_each(self, enter, role):
        browser = enter(role)
        for code in LANGUAGES:
            assert browser.get(door("edit", snippet(Contact, code).pk)).status_code == 200

    def test_of_what_is_not_there_is_nobodys(self, enter):
        assert enter(KYRGYZ_EDITOR).get(door("edit", 999_999), follow=True).status_code == 404

    def test_nobody_copies(self, enter):
        assert "copy" not in {pattern.name for pattern in Contact.snippet_viewset.get_urlpatterns()}


class TestWhatEditorsFind:
    @pytest.mark.parametrize("role", [KYRGYZ_EDITOR, roles.EDITOR])
    def test_a_button_that_publishes(self, enter, role):
        html = enter(role).get(door("edit", snippet(Contact, "ky").pk)).content.decode()
        assert 'name="action-publish"' in html


class TestTranslating:
    """Words of a translation are written through addresses of their own, which name neither a snippet nor a language."""

    @pytest.mark.parametrize(("own", "status"), [("ky", 201), ("ru", 403), ("en", 403)])
    def test_only_into_their_own_language(self, enter, own, status):
        contact = snippet(Contact)
        source, _is_new = TranslationSource.update_or_create_from_instance(contact)
        kyrgyz = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="ky"))
        kyrgyz.save_target(publish=False)
        segment = source.stringsegment_set.get(string__data="Консульство")
        address = reverse("wagtail_localize:edit_string_translation", args=[kyrgyz.pk, segment.pk])
        words = {"data": "value=Консулдук", "content_type": "application/x-www-form-urlencoded"}
        assert enter(roles.EDITORS[own]).put(address, **words).status_code == status
        assert StringTranslation.objects.count() == (status == 201)

    def test_pages_are_asked_about_as_before(self, enter):
        page = written_by(None, "roof", live=True)
        source, _is_new = TranslationSource.update_or_create_from_instance(page)
        kyrgyz = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="ky"))
        kyrgyz.save_target(publish=False)
        address = reverse("wagtail_localize:download_pofile", args=[kyrgyz.pk])
        assert {role: enter(role).get(address).status_code for role in (KYRGYZ_EDITOR, roles.EDITORS["ru"])} == {
            KYRGYZ_EDITOR: 200,
            roles.EDITORS["ru"]: 302,
        }
