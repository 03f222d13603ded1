"""The two buttons that hide a giver's words on the page of a gift, and what the public reads then."""

import pytest
from django.urls import reverse

from ashar.money import Money
from diaspora.models import WordsHiding
from diaspora.states import ShownAs
from tests.cms.staff.conftest import told
from tests.factories.gifts import ReceivedGiftFactory

INSULT = "Силер уурусуңар"


@pytest.fixture
def rude_gift(school, fresh_rates):
    return ReceivedGiftFactory(project=school, amount=Money(50_00, "USD"), message=INSULT)


@pytest.fixture
def room(rude_gift) -> str:
    return reverse("gifts:inspect", args=[rude_gift.pk])


def hide(client, gift, reason="Кемсинтет"):
    return client.post(reverse("gifts:hide", args=[gift.pk]), {"reason": reason}, headers={"Accept-Language": "en"})


def show(client, gift):
    return client.post(reverse("gifts:show", args=[gift.pk]), headers={"Accept-Language": "en"})


def offers(client, room) -> tuple[bool, bool]:
    page = client.get(room).content.decode()
    return "/hiding/" in page, "/showing/" in page


def test_an_officer_hides_the_words_and_shows_them_again(officer, rude_gift, room):
    assert offers(officer, room) == (True, False)
    assert told(hide(officer, rude_gift)) == ["Name and message are hidden."]
    assert offers(officer, room) == (False, True)
    assert told(show(officer, rude_gift)) == ["Name and message are shown again."]
    assert offers(officer, room) == (True, False)


def test_the_page_says_who_hid_them_and_why(officer, rude_gift, room):
    before = officer.get(room).content.decode()
    hide(officer, rude_gift)
    after = officer.get(room).content.decode()
    assert ("Кемсинтет" in before, "Кемсинтет" in after) == (False, True)


def test_no_reason_is_answered_in_words(officer, rude_gift):
    assert told(hide(officer, rude_gift, " ")) == ["Write why the words are hidden, in at most 500 characters."]
    assert WordsHiding.objects.count() == 0


def test_the_end_of_a_line_counts_once_as_in_the_box(officer, rude_gift):
    """A browser sends two signs for it, and its box lets 500 pass."""
    reason = "\r\n".join(["сөз"] * 125)  # 499 for the person who writes them
    assert told(hide(officer, rude_gift, reason)) == ["Name and message are hidden."]
    assert WordsHiding.objects.get().reason == reason.replace("\r\n", "\n")


def test_an_auditor_reads_and_hides_nothing(auditor, rude_gift, room):
    assert offers(auditor, room) == (False, False)
    hide(auditor, rude_gift)
    assert WordsHiding.objects.count() == 0


def test_a_gift_without_words_has_no_button(officer, school, fresh_rates):
    gift = ReceivedGiftFactory(project=school, shown_as=ShownAs.ANONYMOUS)
    assert offers(officer, reverse("gifts:inspect", args=[gift.pk])) == (False, False)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ky", "Атыңыз менен сөзүңүз ачык"),
        ("ru", "Имя и слова убраны"),
        ("en", "Name and message are hidden"),
    ],
)
def test_the_giver_is_told_in_their_language_and_only_after(officer, client, rude_gift, language, sentence):
    address = f"/{language}/gifts/{rude_gift.pk}/"
    before = client.get(address).content.decode()
    hide(officer, rude_gift)
    after = client.get(address).content.decode()
    assert (sentence in before, sentence in after, INSULT in after) == (False, True, True)


def test_no_public_page_holds_hidden_words(officer, client, rude_gift):
    hide(officer, rude_gift)
    slug = rude_gift.project.slug
    for address in (f"/ky/projects/{slug}/trail/", f"/ky/projects/{slug}/trail.csv", "/ky/"):
        response = client.get(address, follow=True)
        assert (response.status_code, INSULT.encode() in response.getvalue()) == (200, False), address
