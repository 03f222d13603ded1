"""The letter to administrators when somebody wishes to be forgotten."""

import pytest

from ashar.accounts import consumers
from ashar.accounts.models import User
from ashar.notices.models import Notice
from ashar.outbox import delivering
from ashar.privacy import erasing
from tests.ashar.accounts.conftest import AT

HEADINGS = {
    "ky": "Аккаунтту өчүрүү сурамы келди",
    "ru": "Просьба удалить учётную запись",
    "en": "Somebody asks to have their account erased",
}


def administrator(name: str, language: str = "en", **differs) -> User:
    return User.objects.create_superuser(f"{name}@example.org", language=language, **differs)


def told() -> list[str]:
    return sorted(notice.person.email for notice in Notice.objects.filter(kind="erasure_waits"))


def test_every_administrator_at_work_is_written_and_nobody_else(giver, officer):
    administrator("first")
    administrator("second")
    administrator("left", is_active=False)
    erasing.ask(giver, by=giver, at=AT)
    delivering.drain(AT)
    assert told() == ["first@example.org", "second@example.org"]


def test_who_asked_is_not_written_about_it(db):
    own = administrator("first")
    administrator("second")
    erasing.ask(own, by=own, at=AT)
    delivering.drain(AT)
    assert told() == ["second@example.org"]


def test_the_same_message_twice_is_one_letter(giver):
    administrator("first")
    wish = erasing.ask(giver, by=giver, at=AT)
    for _time in range(2):
        consumers.tell_administrators(request=wish.pk, at=AT)
    assert told() == ["first@example.org"]


def test_a_wish_that_was_withdrawn_meanwhile_is_told_to_nobody(giver):
    administrator("first")
    erasing.withdraw(erasing.ask(giver, by=giver, at=AT), by=giver, at=AT)
    delivering.drain(AT)
    assert told() == []


@pytest.mark.parametrize("language", HEADINGS)
def test_it_leads_to_the_person_in_the_language_of_the_reader_and_names_nobody(giver, language):
    administrator("first", language)
    erasing.ask(giver, by=giver, at=AT)
    delivering.drain(AT)
    notice = Notice.objects.get(kind="erasure_waits")
    assert (notice.language, notice.subject) == (language, HEADINGS[language])
    assert f"/cms/people/inspect/{giver.pk}/" in notice.text
    assert [word for word in (giver.email, giver.full_name) if word in notice.text] == []
