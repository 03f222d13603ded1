"""What a parameter may be: small kinds that read a raw value or refuse it in Stripe's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from ashar.payments.sandbox.faults import InvalidParameter
from ashar.payments.sandbox.form import Raw

WHOLE = re.compile(r"-?[0-9]{1,18}\Z", re.ASCII)
EMAIL = re.compile(r"[^\s@<>\"(),:;\\]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z0-9\-]{2,63}\Z")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
METADATA_KEYS, METADATA_KEY, METADATA_VALUE = 50, 40, 500
WEB = ("http", "https")


class Kind(Protocol):
    """Anything that can read one parameter."""

    def read(self, raw: Raw, name: str) -> Any:  # noqa: ANN401 - each kind reads its own type
        """Return the value of the parameter called `name`, or raise `InvalidParameter`."""


def _text(raw: Raw, name: str) -> str:
    if isinstance(raw, dict):
        raise InvalidParameter("Invalid string: a hash or an array was given", param=name)
    if not raw:
        raise InvalidParameter(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; "
            f"however '{name}' cannot be unset. You should remove '{name}' from your request or supply a non-empty value.",
            param=name,
            code="parameter_invalid_empty",
        )
    return raw


@dataclass(frozen=True, slots=True)
class Text:
    """A non-empty text of at most `longest` characters, without control characters."""

    longest: int = 5000

    def read(self, raw: Raw, name: str) -> str:
        """Return the text."""
        text = _text(raw, name)
        if len(text) > self.longest:
            shown = f"{text[:20]}...{text[-20:]}"
            message = f"Invalid string: {shown}; must be at most {self.longest} characters"
            raise InvalidParameter(message, param=name, code="parameter_invalid_string_length")
        if CONTROL.search(text):
            raise InvalidParameter("Invalid string: it has control characters", param=name)
        return text


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in a range."""

    least: int = 0
    most: int = 10**17

    def read(self, raw: Raw, name: str) -> int:
        """Return the number."""
        text = _text(raw, name)
        if not WHOLE.match(text):
            raise InvalidParameter(f"Invalid integer: {text[:40]}", param=name, code="parameter_invalid_integer")
        number = int(text)
        if number < self.least:
            wanted = {0: "Invalid non-negative integer", 1: "Invalid positive integer"}
            message = wanted.get(self.least, f"This value must be greater than or equal to {self.least}")
            raise InvalidParameter(message, param=name, code="parameter_invalid_integer")
        if number > self.most:
            message = f"This value must be less than or equal to {self.most}"
            raise InvalidParameter(message, param=name, code="parameter_invalid_integer")
        return number


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    def read(self, raw: Raw, name: str) -> bool:
        """Return the truth."""
        text = _text(raw, name)
        if text not in {"true", "false"}:
            raise InvalidParameter(f"Invalid boolean: {text[:40]}", param=name)
        return text == "true"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed set of words; `unsupported` ones exist at Stripe but not in this sandbox."""

    options: tuple[str, ...]
    unsupported: tuple[str, ...] = ()

    def read(self, raw: Raw, name: str) -> str:
        """Return the word."""
        text = _text(raw, name)
        if text in self.unsupported:
            raise InvalidParameter(f"The sandbox does not play {name}={text}.", param=name)
        if text not in self.options:
            listed = ", ".join(self.options)
            raise InvalidParameter(f"Invalid {name}: must be one of {listed}", param=name)
        return text


@dataclass(frozen=True, slots=True)
class Url:
    """A web address."""

    def read(self, raw: Raw, name: str) -> str:
        """Return the address."""
        text = Text().read(raw, name)
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in WEB or not parts.hostname or " " in text:
            raise InvalidParameter("Not a valid URL", param=name, code="url_invalid")
        return text


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address."""

    def read(self, raw: Raw, name: str) -> str:
        """Return the address."""
        text = Text(512).read(raw, name)
        if not EMAIL.match(text):
            raise InvalidParameter(f"Invalid email address: {text}", param=name, code="email_invalid")
        return text


@dataclass(frozen=True, slots=True)
class Metadata:
    """At most 50 keys of 40 characters with texts of 500; an empty text leaves its key out."""

    def read(self, raw: Raw, name: str) -> dict[str, str]:
        """Return the texts by key."""
        if raw == "":
            return {}
        if isinstance(raw, str):
            raise InvalidParameter("Invalid hash", param=name)
        if len(raw) > METADATA_KEYS:
            raise InvalidParameter(f"Metadata can have up to {METADATA_KEYS} keys", param=name)
        return {key: text for key, value in raw.items() if (text := self._value(key, value, name))}

    def _value(self, key: str, value: Raw, name: str) -> str:
        if len(key) > METADATA_KEY:
            message = f"Metadata keys can have up to {METADATA_KEY} characters, but you passed in '{key}'"
            raise InvalidParameter(message, param=name)
        if isinstance(value, dict):
            raise InvalidParameter("Metadata values must be strings", param=f"{name}[{key}]")
        if len(value) > METADATA_VALUE:
            message = f"Metadata values can have up to {METADATA_VALUE} characters"
            raise InvalidParameter(message, param=f"{name}[{key}]")
        return value


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of one kind, between `fewest` and `most` long."""

    kind: Kind
    fewest: int = 0
    most: int = 100

    def read(self, raw: Raw, name: str) -> list[Any]:
        """Return the elements in order."""
        if isinstance(raw, str) or sorted(raw) != sorted(str(place) for place in range(len(raw))):
            raise InvalidParameter("Invalid array", param=name)
        if not self.fewest <= len(raw) <= self.most:
            raise InvalidParameter(f"Array must have {self.fewest} to {self.most} elements", param=name)
        return [self.kind.read(raw[str(place)], f"{name}[{place}]") for place in range(len(raw))]


@dataclass(frozen=True, slots=True)
class Hash:
    """A hash with named fields; any other name is refused, at any depth."""

    fields: Mapping[str, Kind]
    required: tuple[str, ...] = field(default=())

    def read(self, raw: Raw, name: str) -> dict[str, Any]:
        """Return the fields by name."""
        if isinstance(raw, str):
            raise InvalidParameter("Invalid hash", param=name)
        for key in raw:
            if key not in self.fields:
                full = _within(name, key)
                raise InvalidParameter(f"Received unknown parameter: {full}", param=full, code="parameter_unknown")
        for key in self.required:
            if key not in raw:
                full = _within(name, key)
                raise InvalidParameter(f"Missing required param: {full}.", param=full, code="parameter_missing")
        return {key: self.fields[key].read(value, _within(name, key)) for key, value in raw.items()}


@dataclass(frozen=True, slots=True)
class Moments:
    """A moment in seconds since 1970, or a range of them: `created[gte]=…`. Returns comparisons by their sign."""

    def read(self, raw: Raw, name: str) -> dict[str, int]:
        """Return moments by comparison."""
        if isinstance(raw, str):
            return {"=": Whole().read(raw, name)}
        signs = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
        bounds = Hash(dict.fromkeys(signs, Whole())).read(raw, name)
        return {signs[word]: moment for word, moment in bounds.items()}


def _within(name: str, key: str) -> str:
    return f"{name}[{key}]" if name else key
