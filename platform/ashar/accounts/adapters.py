"""How allauth behaves here: the person's language, sealed secrets, staff keep their second factor."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext

from ashar import language
from ashar.accounts import factors, rules, sealing
from ashar.accounts.models import User
from ashar.notices import channels, framing
from ashar.web import calendar

EMAIL_LENGTH = 254


class AccountAdapter(DefaultAccountAdapter):
    """Signing up and writing letters."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: ANN401, FBT001, FBT002 - allauth's signature
        """Save a new person with their name, and with the active language as the language of letters."""
        user.full_name = form.cleaned_data.get("full_name", "")
        user.language = language.current()
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def clean_email(self, email: str) -> str:
        """Refuse an address that the database could not hold; forms let more through than the column takes."""
        MaxLengthValidator(EMAIL_LENGTH)(email)
        return email

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return how `user` can prove again who they are; a passkey first for who has no app to read a code from."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        has_app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
        return methods if has_app else sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter in the language of the person it goes to; to strangers, in the active one."""
        with translation.override(_language_of(email, context)):
            site = SimpleNamespace(name=gettext("Ashar"), domain=urlsplit(settings.SITE_URL).netloc)
            facts = {"request": allauth_context.request, "email": email, "current_site": site, **_as_we_write(context)}
            self.render_mail(template_prefix, email, facts).send()

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Return a letter of allauth's in the frame, with the headers and over the signature of all our mails.

        It speaks the active language; allauth has templates for its text alone.
        """
        message: EmailMultiAlternatives = super().render_mail(template_prefix, email, context, headers)
        words, spoken, signature = str(message.body), language.current(), framing.signature()
        code = str(context.get("code", ""))
        html = framing.framed(words, subject=str(message.subject), language=spoken, code=code, foot=signature)
        message.body = f"{words}\n\n{signature}\n"
        return channels.dress(message, language=spoken, html=html)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who works here keeps at least one second factor."""
        return not (factors.is_last(authenticator) and rules.works_here(authenticator.user))

    def _get_site_name(self) -> str:
        """Name the site, not its host, in authenticator apps and passkeys."""
        return settings.WAGTAIL_SITE_NAME


def _language_of(email: str, context: dict[str, Any]) -> str:
    person = context.get("user") or User.objects.filter(emailaddress__email__iexact=email).first()
    return person.language if isinstance(person, User) else language.current()


def _as_we_write(context: dict[str, Any]) -> dict[str, Any]:
    """Return what a letter mentions with its links on the site's own address, and its moments with their zone.

    allauth builds links from the host that was asked.
    """
    return {
        name: _on_our_site(value) if name.endswith("_url") else _with_zone(value) for name, value in context.items()
    }


def _on_our_site(address: str) -> str:
    return urljoin(settings.SITE_URL, urlsplit(address)._replace(scheme="", netloc="").geturl())


def _with_zone(value: Any) -> Any:  # noqa: ANN401 - whatever a letter mentions
    return calendar.moment(value) if isinstance(value, datetime) else value
