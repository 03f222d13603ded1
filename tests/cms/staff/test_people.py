"""The room of people: administrators see who is here, invite, give and take roles, let in who lost the second factor."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.formats import date_format

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.notices.models import Notice
from cms.staff import people
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR, ANONYMOUS
from tests.cms.staff.conftest import ACTIONS, roles_of, verbs_about
from tests.cms.staff.test_doors import OUTSIDE, ROLES, outcome
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, FinanceOfficerFactory, PersonFactory

LAST_SEEN = NOON - timedelta(days=400)


def page_of(client: Client, person: User) -> str:
    return client.get(reverse("people:inspect", args=[person.pk])).content.decode()


def expected(role: str, word: str, elsewhere: str) -> str:
    if role == ANONYMOUS:
        return "asked to sign in"
    return "refused" if role in OUTSIDE else word if role == ADMINISTRATOR else elsewhere


@pytest.mark.parametrize("role", ROLES)
class TestEveryRole:
    def test_reads_if_it_is_the_administrator(self, enter, doors, role):
        client = enter(role)
        found = {name: outcome(client, doors[name]) for name in ("list", "results", "page", "invite")}
        assert found == dict.fromkeys(found, expected(role, "open", "sent to the front page"))

    def test_acts_if_it_is_the_administrator(self, enter, doors, guest, role):
        client = enter(role)
        found = {name: outcome(client, doors[name], verb="post") for name in ACTIONS}
        assert found == dict.fromkeys(found, expected(role, "done", "sent to the front page"))
        assert Authenticator.objects.filter(user=guest).exists() is (role != ADMINISTRATOR)

    def test_invites_nobody_unless_it_is_the_administrator(self, enter, doors, role):
        answers = {"email": "new@example.org", "full_name": "Жаңы", "language": "ky", "roles": [roles.AUDITOR]}
        enter(role).post(doors["invite"], answers)
        assert User.objects.filter(email="new@example.org").exists() is (role == ADMINISTRATOR)

    def test_sees_the_room_in_the_menu_if_it_is_the_administrator(self, enter, role):
        html = enter(role).get("/cms/", follow=True).content.decode()
        assert ("/cms/people/" in html) is (role == ADMINISTRATOR)
        assert [way for way in ("/cms/users/", "/cms/groups/") if way in html] == []

    @pytest.mark.parametrize("kind", ["users", "groups", "people"])
    def test_finds_none_of_wagtails_own_pages(self, enter, guest, role, kind):
        client, key = enter(role), guest.pk if kind != "groups" else 1
        pages = (
            "new/",
            f"edit/{key}/",
            f"delete/{key}/",
            f"history/{key}/",
            f"usage/{key}/",
            f"copy/{key}/",
            f"{key}/",
        )
        closed = [f"/cms/{kind}/{page}" for page in ((*pages, "", "results/") if kind != "people" else pages)]
        ends = {client.get(address, follow=True).status_code for address in closed}
        assert ends == {200 if role == ANONYMOUS else 403 if role in OUTSIDE else 404}
        assert {
            client.post(address, {"email": "x@example.org", "is_superuser": "on"}).status_code for address in closed
        } == {302}
        assert User.objects.get(pk=guest.pk).email == "guest@example.org"

    @pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
    def test_does_nothing_to_many_at_once(self, enter, guest, role, action):
        client = enter(role)
        address = f"/cms/bulk/accounts/user/{action}/?id={guest.pk}"
        answers = {"role": "1", "mark_as_active": "", "next": "/cms/"}
        assert [
            client.get(address, follow=True).status_code,
            client.post(address, answers, follow=True).status_code,
        ] == [404, 404]
        guest.refresh_from_db()
        assert (guest.is_active, roles_of(guest)) == (True, set())


@pytest.mark.parametrize("room", ["wagtailusers_users", "wagtailusers_groups", "people"])
@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage"])
def test_no_door_leads_to_writing(room, name):
    with pytest.raises(NoReverseMatch):
        reverse(f"{room}:{name}", args=[1] if name != "add" else [])


class TestTheList:
    def test_shows_who_is_here_and_what_they_may(self, office, guest):
        officer = FinanceOfficerFactory(full_name="Нурлан Эсепчиев")
        officer.groups.add(*EditorFactory(email="editor@example.org").groups.all())
        answer = office.get("/cms/people/")
        listed = {one.email: (people.roles_of(one), one.has_second_factor) for one in answer.context["object_list"]}
        assert listed == {
            "administrator@example.org": ("administrator", True),
            "editor@example.org": ("editor", False),
            guest.email: ("", True),
            officer.email: ("editor, finance officer", False),
        }
        html = answer.content.decode()
        said = (officer.email, "Нурлан Эсепчиев", "editor, finance officer", "yes", reverse("people:invite"))
        assert [word for word in said if word not in html] == []

    def test_is_filtered_by_role_and_searched_by_name_and_address(self, office, guest):
        officer = FinanceOfficerFactory(full_name="Нурлан", email="money@example.org")
        found = {
            query: [
                one.email
                for one in (officer, guest)
                if one.email in office.get(f"/cms/people/?{query}").content.decode()
            ]
            for query in ("role=Finance officer", "q=Бермет", "q=money@")
        }
        assert found == {
            "role=Finance officer": [officer.email],
            "q=Бермет": [guest.email],
            "q=money@": [officer.email],
        }

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_not_exported(self, office, guest, kind):
        answer = office.get(f"/cms/people/?export={kind}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert guest.email.encode() not in body or "text/html" in answer["Content-Type"]
        assert f"export={kind}" not in office.get("/cms/people/").content.decode()

    def test_takes_as_many_queries_for_many(self, office):
        FinanceOfficerFactory()
        office.get("/cms/people/")
        with CaptureQueriesContext(connection) as one:
            office.get("/cms/people/")
        for _more in range(3):
            FinanceOfficerFactory()
        with CaptureQueriesContext(connection) as four:
            office.get("/cms/people/")
        assert len(four) == len(one)


class TestThePage:
    def test_says_who_it_is(self, office, guest):
        User.objects.filter(pk=guest.pk).update(last_login=LAST_SEEN)
        html = page_of(office, guest)
        with translation.override("en"):
            seen = date_format(LAST_SEEN, "DATE_FORMAT")
        assert [word for word in ("guest@example.org", "Бермет", seen) if word not in html] == []

    def test_has_no_field_for_address_password_or_rank(self, office, guest):
        html = page_of(office, guest)
        fields = ('name="email"', 'name="password1"', 'name="is_superuser"', 'name="is_active"', 'name="groups"')
        assert [field for field in fields if field in html] == []

    def test_offers_nothing_on_ones_own_account(self, office, administrator):
        html = page_of(office, administrator)
        assert "Another administrator has to do this" in html
        assert [action for action in ("appointment", "dismissal", "lost-factor") if action in html] == []

    def test_offers_no_factor_to_remove_where_there_is_none(self, office):
        assert "lost-factor" not in page_of(office, PersonFactory())

    def test_offers_a_closed_account_no_role(self, office):
        closed = EditorFactory(is_active=False)
        html = page_of(office, closed)
        assert ("appointment" in html, "dismissal" in html) == (False, True)

    def test_of_nobody_is_not_found(self, office, guest):
        nobody = "0" * 8 + "-0000-0000-0000-" + "0" * 12
        answers = [
            office.get(reverse("people:inspect", args=[nobody]), follow=True),
            *(
                office.post(reverse(f"people:{action}", args=[nobody]), {"role": "x"}, follow=True)
                for action in ACTIONS
            ),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4


class TestActing:
    def test_a_role_is_given_and_taken_with_a_row_each(self, office, guest, doors, administrator):
        office.post(doors["appoint"], {"role": roles.AUDITOR})
        assert roles_of(guest) == {roles.AUDITOR}
        office.post(doors["dismiss"], {"role": roles.AUDITOR})
        assert roles_of(guest) == set()
        entries = Entry.objects.filter(subject_id=str(guest.pk), verb__startswith="accounts.role").order_by("sequence")
        assert [(entry.verb, entry.by) for entry in entries] == [
            ("accounts.role_given", administrator),
            ("accounts.role_taken", administrator),
        ]

    @pytest.mark.parametrize("action", ACTIONS)
    def test_ones_own_account_is_refused_in_words(self, office, administrator, action):
        answer = office.post(
            reverse(f"people:{action}", args=[administrator.pk]), {"role": roles.FINANCE_OFFICER}, follow=True
        )
        assert "Another administrator has to do this to your own account." in answer.content.decode()
        assert (roles_of(administrator), Authenticator.objects.filter(user=administrator).count()) == (set(), 1)

    @pytest.mark.parametrize("answers", [{}, {"role": ""}, {"role": "Administrator"}, {"role": "Moderators"}])
    def test_what_is_no_role_is_refused_in_words(self, office, guest, doors, answers):
        said = office.post(doors["appoint"], answers, follow=True).content.decode()
        assert ("There is no such role." in said, verbs_about(guest)) == (True, ["accounts.admitted"])

    def test_fields_more_change_nothing(self, office, guest, doors):
        more = {"email": "x@example.org", "is_superuser": "on", "is_staff": "on", "password": "x"}
        office.post(doors["appoint"], {"role": roles.EDITOR, **more})
        guest.refresh_from_db()
        assert (guest.email, guest.is_superuser, guest.is_staff) == ("guest@example.org", False, False)

    def test_a_lost_factor_is_removed_and_its_session_ends(self, office, guest, doors):
        browser = signing_in.as_staff(Client(), guest)
        office.post(doors["let_in_again"])
        assert browser.get(reverse("account")).status_code == 302
        assert verbs_about(guest)[-1] == "accounts.second_factors_lost"
        assert Notice.objects.get(kind="second_factors_lost").person == guest

    @pytest.mark.parametrize("action", ACTIONS)
    def test_nothing_is_done_by_a_link_or_by_a_foreign_form(self, office, doors, administrator, action):
        foreign = signing_in.as_staff(Client(enforce_csrf_checks=True), administrator)
        assert (office.get(doors[action]).status_code, foreign.post(doors[action]).status_code) == (405, 403)
