"""The demo's people: one sign-in per role, with a password and, for staff, a second factor that the demo itself shows."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.utils.functional import Promise

from ashar.accounts import roles
from ashar.accounts.models import User
from diaspora import associations
from diaspora.models import Association

PASSWORD = "ashar-demo-2026"  # noqa: S105 - printed on the demo's own page
AUTHOR = "author@demo.example"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of the demo. `role` is empty for the giver and the administrator."""

    email: str
    full_name: str
    language: str
    role: str = ""
    is_admin: bool = False

    @property
    def role_label(self) -> str | Promise:
        """The role in the reader's language, empty without one."""
        return roles.LABELS.get(self.role, "")

    @property
    def is_staff(self) -> bool:
        """Whether the person needs a second factor."""
        return self.is_admin or self.role in roles.OF_STAFF

    @property
    def has_room(self) -> bool:
        """Whether there is a staff page that opens to the person; those of loans and evaluation are not built yet."""
        return self.is_staff and self.role not in {roles.LOAN_OFFICER, roles.EVALUATOR}


SIGN_INS = (
    SignIn("giver@demo.example", "Айгүл Салымова (demo)", "ky"),
    SignIn("leader@demo.example", "Бакыт Жетекчиев (demo)", "ky", roles.ASSOCIATION_LEADER),
    SignIn(AUTHOR, "Назгүл Жазуучиева (demo)", "ru", roles.AUTHOR),
    SignIn("proofreader@demo.example", "Дамира Окурманова (demo)", "ky", roles.PROOFREADER),
    SignIn("editor@demo.example", "Чолпон Редакторова (demo)", "ru", roles.EDITOR),
    SignIn("editor-ky@demo.example", "Асел Кыргызчаева (demo)", "ky", roles.EDITORS["ky"]),
    SignIn("editor-ru@demo.example", "Тимур Орусчаев (demo)", "ru", roles.EDITORS["ru"]),
    SignIn("editor-en@demo.example", "Жылдыз Англисчева (demo)", "en", roles.EDITORS["en"]),
    SignIn("finance@demo.example", "Нурлан Эсепчиев (demo)", "ru", roles.FINANCE_OFFICER),
    SignIn("second@demo.example", "Гүлнара Экинчиева (demo)", "ru", roles.FINANCE_OFFICER),
    SignIn("auditor@demo.example", "Канат Текшеров (demo)", "ru", roles.AUDITOR),
    SignIn("loans@demo.example", "Эркин Насыяев (demo)", "ky", roles.LOAN_OFFICER),
    SignIn("evaluator@demo.example", "Айнура Баалоочиева (demo)", "ky", roles.EVALUATOR),
    SignIn("admin@demo.example", "Demo administrator (demo)", "en", is_admin=True),
)


def make(*, at: datetime) -> None:
    """Create every sign-in that is not there yet. Idempotent."""
    for sign_in in SIGN_INS:
        if not User.objects.filter(email=sign_in.email).exists():
            _make(sign_in, at=at)


def lead(association: Association, *, at: datetime) -> None:
    """Let the demo's leader lead `association`. Idempotent."""
    associations.appoint(association, person=User.objects.get(email="leader@demo.example"), by=None, at=at)


def codes() -> Iterator[tuple[SignIn, str]]:
    """Yield each sign-in with the second-factor code that is valid now, empty where none is needed."""
    for sign_in in SIGN_INS:
        yield sign_in, _code(sign_in) if sign_in.is_staff else ""


def code_of(email: str) -> str:
    """Return the second-factor code of one sign-in that is valid now."""
    return next(code for sign_in, code in codes() if sign_in.email == email)


def _make(sign_in: SignIn, *, at: datetime) -> None:
    user = User.objects.create_user(
        sign_in.email,
        PASSWORD,
        full_name=sign_in.full_name,
        language=sign_in.language,
        is_staff=sign_in.has_room,
        is_superuser=sign_in.is_admin,
    )
    User.objects.filter(pk=user.pk).update(joined_at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if sign_in.role:
        user.groups.add(Group.objects.get(name=sign_in.role))
    if sign_in.is_staff:
        totp.TOTP.activate(user, _secret(sign_in))


def _secret(sign_in: SignIn) -> str:
    """Return a second-factor secret that is known to everybody, as the demo's people are nobody."""
    return base64.b32encode(hashlib.sha256(sign_in.email.encode()).digest()[:20]).decode()


def _code(sign_in: SignIn) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(_secret(sign_in), counter)))
