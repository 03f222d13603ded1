"""The register of personal fields. Each part fills it in its `personal_data.py`, which is read at start.

SIGN_IN = Personal(_("to let you sign in"), Basis.CONTRACT, "account", Sensitivity.PLAIN)
personal("accounts.User", {"email": SIGN_IN.of(_("your e-mail address"))})
impersonal("ledger.Fund", "key", "title")
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from django.apps import apps
from django.apps.config import AppConfig
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OURS = ("ashar.", "cms", "diaspora", "grants", "search")
SHORT_CODE = 3  # a currency, a country or a language says nothing about a person by itself
FREE = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.GenericIPAddressField,
    models.FileField,
    models.BinaryField,
)


class Basis(models.TextChoices):
    """The ground in law that a personal field is held on."""

    CONTRACT = "contract", _("to do what the person asked of us")
    CONSENT = "consent", _("the person's consent, which can be withdrawn")
    LAW = "law", _("a duty in law")
    INTEREST = "interest", _("the safety of the service and its users")
    VITAL = "vital", _("the protection of the person's life or health")


class Sensitivity(IntEnum):
    """What it costs the person when the field leaks."""

    PUBLIC = 1
    PLAIN = 2
    CONFIDENTIAL = 3
    SECRET = 4
    DANGEROUS = 5


@dataclass(frozen=True, slots=True)
class Personal:
    """Why and how long one field is held. `retention` names a rule of `data/retention_*.csv`, `what` is the field in words."""

    purpose: "str | Promise"
    basis: Basis
    retention: str
    sensitivity: Sensitivity
    what: "str | Promise" = ""

    def of(self, what: "str | Promise") -> "Personal":
        """Return the same of a field that its person knows as `what`."""
        return replace(self, what=what)


class ClassifiedTwiceError(ValueError):
    """One field, two classifications: a mistake in the code."""


_personal: dict[str, Personal] = {}
_impersonal: set[str] = set()


def personal(model: str, fields: Mapping[str, Personal]) -> None:
    """Classify `fields` of the model labelled `model` as personal. Raises `ClassifiedTwiceError`."""
    for name, facts in fields.items():
        _claim(f"{model}.{name}")
        _personal[f"{model}.{name}"] = facts


def impersonal(model: str, *fields: str) -> None:
    """Declare that `fields` of the model labelled `model` tell nothing about a person. Raises `ClassifiedTwiceError`."""
    for name in fields:
        _claim(f"{model}.{name}")
        _impersonal.add(f"{model}.{name}")


def register() -> dict[str, Personal]:
    """Return every personal field by its label, in order of the labels."""
    return dict(sorted(_personal.items()))


def unclassified(app: AppConfig) -> list[str]:
    """Return the labels of the fields of `app` that look personal and that nobody has classified."""
    return [label for label in _labels(app) if label not in _personal and label not in _impersonal]


def vanished() -> list[str]:
    """Return the classified labels whose field is no longer there."""
    there = {f"{field.model._meta.label}.{field.name}" for app in ours() for field in _fields(app)}  # noqa: SLF001 - public
    borrowed = {label for label in _personal | dict.fromkeys(_impersonal) if not _is_ours(label)}
    return sorted((_personal.keys() | _impersonal) - there - borrowed)


def ours() -> list[AppConfig]:
    """Return the apps that we wrote."""
    return [app for app in apps.get_app_configs() if app.name.startswith(OURS)]


def looks_personal(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Say whether `field` could hold free text, an address, a name, a file or a bag of facts."""
    if field.choices or isinstance(field, models.SlugField | models.FilePathField):
        return False
    if isinstance(field, models.CharField) and (field.max_length or SHORT_CODE + 1) <= SHORT_CODE:
        return False
    return isinstance(field, FREE)


def _labels(app: AppConfig) -> Iterator[str]:
    for field in _fields(app):
        if looks_personal(field):
            yield f"{field.model._meta.label}.{field.name}"  # noqa: SLF001 - Django's public name for it


def _fields(app: AppConfig) -> Iterator["models.Field"]:  # type: ignore[type-arg]
    for model in app.get_models():
        yield from model._meta.local_concrete_fields  # noqa: SLF001 - Django's public name for it


def _is_ours(label: str) -> bool:
    return any(app.label == label.split(".", maxsplit=1)[0] for app in ours())


def _claim(label: str) -> None:
    if label in _personal or label in _impersonal:
        raise ClassifiedTwiceError(label)
