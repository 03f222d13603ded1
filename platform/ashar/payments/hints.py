"""What is kept of an event: where to look at the provider, and nothing about the person who pays.

An event carries its whole object, with the giver's name, address and card. None of it is read here (what changed is always
fetched), and what we do not hold nobody has to be forgotten from.
"""

import re
import uuid
from collections.abc import Mapping
from typing import Any

# What the provider names things with. An address or a name with a space in it is none of these.
IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]+")
LONGEST = 255  # of an identifier
LONGEST_VERSION = 60
ENVELOPE = ("id", "object", "type", "created", "livemode")


def kept(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a well-formed event: the same shape with nothing but names in it. Idempotent.

    The account stays whatever it looks like: it says that the event is not ours.
    """
    said = {
        "api_version": _identifier(event.get("api_version"))[:LONGEST_VERSION],
        "account": (event.get("account") or "")[:LONGEST],
    }
    envelope = {name: event[name] for name in ENVELOPE} | _said(said)
    return envelope | {"data": {"object": _object(event["data"]["object"])}}


def mark(hint: Mapping[str, Any]) -> str:
    """Return the key of the payment that the object says it belongs to, if it is a key at all."""
    return _uuid(hint.get("client_reference_id")) or _mark_in(hint.get("metadata"))


def intent_id(hint: Mapping[str, Any]) -> str:
    """Return the intent that the object is or belongs to: the field may hold an identifier, an object or nothing."""
    found = hint.get("id") if hint.get("object") == "payment_intent" else hint.get("payment_intent")
    return _identifier(found)


def _object(hint: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names in an object: its own, of the intent and the charge it belongs to, and of our payment."""
    names = {
        "object": _identifier(hint.get("object")),
        "id": _identifier(hint.get("id")),
        "payment_intent": _identifier(hint.get("payment_intent")),
        "charge": _identifier(hint.get("charge")),
        "client_reference_id": _uuid(hint.get("client_reference_id")),
    }
    marked = _mark_in(hint.get("metadata"))
    return _said(names) | ({"metadata": {"payment": marked}} if marked else {})


def _said(names: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in names.items() if value}


def _mark_in(marks: object) -> str:
    return _uuid(marks.get("payment")) if isinstance(marks, dict) else ""


def _identifier(value: object) -> str:
    """Return an identifier, also of an object in its place; whatever else stands there is nothing."""
    name = value.get("id") if isinstance(value, dict) else value
    return name[:LONGEST] if isinstance(name, str) and IDENTIFIER.fullmatch(name) else ""


def _uuid(value: object) -> str:
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
