"""Rows name themselves so that staff recognise them."""

from django.utils import translation

from diaspora.models import Allotment, BudgetLine, CardTerms, Leadership, Match, MatchStep, ReceiptYear, Verification
from tests.factories.gifts import ReceivedGiftFactory


def test_rows_name_themselves(school, pool):
    gift = ReceivedGiftFactory(project=school)
    with translation.override("en"):
        assert str(school) == "A school roof"
        assert str(school.association) == "Neighbours from Kochkor"
        assert str(BudgetLine.objects.get(position=1)) == "Roof"
        assert str(pool) == "Match fund"
    assert str(gift) == f"{gift.pk} 50.00 USD"
    assert str(gift.receipt) == "2026-000001"
    assert str(ReceiptYear.objects.get()) == "2026: 1"
    assert str(Allotment.objects.get()) == f"{pool.pk} → {school.pk}"
    assert str(MatchStep.objects.get()) == f"{MatchStep.objects.get().movement_id}: {gift.som_minor}"
    assert str(Match.objects.get()) == f"{gift.pk} ← {pool.pk}: {gift.som_minor}"
    assert str(CardTerms.objects.get(currency="USD")) == "USD 2026-01-01"
    assert str(Verification.objects.get()) == f"{school.association_id} 2026-10-21"
    assert str(Leadership(association_id=1, person_id=None)) == "None → 1"


def test_a_gift_has_no_som_value_before_it_arrives(waiting_gift):
    assert waiting_gift.som is None
