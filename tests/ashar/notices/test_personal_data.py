"""What we told a person is found under every address that is known to be theirs, and under no other."""

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from ashar.accounts import addresses
from ashar.accounts.models import User
from ashar.notices import personal_data, telling
from ashar.notices.models import MailboxMessage, Notice
from tests.ashar.notices.conftest import AT, FACTS

VERIFIED = ("Aigul@example.org", "second@example.org")
ONLY_TYPED_IN = "claimed@example.org"


@pytest.fixture
def aigul(db):
    person = User.objects.create_user("aigul@example.org")
    for address in (*VERIFIED, ONLY_TYPED_IN):
        EmailAddress.objects.create(user=person, email=address, verified=address in VERIFIED)
    return person


def tell(email, kind="parcel"):
    with transaction.atomic():
        return telling.tell(kind, key=f"{kind}:{email}", language="ru", at=AT, email=email, facts=FACTS)


@pytest.fixture
def letters(aigul):
    return {
        email: tell(email) for email in ("AIGUL@example.org", "second@example.org", ONLY_TYPED_IN, "other@example.org")
    }


def test_the_addresses_of_a_person_are_the_verified_ones(aigul):
    assert addresses.addresses_of(aigul) == ["Aigul@example.org", "second@example.org"]


def test_somebody_without_a_verified_address_matches_no_row(letters):
    stranger = User.objects.create_user("stranger@example.org")

    assert Notice.objects.filter(addresses.matching(stranger, "dispatches__address")).count() == 0


def test_a_person_is_told_of_the_letters_to_every_address(aigul, letters):
    assert len(personal_data.collect(aigul)["notices"]) == 2


def test_forgetting_takes_the_letters_to_every_address_and_no_others(aigul, letters):
    assert personal_data.forget(aigul) == {"notices": 2, "mails": 0}
    assert set(Notice.objects.values_list("key", flat=True)) == {f"parcel:{ONLY_TYPED_IN}", "parcel:other@example.org"}


def test_forgetting_spares_the_letter_that_says_so(aigul, letters):
    with transaction.atomic():
        telling.tell(
            "erasure_done", key="erasure_done:1", language="ru", at=AT, email=aigul.email, facts={"asked_at": AT}
        )

    personal_data.forget(aigul)

    assert Notice.objects.filter(key="erasure_done:1").exists()


def test_forgetting_takes_the_mails_that_the_demo_kept(aigul):
    for number, to in enumerate(("second@example.org", "other@example.org")):
        MailboxMessage.objects.create(message_id=f"<{number}>", sender="ashar@localhost", to=to, received_at=AT)

    assert personal_data.forget(aigul)["mails"] == 1
    assert [mail.to for mail in MailboxMessage.objects.all()] == ["other@example.org"]
