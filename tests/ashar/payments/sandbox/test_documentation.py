"""The how-to names every card, switch, control and option there is, and no other."""

import re

from django.conf import settings

from ashar.payments.management.commands.stripe_sandbox import Command
from ashar.payments.sandbox import control, delivery
from ashar.payments.sandbox.account import SWITCHES
from ashar.payments.sandbox.cards import CARDS

PAGE = (settings.ROOT / "docs" / "how-to" / "sandbox.md").read_text()


def test_every_card():
    assert set(re.findall(r"\b[45][0-9]{15}\b", PAGE)) == set(CARDS)


def test_every_switch_and_where_it_rests():
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))
    assert rows == {name: str(rest).lower() for name, rest in SWITCHES.items()}


def test_every_control():
    assert re.findall(r"^\| `(GET|POST) (/_sandbox/[^`]*)` \|", PAGE, re.MULTILINE) == [
        (method, path) for method, path, _ in control.ACTIONS
    ]


def test_every_option():
    parser = Command().create_parser("manage.py", "stripe_sandbox")
    ours = {"--port", "--webhook-url", "--state", "--settlement"}
    known = {name for action in parser._actions for name in action.option_strings}
    assert set(re.findall(r"(--[a-z][a-z\-]*)", PAGE)) == ours <= known


def test_the_pauses_between_tries():
    assert "after {}, {} and {} seconds".format(*delivery.PAUSES) in PAGE
