"""The room of people: inviting somebody, and what erasing leaves."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.notices.models import Notice
from ashar.privacy import erasing, exporting
from tests.cms.staff.conftest import roles_of, verbs_about
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory


class TestInviting:
    ANSWERS = {
        "email": "New@Example.org",
        "full_name": "Жаңы Кишиев",
        "language": "ru",
        "roles": [roles.EDITOR, roles.AUDITOR],
    }

    def test_somebody_new_gets_an_account_roles_and_a_letter(self, office, administrator):
        answer = office.post(reverse("people:invite"), self.ANSWERS)
        person = User.objects.get(email="new@example.org")
        assert answer.url == reverse("people:inspect", args=[person.pk])
        assert (person.full_name, person.language, roles_of(person)) == (
            "Жаңы Кишиев",
            "ru",
            {roles.EDITOR, roles.AUDITOR},
        )
        assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)
        assert EmailAddress.objects.get(user=person).verified
        assert verbs_about(person) == ["accounts.admitted", "accounts.role_given", "accounts.role_given"]
        assert {entry.by for entry in Entry.objects.filter(subject_id=str(person.pk))} == {administrator}
        assert Notice.objects.get().kind == "admitted"

    def test_somebody_who_gave_before_keeps_the_account(self, office, guest):
        office.post(reverse("people:invite"), {**self.ANSWERS, "email": guest.email})
        guest.refresh_from_db()
        assert (guest.full_name, guest.language, roles_of(guest)) == ("Бермет", "ky", {roles.EDITOR, roles.AUDITOR})

    def test_oneself_is_refused_beside_the_field(self, office, administrator):
        answer = office.post(reverse("people:invite"), {**self.ANSWERS, "email": administrator.email})
        assert answer.context["form"].errors == {"email": ["Another administrator has to do this to your own account."]}
        assert roles_of(administrator) == set()

    @pytest.mark.parametrize(
        ("field", "answer"),
        [("email", "no address"), ("full_name", ""), ("language", "de"), ("roles", ["Boss"]), ("roles", [])],
    )
    def test_a_wrong_answer_makes_nobody(self, office, field, answer):
        page = office.post(reverse("people:invite"), {**self.ANSWERS, field: answer})
        assert (page.status_code, list(page.context["form"].errors)) == (200, [field])
        assert not User.objects.filter(email="new@example.org").exists()


class TestErasing:
    def test_wagtails_log_forgets_the_address(self, guest, administrator):
        """A line of the days when people were edited by Wagtail's own pages, and one about another person."""
        other = PersonFactory(email="other@example.org")
        for person in (guest, other):
            log(instance=person, action="wagtail.edit", user=administrator)
        assert list(ModelLogEntry.objects.order_by("pk").values_list("label", flat=True)) == [guest.email, other.email]
        done = erasing.carry_out(erasing.ask(guest, by=guest, at=NOON), by=administrator, at=NOON)
        assert done["cms"] == {"log_lines": 1, "pictures": 0}
        assert list(ModelLogEntry.objects.order_by("pk").values_list("label", flat=True)) == [
            f"erased-{guest.pk}",
            other.email,
        ]

    def test_the_picture_is_told_and_then_deleted_and_those_of_others_stay(
        self, guest, administrator, django_capture_on_commit_callbacks
    ):
        other = PersonFactory(email="other@example.org")
        for person in (guest, other):
            UserProfile.objects.create(user=person, avatar=ContentFile(b"picture", name=f"{person.pk}.png"))
        file, others_file = (person.wagtail_userprofile.avatar for person in (guest, other))
        wish = erasing.ask(guest, by=guest, at=NOON)

        with django_capture_on_commit_callbacks(execute=True):
            told = exporting.export(guest, by=guest, at=NOON)["parts"]["cms"]
            done = erasing.carry_out(wish, by=administrator, at=NOON)

        assert (told, done["cms"]) == ({"picture": file.name}, {"log_lines": 0, "pictures": 1})
        assert [kept.storage.exists(kept.name) for kept in (file, others_file)] == [False, True]

    def test_the_room_writes_no_such_line(self, office, guest, doors):
        office.post(doors["appoint"], {"role": roles.EDITOR})
        office.post(reverse("people:invite"), TestInviting.ANSWERS)
        office.post(doors["let_in_again"])
        assert list(ModelLogEntry.objects.all()) == []
