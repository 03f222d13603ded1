"""The register of personal fields."""

import pytest
from django.apps import apps
from django.db import models

from ashar.privacy import classified
from ashar.privacy.classified import Basis, ClassifiedTwiceError, Personal, Sensitivity

FACTS = Personal("to test", Basis.LAW, "account", Sensitivity.PLAIN)


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(classified, "_personal", {})
    monkeypatch.setattr(classified, "_impersonal", set())


@pytest.mark.usefixtures("empty")
def test_a_field_nobody_classified_is_named():
    accounts = apps.get_app_config("accounts")
    assert classified.unclassified(accounts) == [
        "accounts.User.password",
        "accounts.User.email",
        "accounts.User.full_name",
    ]
    classified.personal("accounts.User", {"email": FACTS})
    classified.impersonal("accounts.User", "password")
    assert classified.unclassified(accounts) == ["accounts.User.full_name"]


@pytest.mark.usefixtures("empty")
def test_a_field_is_classified_once():
    classified.personal("accounts.User", {"email": FACTS})
    with pytest.raises(ClassifiedTwiceError):
        classified.impersonal("accounts.User", "email")
    with pytest.raises(ClassifiedTwiceError):
        classified.personal("accounts.User", {"email": FACTS})


@pytest.mark.usefixtures("empty")
def test_a_classified_field_that_is_no_more_is_named_and_borrowed_models_are_left_alone():
    classified.personal("accounts.User", {"nickname": FACTS, "email": FACTS})
    classified.impersonal("places.Nowhere", "name")
    classified.personal("account.EmailAddress", {"email": FACTS})
    assert classified.vanished() == ["accounts.User.nickname", "places.Nowhere.name"]


@pytest.mark.usefixtures("empty")
def test_the_register_is_in_order():
    classified.personal("b.B", {"y": FACTS, "x": FACTS})
    classified.personal("a.A", {"z": FACTS})
    assert list(classified.register()) == ["a.A.z", "b.B.x", "b.B.y"]


@pytest.mark.parametrize(
    ("field", "looks"),
    [
        (models.EmailField(), True),
        (models.CharField(max_length=200), True),
        (models.CharField(), True),
        (models.TextField(), True),
        (models.JSONField(), True),
        (models.GenericIPAddressField(), True),
        (models.FileField(), True),
        (models.ImageField(), True),
        (models.BinaryField(), True),
        (models.URLField(), True),
        (models.CharField(max_length=3), False),
        (models.CharField(max_length=20, choices=[("a", "A")]), False),
        (models.SlugField(), False),
        (models.UUIDField(), False),
        (models.BigIntegerField(), False),
        (models.DateTimeField(), False),
    ],
)
def test_what_looks_personal(field, looks):
    assert classified.looks_personal(field) is looks


def test_only_our_own_apps_are_looked_at():
    names = {app.name for app in classified.ours()}
    assert {"ashar.accounts", "ashar.privacy", "diaspora", "grants"} <= names
    assert [name for name in names if name.startswith(("django.", "wagtail", "allauth"))] == []
