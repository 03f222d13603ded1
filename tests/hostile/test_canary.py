"""A giver with a name, an address and words found nowhere else: where they may stand, and everything else is searched."""

import json
import logging
import uuid
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ashar.accounts import roles
from ashar.notices.tasks import forget_last_letters
from ashar.outbox import delivering
from ashar.payments import inbox, resolving
from ashar.payments.models import WebhookEvent
from ashar.privacy import erasing
from diaspora import receipts
from diaspora.models import Gift
from tests.factories.people import PersonFactory
from tests.hostile import forms, reading
from tests.hostile.forms import GIVE
from tests.hostile.village import ANONYMOUS, LANGUAGES, OTHER_GIVER, Village

NAME = "Зыяратбүбү Кенжеханымова"
FIRST, LAST = NAME.split()
EMAIL = "zyiaratbubu-canary@kenje-canary.example.org"
LOCAL = EMAIL.split("@", maxsplit=1)[0]
WORDS = "Канарейка-сөз"
SECRETS = (FIRST, LAST, LOCAL)
# The tables where a giver's own answers live, with the columns that hold them; nothing else may hold them.
MAY_HOLD = {
    "diaspora_gift": {"name", "email", "message"},
    "payments_payment": {"email"},
    "notices_dispatch": {"address"},
    "notices_notice": {"text", "html"},
}


@pytest.fixture(params=["anonymous", "initials"])
def given(request, village: Village, sandbox, caplog) -> Gift:
    """A whole gift of hers: the form, the card, the news, the books, the receipt; with every line that was logged."""
    caplog.set_level(logging.DEBUG)
    answers = {"name": NAME, "email": EMAIL, "message": WORDS, "shown_as": request.param}
    assert forms.send(village.enter(ANONYMOUS), GIVE, village, **answers).status_code == 303
    gift = Gift.objects.select_related("payment").get(email=EMAIL)
    sandbox.pay(gift.payment.session_id)
    sandbox.deliver(lambda body, signature: inbox.receive(body, signature, at=timezone.now()))
    inbox.work_through(at=timezone.now())
    delivering.drain(timezone.now())
    gift.refresh_from_db()
    assert gift.state == "received"
    return gift


def test_she_stands_on_no_page_of_others(village: Village, given: Gift):
    for browser in (village.enter(ANONYMOUS), village.enter(OTHER_GIVER)):
        places = [*village.public_pages(), *village.own_pages(), *_trails(village), *_receipts(given)]
        found = [(place, secret) for place in places for secret in _found(_read(browser, place))]
        assert found == []


def test_her_initials_stand_only_where_she_chose_so(village: Village, given: Gift):
    page, trail = (_read(village.enter(ANONYMOUS), f"/ru/projects/school/{end}") for end in ("", "trail.csv"))

    initials = "З.\N{NO-BREAK SPACE}К."
    assert (initials in page, initials in trail) == ((True, True) if given.shown_as == "initials" else (False, False))
    assert WORDS in page, "her words were meant for the village"


def test_her_own_page_shows_her_masked(village: Village, given: Gift):
    for language in LANGUAGES:
        page = _read(village.enter(ANONYMOUS), f"/{language}/gifts/{given.pk}/")
        assert "z…@kenje-canary.example.org" in page
        assert _found(page) == []


def test_only_her_own_letter_names_her(village: Village, given: Gift):
    hers = [letter for letter in mail.outbox if letter.recipients() == [EMAIL]]
    others = [letter for letter in mail.outbox if letter.recipients() != [EMAIL]]

    assert len(hers) == 1
    assert NAME in hers[0].body
    assert _found("".join(letter.message().as_string() + letter.body for letter in others)) == []
    assert LAST not in hers[0].subject


def test_officers_read_her_and_nobody_else_does(village: Village, given: Gift):
    place = reverse("gifts:inspect", args=[given.pk])

    readers = {who for who in (roles.FINANCE_OFFICER, roles.AUDITOR, roles.EDITOR, roles.EVALUATOR, OTHER_GIVER)
               if NAME in _read(village.enter(who), place)}  # fmt: skip
    assert readers == {roles.FINANCE_OFFICER, roles.AUDITOR}


