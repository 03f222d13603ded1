"""Every form and filter × the catalogue of text: nothing breaks, nothing changes by a refusal, nothing acts on a page."""

import csv
import html
import io
import re
import uuid
from collections.abc import Iterator

import openpyxl
import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from ashar import legible
from ashar.accounts import roles
from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.outbox import delivering
from ashar.payments.models import Refund
from ashar.privacy import card_numbers
from diaspora import giving, receipts
from diaspora.models import Gift
from tests.badinput import text
from tests.badinput.text import Text
from tests.factories.gifts import arrive
from tests.hostile import forms, reading
from tests.hostile.forms import BY_NAME, FORMS, Form
from tests.hostile.village import ANONYMOUS, GIVER, LANGUAGES, Village

COMPUTED = re.compile(r"(?<![0-9a-f])62674(?![0-9a-f])")  # what {{ 31337|add:31337 }} gives; a fingerprint may hold it
CYRILLIC = re.compile("[А-Яа-яЁёҢңӨөҮү]")
ERROR = re.compile(r'class="field-error"[^>]*>(.*?)</p>|class="form-errors"[^>]*>(.*?)</div>', re.DOTALL)
# Fields whose text is drawn again, and the field that is left out to make a form wrong.
DRAWN_AGAIN = {"own", "email", "name", "message", "full_name", "login", "amount", "reason"}
WRONG = {
    "give": "token",
    "sign up": "email",
    "sign in": "password",
    "account": "language",
    "refund": "token",
    "invitation": "roles",
}
# Closes an attribute in either quotes, a text area, a title and a script, then acts.
EVERY_WAY_OUT = Text("every way out", """'"></textarea></title></script><hostile onclick='hostile()'>""")
ENOUGH = {200, 302, 303, 400, 403, 404, 413, 429}

FILTERS = (
    (ANONYMOUS, "/ru/projects/?oblast={}&state={}&page={}"),
    (ANONYMOUS, "/ru/projects/school/give/?currency={}"),
    (ANONYMOUS, "/ru/projects/school/trail/?page={}"),
    (ANONYMOUS, "/ru/accounts/login/?next={}"),
    (GIVER, "/ru/notices/?page={}"),
    (
        roles.AUDITOR,
        "/cms/gifts/?giver={}&receipt={}&state={}&project={}&currency={}&started_at_from={}&p={}&ordering={}",
    ),
    (roles.AUDITOR, "/cms/events/?type={}&state={}"),
    (roles.AUDITOR, "/cms/journals/?fund={}&kind={}&effective_on_to={}"),
    (roles.AUDITOR, "/cms/refunds/?state={}&currency={}&export={}"),
)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_no_text_breaks_a_form_or_changes_anything_by_its_refusal(village: Village, sandbox, form: Form):
    found, refusals = [], 0
    for field, bad in _pairs(form):
        cache.clear()
        browser, before = village.enter(form.who), forms.state()
        response = forms.send(browser, form, village, **{field: bad})
        found += [f"{field}={bad.name}: {fault}" for fault in faults(response, is_ours=form.is_ours)]
        if is_refused(response):
            refusals += 1
            changed = {name for name, rows in forms.state().items() if rows != before[name]}
            found += [f"{field}={bad.name}: refused, and {changed} changed"] if changed else []

    assert found == []
    assert refusals >= len(form.answers) - 1, "a form that refuses nothing was not really asked"


def test_markup_comes_back_as_text(village: Village, sandbox):
    """A wrong form is drawn again with what was written, escaped."""
    drawn, lost = 0, []
    for form in FORMS:
        for field in sorted(set(form.answers) & DRAWN_AGAIN):
            cache.clear()
            answers = {WRONG.get(form.name, field): "", field: EVERY_WAY_OUT}
            page = reading.body(forms.send(village.enter(form.who), form, village, **answers))
            is_text = html.escape(EVERY_WAY_OUT.value) in page and not reading.broke_out(page)
            drawn += is_text
            lost += [] if is_text else [f"{form}: {field}"]

    assert lost == []
    assert drawn == 15


@pytest.mark.parametrize("form", [form for form in FORMS if form.is_ours], ids=str)
def test_errors_speak_the_language_of_the_page(village: Village, form: Form):
    said = {}
    for speaking in LANGUAGES:
        cache.clear()
        answers = {**dict.fromkeys(form.answers, ""), **({"language": "xx"} if "language" in form.answers else {})}
        page = reading.body(forms.send(village.enter(form.who), form, village, speaking=speaking, **answers))
        said[speaking] = errors(page)

    assert all(said.values()), said
    assert len({str(sentences) for sentences in said.values()}) == len(LANGUAGES)
    assert [line for code in ("ky", "ru") for line in said[code] if not CYRILLIC.search(line)] == []
    assert [line for line in said["en"] if CYRILLIC.search(line)] == []


def test_no_text_breaks_a_filter(village: Village):
    found = []
    for who, address in FILTERS:
        browser, is_ours = village.enter(who), not address.startswith("/cms/")
        for bad in text.SAMPLE:
            response = browser.get(address.replace("{}", bad.wire[:4_000]))
            found += [f"{address} {bad.name}: {fault}" for fault in faults(response, is_ours=is_ours)]

    assert found == []


