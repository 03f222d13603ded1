"""Hiding the words of a giver: who may, what everyone still sees, and that the gift and the books stay as they are."""

import pytest
from django.db import IntegrityError, transaction

from ashar.accounts.rules import NotAllowed
from ashar.audit.models import Entry
from ashar.ledger.models import Journal
from ashar.outbox.models import Message
from diaspora import hiding, names, queries
from diaspora.models import Gift, WordsHiding
from diaspora.queries import projects as pages
from diaspora.queries import trails
from diaspora.states import ShownAs
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, FinanceOfficerFactory, PersonFactory

INSULT = "Силер уурусуңар"
REASON = "Айылдаштарды кемсинтет"


@pytest.fixture
def officer(db):
    return FinanceOfficerFactory()


@pytest.fixture
def rude_gift(school) -> Gift:
    return ReceivedGiftFactory(project=school, message=INSULT)


@pytest.fixture
def kind_gift(school) -> Gift:
    return ReceivedGiftFactory(project=school, message="Куттуу болсун!")


@pytest.fixture
def hidden_gift(rude_gift, officer) -> Gift:
    hiding.hide(rude_gift, reason=REASON, by=officer, at=NOON)
    return rude_gift


def words_shown(project) -> set[str]:
    return {giver.message for giver in pages.latest_givers(project)}


def named_in_trail(project) -> set[str]:
    """Return the names that stand in a column of the trail, and in the sentence beside it."""
    return {line.giver for line in trails.trail_lines(project) if line.giver and line.giver in line.words}


def changes_told(gift: Gift) -> int:
    return Message.objects.filter(
        topic="gift.words_changed", payload={"gift": str(gift.pk), "project": gift.project_id}
    ).count()


def test_hidden_words_leave_the_project_and_others_stay(school, kind_gift, hidden_gift):
    assert words_shown(school) == {"", "Куттуу болсун!"}
    assert Gift.objects.get(pk=hidden_gift.pk).message == INSULT


def test_who_hid_them_when_and_why_is_a_row_and_is_audited(hidden_gift, officer):
    [row] = WordsHiding.objects.all()
    [entry] = Entry.objects.filter(verb="gift.hide_words")

    assert (row.gift, row.reason, row.hidden_by, row.hidden_at) == (hidden_gift, REASON, officer, NOON)
    assert (row.shown_by, row.shown_at) == (None, None)
    assert (entry.subject_id, entry.facts) == (str(hidden_gift.pk), {"hiding": row.pk})
    assert changes_told(hidden_gift) == 1


def test_the_giver_sees_the_own_words_and_that_they_are_hidden(hidden_gift, kind_gift):
    hidden, kind = (queries.gift_page(gift, at=NOON) for gift in (hidden_gift, kind_gift))
    assert (hidden.message, hidden.words_are_hidden) == (INSULT, True)
    assert (kind.message, kind.words_are_hidden) == ("Куттуу болсун!", False)


def test_the_giver_stays_in_the_list_with_the_sum_and_without_a_name(school, hidden_gift):
    [giver] = pages.latest_givers(school)
    assert (giver.name, giver.amount) == ("", hidden_gift.amount)


@pytest.mark.parametrize("shown_as", [ShownAs.NAMED, ShownAs.INITIALS])
def test_a_name_alone_can_be_hidden_everywhere(school, pool, officer, shown_as):
    rude = ReceivedGiftFactory(project=school, name=INSULT, shown_as=shown_as)
    before = named_in_trail(school)
    hiding.hide(rude, reason=REASON, by=officer, at=NOON)

    assert (before, named_in_trail(school)) == ({names.shown(rude)}, set())
    assert queries.gift_page(rude, at=NOON).shown_name == ""
    assert queries.receipt_page(rude.receipt).shown_name == ""
    hiding.show(rude, by=officer, at=NOON)
    assert named_in_trail(school) == before
    assert queries.receipt_page(rude.receipt).shown_name == names.shown(rude)


def test_the_books_are_not_touched(rude_gift, officer):
    before = list(Journal.objects.order_by("pk").values())
    hiding.hide(rude_gift, reason=REASON, by=officer, at=NOON)
    hiding.show(rude_gift, by=officer, at=NOON)
    assert list(Journal.objects.order_by("pk").values()) == before


def test_words_are_shown_again_by_a_person_whose_name_is_kept(school, hidden_gift):
    colleague = FinanceOfficerFactory(email="colleague@example.org")
    hiding.show(hidden_gift, by=colleague, at=NOON)
    [row] = WordsHiding.objects.all()

    assert words_shown(school) == {INSULT}
    assert (row.shown_by, row.shown_at) == (colleague, NOON)
    assert queries.gift_page(hidden_gift, at=NOON).words_are_hidden is False
    assert (changes_told(hidden_gift), Entry.objects.filter(verb="gift.show_words").count()) == (2, 1)


def test_words_shown_again_can_be_hidden_again_and_both_times_are_kept(school, hidden_gift, officer):
    hiding.show(hidden_gift, by=officer, at=NOON)
    hiding.hide(hidden_gift, reason="Дагы", by=officer, at=NOON)
    assert words_shown(school) == {""}
    assert list(WordsHiding.objects.order_by("pk").values_list("reason", flat=True)) == [REASON, "Дагы"]


@pytest.mark.parametrize("factory", [PersonFactory, EditorFactory])
def test_nobody_else_hides_or_shows(school, hidden_gift, kind_gift, factory):
    person = factory(email="somebody-else@example.org")
    with pytest.raises(NotAllowed):
        hiding.hide(kind_gift, reason=REASON, by=person, at=NOON)
    with pytest.raises(NotAllowed):
        hiding.show(hidden_gift, by=person, at=NOON)
    assert words_shown(school) == {"", "Куттуу болсун!"}


@pytest.mark.parametrize("reason", ["", "  \n ", "а" * 501])
def test_without_a_reason_nothing_is_hidden(school, rude_gift, officer, reason):
    with pytest.raises(hiding.NoReason):
        hiding.hide(rude_gift, reason=reason, by=officer, at=NOON)
    assert words_shown(school) == {INSULT}
    assert WordsHiding.objects.count() == changes_told(rude_gift) == 0


def test_hidden_words_are_not_hidden_twice(hidden_gift, officer):
    with pytest.raises(hiding.NothingToHide):
        hiding.hide(hidden_gift, reason=REASON, by=officer, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        WordsHiding.objects.create(gift=hidden_gift, reason=REASON, hidden_by=officer, hidden_at=NOON)
    assert (WordsHiding.objects.count(), changes_told(hidden_gift)) == (1, 1)


def test_a_gift_without_words_has_nothing_to_hide(school, officer):
    with pytest.raises(hiding.NothingToHide):
        hiding.hide(ReceivedGiftFactory(project=school, shown_as=ShownAs.ANONYMOUS), reason=REASON, by=officer, at=NOON)


def test_what_is_not_hidden_is_not_shown_again(rude_gift, officer):
    with pytest.raises(hiding.NotHidden):
        hiding.show(rude_gift, by=officer, at=NOON)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"shown_at": NOON}, "shown_by"])
def test_the_database_keeps_a_hiding_whole(rude_gift, officer, wrong):
    facts = {"gift": rude_gift, "reason": REASON, "hidden_by": officer, "hidden_at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        WordsHiding.objects.create(**facts | ({wrong: officer} if isinstance(wrong, str) else wrong))
