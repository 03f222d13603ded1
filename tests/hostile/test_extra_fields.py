"""Fields nobody asked for change nothing: what a form writes is what it asks, whatever else is sent with it."""

import pytest
from django.core.cache import cache
from django.db import transaction

from ashar.accounts.models import User
from diaspora.models import Gift
from tests.hostile import forms
from tests.hostile.forms import ACCOUNT, FORMS, GIVE, REFUND, SIGN_UP, Form
from tests.hostile.village import ADMINISTRATOR, ANONYMOUS, GIVER, OTHER_GIVER, Village

# A column of a row behind a form, or a name like one, and a value worth having there.
EXTRA = {
    "id": "00000000-0000-4000-8000-000000000000",
    "pk": "00000000-0000-4000-8000-000000000000",
    "state": "received",
    "amount": "1.00",
    "amount_minor": "1",
    "som_minor": "999999999",
    "fee_som_minor": "0",
    "gross_minor": "1",
    "currency_code": "KGS",
    "fund": "1",
    "project": "1",
    "project_id": "1",
    "payment": "1",
    "payment_id": "1",
    "by": "1",
    "donor": "1",
    "donor_id": "1",
    "requested_by": "1",
    "approved_by": "1",
    "received_at": "2020-01-01",
    "started_at": "2020-01-01",
    "rate_facts": "{}",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "groups": "1",
    "user_permissions": "1",
    "verified": "on",
    "primary": "on",
    "user": "1",
    "livemode": "1",
    "success_path": "https://hostile.example/",
    "cancel_path": "https://hostile.example/",
    "session_url": "https://hostile.example/",
}
# What differs between any two runs of a form, however it was sent.
DIFFERS = {"id", "token", "payment_id", "started_at", "created_at", "asked_at", "requested_at", "joined_at", "last_login", "password",
           "session_id", "user_id", "session_url", "intent_id", "success_path", "cancel_path", "pk", "due_at", "next_check_at", "person_id", "key", "told_at", "said_at", "drafted_at", "fund_id"}  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_extra_fields_make_no_difference(village: Village, sandbox, form: Form):
    plainly = _made_by(village, form, {})
    greedily = _made_by(village, form, {name: value for name, value in EXTRA.items() if name not in form.answers})

    assert greedily == plainly


@pytest.mark.parametrize("form", [GIVE, SIGN_UP, ACCOUNT, REFUND], ids=str)
def test_these_forms_do_write(village: Village, sandbox, form: Form):
    """Else the test above would compare nothing with nothing."""
    assert any(_made_by(village, form, {}).values())


def test_nobody_rises_by_a_form(village: Village, sandbox):
    for form in FORMS:
        cache.clear()
        forms.send(village.enter(form.who), form, village, **{**EXTRA, **form.answers})

    administrators = User.objects.filter(is_staff=True) | User.objects.filter(is_superuser=True)
    assert list(administrators.exclude(email=village.person(ADMINISTRATOR).email)) == []
    assert User.objects.get(email="new@example.org").groups.count() == 0


def test_a_gift_is_its_givers_whoever_the_form_names(village: Village, sandbox):
    donors = {ANONYMOUS: None, GIVER: village.person(GIVER).pk}
    named = str(village.person(OTHER_GIVER).pk)

    for who, donor in donors.items():
        cache.clear()
        before = set(Gift.objects.values_list("pk", flat=True))
        forms.send(village.enter(who), GIVE, village, donor=named, donor_id=named, by=named, user=named)
        assert Gift.objects.exclude(pk__in=before).get().donor_id == donor


def test_the_amount_is_the_one_of_the_form_and_the_fund_the_one_of_the_address(village: Village, sandbox):
    before = set(Gift.objects.values_list("pk", flat=True))
    more = {
        "amount": "1.00",
        "amount_minor": "1",
        "fund": "1",
        "project": village.closed.slug,
        "slug": village.closed.slug,
    }
    forms.send(village.enter(ANONYMOUS), GIVE, village, **more)

    gift = Gift.objects.select_related("payment").exclude(pk__in=before).get()
    assert (gift.amount_minor, gift.payment.amount_minor) == (50_00, 50_00)
    assert (gift.project, gift.payment.fund_id) == (village.school, village.school.fund_id)
    assert (gift.state, gift.som_minor, gift.received_at) == ("started", None, None)
    assert gift.payment.success_path.startswith("/ru/gifts/")


def _made_by(village: Village, form: Form, more: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """Return the rows that one sending of the form adds or changes, taken back afterwards."""
    cache.clear()
    form.address(village)  # lets what it names be there before, and after
    browser, before = village.enter(form.who), _rows()
    start = transaction.savepoint()
    forms.send(browser, form, village, **more)
    changed = {name: [row for row in rows if row not in before[name]] for name, rows in _rows().items()}
    transaction.savepoint_rollback(start)
    return changed


def _rows() -> dict[str, list[dict[str, object]]]:
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in DIFFERS}
            for row in model.objects.order_by("pk").values()
        ]
        for model in forms.KEPT
    }