def test_gifts_with_any_words_are_shown_and_told_as_words(village: Village):
    """What a form keeps goes everywhere: pages, the trail in both forms, receipts, mails, exports."""
    gifts = [_given(village, line) for line in text.CATALOGUE if line.is_line and _may_stand(_words(line))]
    delivering.drain(timezone.now())

    places = ["/ru/projects/school/", "/ru/projects/school/trail/", "/ru/projects/school/trail/?page=2",
              *(f"/ru/gifts/{gift.pk}/" for gift in gifts[::4]), *(receipts.path(gift.receipt, "ru") for gift in gifts[::4])]  # fmt: skip
    stranger = village.enter(ANONYMOUS)
    assert [f"{place}: {fault}" for place in places for fault in faults(stranger.get(place), is_ours=True)] == []
    _check_tables(village, gifts)
    _check_mails(gifts)


def _may_stand(words: str) -> bool:
    """Whether the form keeps the words as they are: other tests show that the rest is refused."""
    return not (card_numbers.is_in(words) or legible.is_turned(words) or legible.is_piled(words))


def test_no_reason_of_a_refund_breaks_the_list_of_refunds(village: Village):
    officer = village.enter(roles.FINANCE_OFFICER)
    for bad in text.UNICODE:
        forms.send(officer, BY_NAME["refund"], village, reason=bad)

    sheet = openpyxl.load_workbook(io.BytesIO(_raw(village, "/cms/refunds/?export=xlsx"))).active
    assert sheet.max_row == Refund.objects.count() + 1
    assert Refund.objects.filter(reason__contains="\x1b").exists()


def faults(response: HttpResponse, *, is_ours: bool) -> list[str]:
    """Return what is wrong with an answer to hostile text, whatever it says."""
    if response.status_code not in ENOUGH:
        return [f"status {response.status_code}"]
    body = reading.body(response)
    if "html" not in response.get("Content-Type", "text/html"):
        return []
    found = reading.faults(body) if is_ours else reading.broke_out(body)
    return found + (["a template ran"] if COMPUTED.search(body) else [])


def is_refused(response: HttpResponse) -> bool:
    """Whether the form came back with errors, or the request was turned away."""
    drawn = response.context and response.context.get("form")
    return response.status_code >= 400 or bool(drawn and drawn.errors)


def errors(page: str) -> list[str]:
    """Return the sentences of a page that say what is wrong."""
    return [re.sub("<[^>]+>", " ", first or second).strip() for first, second in ERROR.findall(page)]


def _pairs(form: Form) -> Iterator[tuple[str, Text]]:
    """Yield the whole catalogue for a person's own words, one of each kind for what is chosen or counted."""
    for field in form.answers:
        for bad in text.CATALOGUE if field in form.own_words else text.SAMPLE:
            yield field, bad


def _words(line: Text) -> str:
    sent = line.value if isinstance(line.value, bytes) else line.value.encode("utf-8", "surrogatepass")
    return sent.decode("utf-8", "replace")


def _given(village: Village, line: Text) -> Gift:
    words, at = _words(line), timezone.now()
    answers = {"amount": Money(50_00, "USD"), "email": "giver@example.org", "shown_as": "named", "language": "ru"}
    gift = giving.start(village.school, **answers, name=words, message=words, by=None, token=uuid.uuid4(), at=at)
    arrive(gift, at=at)
    return giving.follow(gift.payment_id, at=at)


def _check_tables(village: Village, gifts: list[Gift]) -> None:
    trail = reading.body(village.enter(ANONYMOUS).get("/ru/projects/school/trail.csv"))
    table = reading.body(village.enter(roles.AUDITOR).get("/cms/gifts/?export=csv"))
    sheet = openpyxl.load_workbook(io.BytesIO(_raw(village, "/cms/gifts/?export=xlsx"))).active

    assert reading.formulas(trail) + reading.formulas(table) == []
    assert reading.ragged(trail) + reading.ragged(table) == []
    journals = Journal.objects.filter(legs__account__fund=village.school.fund).distinct().count()
    assert trail.count("\r\n") == journals + 1
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    names = {cell.lstrip("'") for row in csv.reader(io.StringIO(table, newline="")) for cell in row}
    assert {gift.name.lstrip("'").replace("\uffff", "") for gift in gifts} - names == set()


def _check_mails(gifts: list[Gift]) -> None:
    letters = [letter for letter in mail.outbox if any(gift.receipt.number in letter.body for gift in gifts)]
    assert len(letters) == len(gifts)
    for letter in letters:
        assert reading.header_faults(letter) == []
        assert letter.recipients() == ["giver@example.org"]
        assert [part.content for part in letter.alternatives if reading.broke_out(part.content)] == []


def _raw(village: Village, place: str) -> bytes:
    response = village.enter(roles.AUDITOR).get(place)
    return b"".join(response.streaming_content) if response.streaming else response.content
