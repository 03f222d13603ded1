"""The data map and the retention rules behind it."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from ashar.privacy import classified, data_map, retention
from ashar.privacy.classified import Basis, Personal, Sensitivity
from ashar.privacy.models import RetentionRule


def test_the_map_has_a_section_for_each_model_and_a_line_for_each_field():
    page = data_map.render()
    for label, facts in classified.register().items():
        model, _, field = label.rpartition(".")
        assert f"\n## {model}\n" in page
        assert f"| `{field}` | " in page
        assert f" | {facts.retention} | {facts.sensitivity.value} {facts.sensitivity.name.lower()} |" in page


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_map_is_in_english_whatever_is_spoken(language):
    with translation.override(language):
        assert "to let you sign in and to write to you" in data_map.render()


def test_written_and_checked(tmp_path, monkeypatch):
    monkeypatch.setattr(data_map, "faults", list)
    page = tmp_path / "data-map.md"
    call_command("data_map", to=page)
    call_command("data_map", check=True, to=page)
    assert page.read_text(encoding="utf-8") == data_map.render()


@pytest.mark.parametrize("written", [None, "old"])
def test_a_stale_or_missing_page_fails_the_check(tmp_path, monkeypatch, written):
    monkeypatch.setattr(data_map, "faults", list)
    page = tmp_path / "data-map.md"
    if written:
        page.write_text(written, encoding="utf-8")
    with pytest.raises(CommandError, match=r"data-map\.md is stale"):
        call_command("data_map", check=True, to=page)


def test_gaps_are_named(monkeypatch):
    monkeypatch.setattr(classified, "_personal", {"accounts.User.nickname": next(iter(classified.register().values()))})
    monkeypatch.setattr(classified, "_impersonal", set())
    monkeypatch.setattr(retention, "shipped", dict)
    faults = data_map.faults()
    assert "accounts.User.email is not classified" in faults
    assert "accounts.User.nickname is classified but is no field" in faults
    assert faults[-1] == "retention rule account is not written"


def test_a_field_that_nobody_said_in_words_is_named(monkeypatch):
    unsaid = Personal("to test", Basis.LAW, "account", Sensitivity.PLAIN)
    monkeypatch.setattr(
        classified, "_personal", {"accounts.User.email": unsaid, "accounts.User.language": unsaid.of("a")}
    )
    assert [fault for fault in data_map.faults() if "words" in fault] == ["accounts.User.email is not said in words"]


@pytest.mark.django_db
def test_the_rules_are_rows_that_staff_may_change_and_loading_leaves_them_so():
    RetentionRule.objects.filter(key="sign-in").update(days=10)
    retention.load(RetentionRule)
    assert RetentionRule.objects.get(key="sign-in").days == 10
    assert set(RetentionRule.objects.values_list("key", flat=True)) == set(retention.shipped())


@pytest.mark.django_db
def test_unloading_takes_away_what_was_shipped_only():
    own = RetentionRule.objects.create(key="own", text_ky="а", text_ru="б", text_en="c")
    retention.unload(RetentionRule)
    assert list(RetentionRule.objects.all()) == [own]
    retention.load(RetentionRule)
    assert RetentionRule.objects.get(key="account").days is None


@pytest.mark.django_db
def test_a_rule_reads_in_the_active_language():
    rule = RetentionRule.objects.get(key="sign-in")
    with translation.override("ru"):
        assert str(rule) == "30 дней."
