"""What people and machines type into the form: kept or refused with a sentence at its field, never a failure."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from ashar.money import Money
from diaspora import offers
from diaspora.models import Gift
from diaspora.web.forms import GiveForm
from tests.badinput import money
from tests.diaspora.web.conftest import ANSWERS, TOKEN, Giver, filled, seal_of

CHARGEABLE = ("USD", "EUR", "GBP", "KZT", "TRY", "KRW", "AED", "PLN")


def test_a_plain_answer_is_read(school):
    form = filled(school)

    assert form.is_valid()
    assert form.answers() == {
        "amount": Money(50_00, "USD"),
        "email": "giver@example.org",
        "name": "Айгүл",
        "shown_as": "named",
        "message": "",
    }


@pytest.mark.parametrize("bad", [bad for bad in money.UNREADABLE if bad.currency in CHARGEABLE], ids=repr)
def test_every_unreadable_amount_is_an_error_at_its_field(school, bad):
    form = filled(school, bad.currency, choice="own", own=bad.typed)

    assert list(form.errors) == ["own"]


@pytest.mark.parametrize("bad", [bad for bad in money.UNREADABLE if bad.currency not in CHARGEABLE], ids=repr)
def test_every_other_unreadable_amount_is_one_in_dollars_too_or_is_read_within_limits(school, bad):
    form = filled(school, "USD", choice="own", own=bad.typed)

    assert form.is_valid() or list(form.errors) == ["own"]


@pytest.mark.parametrize(
    "read",
    [read for read in money.READABLE if read.currency in CHARGEABLE and 3_000 <= read.minor <= 99_999_999],
    ids=repr,
)
def test_every_readable_amount_is_read(school, read):
    form = filled(school, read.currency, choice="own", own=read.typed)

    assert form.is_valid() or list(form.errors) == ["own"]
    if form.is_valid():
        assert form.cleaned_data["amount"] == Money(read.minor, read.currency)


@pytest.mark.parametrize("typed", ["1.99", "0", "0.50", "1000000", "999999999999"])
def test_amounts_outside_the_limits_are_errors(school, typed):
    assert list(filled(school, choice="own", own=typed).errors) == ["own"]


def test_covering_the_fee_may_not_push_it_over_the_limit(school):
    form = filled(school, choice="own", own="999999", cover_fee="on")

    assert list(form.errors) == ["own"]


@pytest.mark.parametrize("choice", ["", "7.77", "own; DROP TABLE", "\x00", "50.00 "])
def test_a_choice_that_was_not_offered_is_an_error(school, choice):
    form = filled(school, choice=choice)

    assert form.is_valid() or list(form.errors) == ["choice"]


@pytest.mark.parametrize("code", ["usd", "USD ", "XXX", "BTC", "RUR", "", "KGS", "USDUSD"])
def test_another_currency_than_the_page_was_drawn_for_is_an_error(school, code):
    desk = offers.open_desk(school, currency="USD", at=timezone.now())
    data, seal = ANSWERS | {"token": seal_of(school).close(TOKEN), "currency": code}, seal_of(school)
    form = GiveForm(data, desk=desk, offers=offers.suggested(desk, currency="USD"), currency="USD", seal=seal)

    assert form.is_valid() == (code.strip() == "USD")


@pytest.mark.parametrize("token", ["", "1", "not-a-uuid", "\x00", "0" * 400])
def test_a_broken_token_is_an_error(school, token):
    form = filled(school, token=token)

    assert list(form.errors) == ["__all__"]
    assert seal_of(school).open(form["token"].value()).own.version == 4


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "ky",
            "Бул бет эскирген же жолдо өзгөргөн. Эч нерсе башталган жок. Жоопторуңузду карап чыгып, кайра жөнөтүңүз.",
        ),
        ("ru", "Страница устарела или изменилась по пути. Ничего не начато. Проверьте ответы и отправьте их ещё раз."),
        (
            "en",
            "This page was too old or changed on its way. Nothing was started. Please check your answers and send them again.",
        ),
    ],
)
def test_a_broken_token_is_said_and_sending_again_gives(school, client, sandbox, language, sentence):
    giver = Giver(school, client, language)

    refused = giver.give("broken")
    sent_again = giver.give(refused.context["form"]["token"].value())

    assert sentence in refused.content.decode()
    assert (sent_again.status_code, Gift.objects.count()) == (303, 1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ky", "Жөнөтүлгөн валютада салым кошууга болбойт. Азыр беттеги валюта: KRW. Сумманы кайра тандаңыз."),
        ("ru", "В присланной валюте взнос сделать нельзя. Сейчас на странице валюта: KRW. Выберите сумму ещё раз."),
        (
            "en",
            "Gifts cannot be made in the currency that was sent. The page now shows: KRW. Please choose the amount again.",
        ),
    ],
)
def test_another_currency_is_said_and_sending_again_gives(school, client, sandbox, language, sentence):
    giver = Giver(school, client, language)

    refused = giver.give(currency="XXX")
    form = refused.context["form"]
    sent_again = giver.give(form["token"].value(), currency=form["currency"].value(), choice="own", own="50000")

    assert sentence in refused.content.decode()
    assert (sent_again.status_code, Gift.objects.get().currency) == (303, "KRW")


def test_the_other_amount_reads_as_belonging_to_its_choice_and_not_as_optional(school, client):
    html = Giver(school, client, "en").open().content.decode()

    assert html.count(">Another amount<") == 1
    assert '<label class="field-label" for="id_own">How much, if you chose “Another amount”</label>' in html


KEPT = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{ 7*7 }}{% load x %}${x}#{x}",
    "\N{RIGHT-TO-LEFT MARK}evil",
    "Ж" + "\N{COMBINING ACUTE ACCENT}" * 4,
    "Ңң Өө Үү",
    "👨‍👩‍👧‍👦 🇰🇬",
    "=HYPERLINK(1)",
    "null",
    "None",
    "%s%(x)s",
    "../../etc/passwd",
    "А" * 120,
]


@pytest.mark.parametrize("text", KEPT, ids=ascii)
def test_hostile_text_is_kept_as_it_is(school, text):
    form = filled(school, name=text, message=text)

    assert form.is_valid(), form.errors
    assert (form.cleaned_data["name"], form.cleaned_data["message"]) == (text, text)


BROKEN = ["a\x00b", "a\ud800b", "a\x1bb", "a\x7fb", "a\x85b", "x" * 1_000_001]


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("field", ["name", "message"])
def test_text_that_cannot_be_carried_is_an_error_at_its_field(school, text, field):
    assert list(filled(school, **{field: text}).errors) == [field]


@pytest.mark.parametrize("text", ["a\nb", "a\u2028b", "a\rb", "a\tb"])
def test_a_name_is_one_line(school, text):
    assert list(filled(school, name=text).errors) == ["name"]


def test_a_message_may_have_lines(school):
    form = filled(school, message="Биринчи\r\nЭкинчи")

    assert form.is_valid()
    assert form.cleaned_data["message"] == "Биринчи\nЭкинчи"


def test_the_end_of_a_line_counts_as_one_letter_as_in_the_browser(school):
    lines = "\r\n".join(["салам"] * 83)  # 497 letters for the person who writes them

    assert filled(school, message=lines + "\r\nа").is_valid()
    assert list(filled(school, message=lines + "\r\nсалам").errors) == ["message"]


@pytest.mark.parametrize(
    "name", ["", "   ", "\N{ZERO WIDTH SPACE}", "\N{HANGUL FILLER}\N{HANGUL FILLER}", "\N{WORD JOINER}"]
)
@pytest.mark.parametrize("shown_as", ["named", "initials"])
def test_a_name_that_shows_nothing_cannot_be_shown(school, name, shown_as):
    assert list(filled(school, name=name, shown_as=shown_as).errors) == ["name"]


@pytest.mark.parametrize("name", ["", "\N{ZERO WIDTH SPACE}", "Айгүл"])
def test_an_anonymous_giver_needs_no_name(school, name):
    form = filled(school, name=name, shown_as="anonymous")

    assert form.is_valid()


@pytest.mark.parametrize("shown_as", ["", "public", "NAMED", "\x00"])
def test_an_unknown_way_of_showing_is_an_error(school, shown_as):
    assert list(filled(school, shown_as=shown_as).errors) == ["shown_as"]


ADDRESSES = [
    "",
    "giver",
    "giver@",
    "@example.org",
    "a b@example.org",
    "a@[127.0.0.1]",
    "a@exаmple.org",
    "гивер@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "a\x00@example.org",
    "a\ud800@example.org",
    "a@" + "x" * 300 + ".org",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("email", ADDRESSES, ids=lambda text: ascii(text)[:30])
def test_an_address_that_mail_cannot_reach_is_an_error(school, email):
    assert list(filled(school, email=email).errors) == ["email"]


@pytest.mark.parametrize("email", ["a@b.kg", "giver+ashar@example.org", "o'neill@example.org", " giver@example.org "])
def test_an_address_is_an_address(school, email):
    assert filled(school, email=email).is_valid()


def test_the_errors_stand_on_the_page_and_nothing_is_started(giver):
    response = giver.give(choice="own", own="1e5", email="broken")
    html = response.content.decode()

    assert response.status_code == 200
    assert 'href="#id_own"' in html
    assert 'href="#id_email"' in html
    assert 'value="1e5"' in html
    assert Gift.objects.count() == 0


def test_hostile_text_comes_back_escaped(giver):
    html = giver.give(name="<script>alert(1)</script>", email="").content.decode()

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_bytes_that_are_no_text_are_a_field_error_or_replaced_never_a_failure(giver):
    body = (
        f"token={giver.token()}&currency=USD&choice=50.00&shown_as=named&email=a%40b.kg&name=%ED%A0%80%FF&message=%00"
    )

    response = giver.send(body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["message"]


@pytest.mark.parametrize("body", ["", "choice=50.00&choice=25.00", "a[]=1", "%", "&&&=", "token=1&token=2"])
def test_a_malformed_form_is_a_form_with_errors(giver, body):
    response = giver.send(body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200
    assert response.context["form"].errors != {}


def test_the_last_of_several_answers_counts(school):
    data = QueryDict(mutable=True)
    data.update(ANSWERS | {"token": seal_of(school).close(TOKEN)})
    data.setlist("choice", ["25.00", "100.00"])
    desk = offers.open_desk(school, currency="USD", at=timezone.now())
    suggested = offers.suggested(desk, currency="USD")
    form = GiveForm(data, desk=desk, offers=suggested, currency="USD", seal=seal_of(school))

    assert form.is_valid()
    assert form.cleaned_data["amount"] == Money(100_00, "USD")


@pytest.mark.parametrize("choice", ["own", "", "50.00"])
@pytest.mark.parametrize("length", [41, 1001, 5000])
def test_an_amount_that_is_far_too_long_is_said_once(school, choice, length):
    errors = filled(school, choice=choice, own="1" * length).errors

    assert {field: len(said) for field, said in errors.items()} == {"own": 1}
