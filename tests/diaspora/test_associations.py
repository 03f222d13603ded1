"""Associations: registered, verified once, led by people."""

import pytest
from django.db import IntegrityError

from ashar.audit.models import Entry
from diaspora import associations
from diaspora.models import Association, Leadership, Verification
from diaspora.rules import NotAllowed
from tests.factories.associations import AssociationFactory, UnverifiedAssociationFactory
from tests.factories.moments import NOON
from tests.factories.people import EditorFactory, PersonFactory


def test_a_registered_association_is_not_verified(db):
    association = UnverifiedAssociationFactory()

    assert not Verification.objects.filter(association=association).exists()
    assert str(association.host_city.name_en) == "Seoul"


def test_verifying_says_who_and_when_and_how(db):
    association, editor = UnverifiedAssociationFactory(), EditorFactory()

    verification = associations.verify(association, by=editor, at=NOON, note="Met in Seoul")

    assert (verification.by, verification.at, verification.note) == (editor, NOON, "Met in Seoul")
    entry = Entry.objects.get(verb="association.verify")
    assert (entry.by, entry.facts) == (editor, {})  # words about people stay where they can be erased


def test_an_association_is_verified_once(db):
    association = AssociationFactory()

    with pytest.raises(associations.AlreadyVerified):
        associations.verify(association, by=None, at=NOON)

    assert Verification.objects.count() == 1


def test_a_leader_may_not_verify_the_own_association(db):
    association, leader = UnverifiedAssociationFactory(), PersonFactory()
    associations.appoint(association, person=leader, by=None, at=NOON)

    with pytest.raises(NotAllowed):
        associations.verify(association, by=leader, at=NOON)


def test_two_associations_do_not_share_an_address(db):
    UnverifiedAssociationFactory(slug="seoul")

    with pytest.raises(associations.SlugTaken):
        UnverifiedAssociationFactory(slug="seoul")


def test_an_association_without_any_name_cannot_be_kept(db):
    with pytest.raises(IntegrityError, match="association_has_a_name"):
        UnverifiedAssociationFactory(name_ky="", name_ru="", name_en="")

    assert Association.objects.count() == 0


def test_appointing_a_leader_again_changes_nothing(db):
    association, leader = AssociationFactory(), PersonFactory()

    for _ in range(2):
        associations.appoint(association, person=leader, by=None, at=NOON)

    assert Leadership.objects.count() == 1
    assert Entry.objects.filter(verb="association.appoint").count() == 1
