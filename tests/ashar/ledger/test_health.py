from datetime import UTC, datetime, timedelta

import pytest

from ashar.ledger import checking, health
from ashar.ledger.models import Proof
from ashar.web import readiness

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_books_that_were_never_proved_are_degraded():
    assert health.probe(AT) == readiness.degraded(checked_seconds=None, faults=0)


@pytest.mark.parametrize(("minutes", "say"), [(0, readiness.ok), (30, readiness.ok), (31, readiness.degraded)])
def test_books_are_well_while_their_proof_is_young(minutes, say):
    checking.prove(at=AT)

    assert health.probe(AT + timedelta(minutes=minutes)) == say(checked_seconds=minutes * 60, faults=0)


def test_books_with_a_fault_are_degraded_and_visitors_still_served():
    checking.prove(at=AT)
    Proof.objects.update(faults=[{"code": "chain"}])

    assert health.probe(AT) == readiness.degraded(checked_seconds=0, faults=1)


def test_the_ledger_speaks_at_readyz():
    checking.prove(at=AT)

    assert readiness.examine(AT)[1]["ledger"] == readiness.ok(checked_seconds=0, faults=0)