def test_no_line_of_the_log_names_her(given: Gift, caplog):
    records = caplog.get_records("setup")
    assert len(records) > 3, "somebody logs what happened"

    lines = [
        f"{record.getMessage()} {record.exc_text or ''}" for record in records if record.name != "django.db.backends"
    ]
    assert [line for line in lines if _found(line) or WORDS in line] == []


def test_no_other_row_holds_her(given: Gift):
    """Every table and column: the books, the audit log, transitions, the queue, events of the card service, sessions."""
    found = {table: columns for table in connection.introspection.table_names() if (columns := _holding(table))}

    assert found == MAY_HOLD


def test_the_card_service_did_speak_of_her(given: Gift, sandbox):
    """Otherwise the scan above would find nothing in its events because there is nothing."""
    told = json.dumps(sandbox.events())
    kept = WebhookEvent.objects.filter(event_id__in=[event["id"] for event in sandbox.events()])

    assert LOCAL in told
    assert {row.type for row in kept} == {event["type"] for event in sandbox.events()}
    assert "charge.succeeded" in {row.type for row in kept}


def test_what_the_card_service_tells_again_does_not_bring_her_either(given: Gift):
    """The events that are fetched because they may have been missed, with none of them in the inbox yet."""
    WebhookEvent.objects.all().delete()

    assert resolving.catch_up(timezone.now()) > 0
    assert _holding("payments_webhookevent") == set()


def test_once_she_is_forgotten_no_row_holds_her(village: Village, given: Gift):
    """Not even one of the card service, whose events spoke of her; the letter that tells her goes once it was sent."""
    herself = PersonFactory(email=EMAIL, full_name=NAME)
    EmailAddress.objects.create(user=herself, email=EMAIL, verified=True, primary=True)
    request = erasing.ask(herself, by=herself, at=timezone.now())
    erasing.carry_out(request, by=village.person(roles.FINANCE_OFFICER), at=timezone.now())

    delivering.drain(timezone.now())
    forget_last_letters()
    assert WebhookEvent.objects.count() > 1
    assert {table: columns for table in connection.introspection.table_names() if (columns := _holding(table))} == {}


def test_neither_queue_nor_cache_holds_her(given: Gift):
    files = [path for path in Path(settings.VAR).rglob("*") if path.is_file() and "sqlite" not in path.name]
    kept = " ".join(f"{key} {value!r}" for key, value in caches["default"]._cache.items())
    assert "giving:" in kept

    assert [path for path in files if _found(path.read_bytes().decode("utf-8", "replace"))] == []
    assert _found(kept) == []


def test_probes_and_errors_name_nobody(village: Village, given: Gift):
    browser = village.enter(ANONYMOUS)
    places = ("/readyz", "/healthz", f"/ru/{given.pk}/", f"/ru/gifts/{uuid.uuid4()}/")

    assert [place for place in places if _found(_read(browser, place))] == []
    assert json.loads(_read(browser, "/readyz"))["probes"]


def _trails(village: Village) -> list[str]:
    return [
        f"/{language}/projects/{village.school.slug}/{end}"
        for language in LANGUAGES
        for end in ("trail/?page=1", "trail.csv")
    ]


def _receipts(gift: Gift) -> list[str]:
    return [receipts.path(gift.receipt, language) for language in LANGUAGES]


def _read(browser: Client, place: str) -> str:
    with translation.override("ru"):
        return reading.body(browser.get(place, follow=True))


def _found(text: str) -> list[str]:
    """Return which of her secrets stand in `text`, as they are or as JSON writes them."""
    return [secret for secret in SECRETS if secret in text or json.dumps(secret)[1:-1] in text]


def _holding(table: str) -> set[str]:
    """Return the columns of a table that hold a secret of hers or her words."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    cells = ((name, str(cell)) for row in rows for name, cell in zip(names, row, strict=True) if cell is not None)
    return {name for name, cell in cells if _found(cell) or WORDS in cell}
