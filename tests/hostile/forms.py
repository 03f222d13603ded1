"""Every form of the site with answers that pass, and which of them are text of a person's own."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.notices.models import Notice
from ashar.payments.models import Payment, Refund
from diaspora.models import Attendance, Gift, Project
from grants.models import Call
from tests.badinput.text import Text
from tests.factories.calls import WORDS
from tests.hostile.village import ADMINISTRATOR, ANONYMOUS, GIVER, PASSWORD, Village

URLENCODED = "application/x-www-form-urlencoded"


class Form(NamedTuple):
    """A form, who sends it, answers that pass, and the fields that hold a person's own words."""

    name: str
    who: str
    address: Callable[[Village], str]
    answers: Mapping[str, str]
    own_words: tuple[str, ...] = ()
    is_ours: bool = True

    def __str__(self) -> str:
        return self.name


def at(name: str) -> Callable[[Village], str]:
    """Return the address of a pattern without arguments."""
    return lambda _village: reverse(name)


GIVE = Form(
    "give",
    ANONYMOUS,
    lambda village: reverse("give", args=[village.school.slug]),
    {
        "token": "",
        "currency": "USD",
        "choice": "own",
        "own": "50.00",
        "cover_fee": "",
        "email": "new@example.org",
        "name": "Асан",
        "shown_as": "named",
        "message": "",
    },
)
SIGN_UP = Form(
    "sign up",
    ANONYMOUS,
    at("account_signup"),
    {"email": "new@example.org", "full_name": "Асан", "password1": PASSWORD},
    ("full_name",),
)
ACCOUNT = Form("account", GIVER, at("account"), {"full_name": "Асан", "language": "ru"}, ("full_name",))
REFUND = Form(
    "refund",
    roles.FINANCE_OFFICER,
    lambda village: reverse("refunds:ask", args=[village.gift.payment_id]),
    {"token": "", "amount": "1.00", "reason": "Ошибка"},
    ("reason",),
    is_ours=False,
)
INVITATION = Form(
    "invitation",
    ADMINISTRATOR,
    at("people:invite"),
    {"email": "colleague@example.org", "full_name": "Асан", "language": "ru", "roles": roles.EDITOR},
    ("full_name",),
    is_ours=False,
)
CALL = Form(
    "call",
    roles.EDITOR,
    at("calls:draft"),
    {
        "slug": "business",
        **WORDS,
        "limit": "250 000",
        "ratio": "1",
        "per": "1",
        "opens_at": f"{timezone.now().year + 1}-12-01T09:00",
        "closes_at": f"{timezone.now().year + 1}-12-31T18:00",
    },
    ("title_ru", "summary_ky", "terms_en", "applying_ru"),
    is_ours=False,
)
FORMS = (
    GIVE,
    SIGN_UP,
    Form("sign in", ANONYMOUS, at("account_login"), {"login": "giver@example.org", "password": "wrong-word-12"}),
    Form("ask for a code", ANONYMOUS, at("account_request_login_code"), {"email": "giver@example.org"}),
    Form("ask for a new password", ANONYMOUS, at("account_reset_password"), {"email": "giver@example.org"}),
    ACCOUNT,
    Form("another address", GIVER, at("account_email"), {"email": "second@example.org", "action_add": ""}),
    Form("confirm by a code", GIVER, at("account_confirm"), {"code": "AAAA-BBBB"}),
    Form("prove by the password", GIVER, at("account_reauthenticate"), {"password": PASSWORD}),
    Form(
        "another password",
        GIVER,
        at("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "köpölök-2026-ala", "password2": "köpölök-2026-ala"},
    ),
    Form("an authenticator app", GIVER, at("mfa_activate_totp"), {"code": "000000"}),
    Form("coming", GIVER, lambda village: reverse("my-event", args=[village.event_page.slug]), {"party": "2"}),
    REFUND,
    INVITATION,
    CALL,
)
BY_NAME = {form.name: form for form in FORMS}

# What a form may change; everything else it could change hangs on one of these.
KEPT: tuple[type[Model], ...] = (Gift, Payment, Refund, User, EmailAddress, Notice, Project, Group, Attendance, Call)


def send(browser: Client, form: Form, village: Village, *, speaking: str = "ru", **answers: str | Text) -> HttpResponse:
    """Send the form with some of its answers changed, or with more answers than it asks for; follow it to where it is drawn again."""
    told = {**form.answers, **answers}
    place = form.address(village)
    if "token" in form.answers and "token" not in answers:
        told["token"] = drawn(browser, place) if form is GIVE else str(uuid.uuid4())
    place = f"/{speaking}{place[3:]}" if place.startswith(("/ky/", "/ru/", "/en/")) else place
    response = browser.generic("POST", place, encoded(told), content_type=URLENCODED)
    drawn_again = response.get("Location", "") == f"{place}?answers"
    return browser.get(response["Location"]) if drawn_again else response


def drawn(browser: Client, place: str) -> str:
    """Return the token of the form to give, as this browser is given it."""
    page: Any = browser.get(place)
    return str(page.context["form"]["token"].value())


def encoded(answers: Mapping[str, str | Text]) -> str:
    """Return the answers as a browser sends them, broken text included."""
    texts = {name: answer if isinstance(answer, Text) else Text("", answer) for name, answer in answers.items()}
    return "&".join(f"{name}={text.wire}" for name, text in texts.items())


def state() -> dict[str, list[tuple[object, ...]]]:
    """Return every row that a form could have made or changed."""
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in KEPT}
