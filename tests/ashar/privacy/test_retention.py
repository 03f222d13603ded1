"""What is past its date is forgotten by the clock, once, in bounded steps, and the audit log says how much."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from ashar.audit import checking
from ashar.audit.models import Entry
from ashar.privacy import classified, data_map, retention, tasks
from ashar.privacy.classified import Basis, Personal, Sensitivity
from ashar.privacy.models import RetentionRule
from tests.ashar.privacy.people import AT

NOTES = "tests.Note"


@pytest.fixture
def keepers(monkeypatch):
    """No keeper but those of the test."""
    monkeypatch.setattr(retention, "_keepers", {})
    return retention._keepers


@pytest.fixture
def pile(db, keepers):
    """Seven old notes and somebody who forgets them under the rule `sign-in`."""
    notes, asked = list(range(7)), []

    @retention.keeper("sign-in", NOTES)
    def forget(*, before, most):
        asked.append(before)
        gone, notes[:] = notes[:most], notes[most:]
        return len(gone)

    return notes, asked


def audited() -> list[tuple[str, dict]]:
    return list(Entry.objects.order_by("sequence").values_list("verb", "facts"))


def test_every_field_with_a_date_has_somebody_who_forgets_it():
    assert retention.unkept() == []


def test_every_shipped_rule_with_days_that_a_field_uses_has_a_keeper():
    used = {facts.retention for facts in classified.register().values()}
    timed = {key for key, row in retention.shipped().items() if row["days"]}

    assert (used & timed) - {rule for rule, _model in retention._keepers} == set()


def test_a_field_that_nobody_would_forget_is_named(monkeypatch):
    held = Personal("to test", Basis.CONSENT, "webhook", Sensitivity.PLAIN)
    monkeypatch.setitem(classified._personal, "tests.Note.text", held)

    assert retention.unkept() == ["webhook tests.Note"]
    assert "webhook tests.Note has no keeper" in data_map.faults()


def test_what_is_kept_as_long_as_the_account_lives_needs_no_keeper(monkeypatch):
    held = Personal("to test", Basis.CONSENT, "account", Sensitivity.PLAIN)
    monkeypatch.setitem(classified._personal, "tests.Note.text", held)

    assert retention.unkept() == []


def test_two_keepers_of_one_thing_are_a_mistake_in_the_code(pile):
    with pytest.raises(retention.KeptTwiceError, match=f"sign-in {NOTES}"):
        retention.keeper("sign-in", NOTES)(lambda **_: 0)


def test_the_date_follows_the_row_that_staff_may_change(pile):
    RetentionRule.objects.filter(key="sign-in").update(days=10)

    retention.keep(at=AT)

    assert set(pile[1]) == {AT - timedelta(days=10)}


def test_everything_past_its_date_goes_in_batches_and_the_log_counts_each(pile, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)

    assert retention.keep(at=AT) == {f"sign-in {NOTES}": 7}
    assert pile[0] == []
    assert audited() == [("privacy.forgotten", {"models": [NOTES], "count": count}) for count in (3, 3, 1)]
    assert checking.check() == []


def test_the_entry_speaks_of_the_rule_and_of_the_machine(pile):
    retention.keep(at=AT)

    entry = Entry.objects.get()
    rule = RetentionRule.objects.get(key="sign-in")
    assert (entry.subject_kind, entry.subject_id, entry.by, entry.at) == (
        "privacy.retentionrule",
        str(rule.pk),
        None,
        AT,
    )


def test_a_second_run_forgets_nothing_and_says_nothing(pile):
    retention.keep(at=AT)

    assert retention.keep(at=AT) == {}
    assert Entry.objects.count() == 1


def test_a_run_is_bounded_and_the_next_goes_on(pile, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    monkeypatch.setattr(retention, "MOST_BATCHES", 2)

    assert retention.keep(at=AT) == {f"sign-in {NOTES}": 4}
    assert retention.keep(at=AT) == {f"sign-in {NOTES}": 3}


@pytest.mark.parametrize("change", ["no days", "no row"])
def test_a_rule_without_days_or_without_a_row_keeps_for_ever(pile, change):
    rule = RetentionRule.objects.filter(key="sign-in")
    rule.update(days=None) if change == "no days" else rule.delete()

    assert retention.keep(at=AT) == {}
    assert len(pile[0]) == 7


def test_a_keeper_that_fails_keeps_no_other_from_forgetting(pile, caplog):
    @retention.keeper("notice", "tests.Broken")
    def forget(**_):
        raise OSError("no disk")

    assert retention.keep(at=AT) == {f"sign-in {NOTES}": 7}
    assert [record.message for record in caplog.records if record.name == retention.__name__] == [
        "The keeper of notice tests.Broken failed; it is asked again tomorrow."
    ]


def test_a_batch_and_its_entry_stand_or_fall_together(db, keepers):
    @retention.keeper("sign-in", NOTES)
    def forget(*, before, most):
        RetentionRule.objects.filter(key="draft").delete()
        raise OSError("half way")

    retention.keep(at=AT)

    assert RetentionRule.objects.filter(key="draft").exists()
    assert audited() == []


def test_one_keeper_of_two_models_is_asked_once(db, keepers):
    asked = []

    @retention.keeper("sign-in", NOTES, "tests.Page")
    def forget(*, before, most):
        asked.append(most)
        return 0

    retention.keep(at=AT)

    assert asked == [retention.BATCH]


def test_the_clock_asks_the_keepers(pile):
    tasks.keep(reason="a newer sender")

    assert pile[0] == []


def test_what_nothing_can_be_taken_out_of_promises_no_day(db):
    assert RetentionRule.objects.get(key="audit").days is None


@pytest.mark.parametrize(("days", "then"), [(1825, None), (3650, 3650)])
def test_the_rule_of_before_is_corrected_and_one_that_staff_changed_is_not(db, days, then):
    RetentionRule.objects.filter(key="audit").update(days=days, text_en="5 years")

    import_module("ashar.privacy.migrations.0003_audit_stays").say_what_is_true(apps, None)

    rule = RetentionRule.objects.get(key="audit")
    assert (rule.days, rule.text_en == "5 years") == (then, days == 3650)
