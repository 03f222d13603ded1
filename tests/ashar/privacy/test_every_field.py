"""Every field of every app of ours that could tell something about a person is classified."""

import pytest

from ashar.privacy import classified, retention


@pytest.mark.parametrize("app", classified.ours(), ids=lambda app: app.label)
def test_every_field_that_looks_personal_is_classified(app):
    assert classified.unclassified(app) == []


def test_nothing_is_classified_that_is_no_field():
    assert classified.vanished() == []


def test_every_retention_rule_that_is_named_is_written():
    assert {facts.retention for facts in classified.register().values()} - retention.shipped().keys() == set()


def test_every_rule_is_written_in_three_languages():
    for key, row in retention.shipped().items():
        assert all(row[f"text_{language}"] for language in ("ky", "ru", "en")), key
