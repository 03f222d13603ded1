"""The one form of the part: five questions."""

import copy
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.utils.translation import gettext_lazy as _

from ashar import legible
from ashar.errors import Refused
from ashar.money import Money, currencies, printed, typed
from ashar.web.forms import AmountChoices, Form
from diaspora import giving
from diaspora.models import Gift
from diaspora.offers import Desk, Offer
from diaspora.states import SHOWN_AS_ASKED, ShownAs
from diaspora.web import tokens

OWN = "own"
# What is asked in every currency alike.
CARRIED = ("token", "email", "name", "shown_as", "message")
TOO_OLD = _(
    "This page was too old or changed on its way. Nothing was started. Please check your answers and send them again."
)
OTHER_CURRENCY = _(
    "Gifts cannot be made in the currency that was sent. The page now shows: %(currency)s. Please choose the amount again."
)
# What no database, mail or page can carry: halves of characters, and controls other than a line's end and a tab.
UNCARRIABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
UNCARRIABLE_IN_LINE = re.compile("[\ud800-\udfff\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Line(forms.CharField):
    """One line of text kept as it was written, without controls that turn it; refused when it cannot be carried."""

    unfit = UNCARRIABLE_IN_LINE

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - whatever was sent
        """Refuse broken text before anything else touches it."""
        if isinstance(value, str) and self.unfit.search(value.strip()):
            raise ValidationError(_("The text contains a character that cannot be kept. Please write it again."))
        return legible.unturned(str(super().to_python(value) or ""))


class Text(Line):
    """Several lines of text. The end of a line counts as one letter, as it does for the browser, which sends two."""

    unfit = UNCARRIABLE
    widget = forms.Textarea

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - whatever was sent
        """Read the two signs that a browser sends for the end of a line as one."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class Address(forms.EmailField):
    """An e-mail address that mail can really be sent to: plain letters, no bracketed numbers."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401 - whatever was sent
        """Refuse what is not plain text before Django looks at it."""
        address = str(super().to_python(value) or "")
        if not address.isascii() or "[" in address or UNCARRIABLE_IN_LINE.search(address):
            raise ValidationError(_("Write an e-mail address like name@example.org."), code="invalid")
        return address


class OwnAmount(forms.CharField):
    """The amount that belongs to the last choice: needed with it, unasked without; so the form reads it, not the field."""

    def validate(self, value: str) -> None:
        """Let an empty answer pass: `GiveForm` asks for it when it was chosen."""


class GiveForm(Form):
    """Amount, name, how it is shown, message, address; and the token that makes two sendings one gift."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=200)
    currency = forms.CharField(widget=forms.HiddenInput, max_length=3)
    choice = forms.ChoiceField(
        label=_("How much"),
        widget=AmountChoices,
        error_messages={
            "required": _("Choose an amount, or write your own."),
            "invalid_choice": _("This amount is not among those on the page. Please choose again."),
        },
    )
    own = OwnAmount(label=_("How much, if you chose “Another amount”"), max_length=1000)
    cover_fee = forms.BooleanField(label=_("I also pay the card fee, so that the whole amount arrives"), required=False)
    email = Address(label=_("E-mail for the receipt"), max_length=254)
    name = Line(label=_("Your name"), required=False, max_length=120)
    shown_as = forms.ChoiceField(
        label=_("What others see"),
        choices=list(SHOWN_AS_ASKED.items()),
        widget=forms.RadioSelect,
        initial=ShownAs.ANONYMOUS,
    )
    message = Text(label=_("A few words to the village"), required=False, max_length=500)

    def __init__(
        self, *args: Any, desk: Desk, offers: list[Offer], currency: str, seal: tokens.Seal, **kwargs: Any
    ) -> None:
        """Offer the suggested amounts of the chosen currency; `seal` opens the token and makes another for a broken one."""
        super().__init__(*args, **kwargs)
        self.desk, self.chosen_currency, self.seal = desk, currency, seal
        self.initial.setdefault("currency", currency)
        choice: Any = self.fields["choice"]
        choice.choices = [*[_as_choice(offer) for offer in offers], (OWN, _("Another amount"))]
        choice.widget.notes = {printed.plain(offer.amount): _note(offer) for offer in offers}
        self.fields["own"].widget.attrs.update(inputmode="decimal", size=12)
        self.fields["own"].help_text = _own_help(currency)
        self.fields["email"].widget.attrs.update(autocomplete="email", spellcheck="false")
        self.fields["name"].widget.attrs.update(autocomplete="name", spellcheck="false")
        self.fields["message"].widget.attrs.update(rows=3)

    def clean_token(self) -> tokens.Token:
        """Refuse what was not drawn for this browser and this project."""
        try:
            return self.seal.open(self.cleaned_data["token"])
        except BadSignature as forged:
            raise ValidationError("not drawn here") from forged  # never shown: see `_mend_hidden`

    def clean_currency(self) -> str:
        """Refuse another currency than the page was drawn for."""
        currency = str(self.cleaned_data["currency"])
        if currency != self.chosen_currency:
            raise ValidationError("not the currency of the page")  # never shown: see `_mend_hidden`
        return currency

    def clean_name(self) -> str:
        """Treat a name of invisible letters as none."""
        name = _fit_for_all(str(self.cleaned_data["name"]))
        return name if legible.is_seen(name) else ""

    def clean_message(self) -> str:
        """Take nothing that the world must not read or could not."""
        return _fit_for_all(str(self.cleaned_data["message"]))

    def clean(self) -> dict[str, Any]:
        """Read the amount, and ask for the name that is to be shown."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("shown_as") in {ShownAs.NAMED, ShownAs.INITIALS} and "name" in data and not data["name"]:
            self.add_error("name", _("Write the name to be shown, or choose to give without it."))
        if (data.get("own") or "own" in self.errors) and not self.data.get("choice"):
            self.errors.pop("choice", None)  # who writes an amount and marks nothing means the amount
            data["choice"] = OWN
        if "choice" in data and "own" not in self.errors:
            self._read_amount(data)
        self._mend_hidden()
        return data

    def answers(self) -> dict[str, Any]:
        """Return the answers as `giving.start` takes them, without the token."""
        named = {field: self.cleaned_data[field] for field in ("email", "name", "shown_as", "message")}
        return {"amount": self.cleaned_data["amount"], **named}

    def anew(self) -> dict[str, str]:
        """Return what was sent, for a gift of its own, under a token that no form had: this form has been paid for."""
        sent: Any = self.data
        return {**sent.dict(), "token": self.seal.close(tokens.unheard())}

    def _mend_hidden(self) -> None:
        """Say in a sentence what is wrong with fields that nobody sees, and mend them for the next sending."""
        mended = {"currency": self.chosen_currency, "token": self.seal.close(tokens.unheard())}
        broken = [field for field in mended if self.errors.pop(field, None)]
        if not broken:
            return
        self.add_error(None, OTHER_CURRENCY % {"currency": self.chosen_currency} if "currency" in broken else TOO_OLD)
        data: Any = copy.copy(self.data)  # what was sent cannot be changed, its copy can
        for field in broken:
            data[field] = mended[field]
        self.data = data

    def _read_amount(self, data: dict[str, Any]) -> None:
        field = "own" if data["choice"] == OWN else "choice"
        text = data.get("own", "") if field == "own" else data["choice"]
        try:
            wanted = typed.parse(text, self.chosen_currency)
            self._check_one_amount(data, wanted)
            giving.check_amount(wanted)
            amount = self.desk.covering(wanted) if data.get("cover_fee") else wanted
            giving.check_amount(amount)
        except Refused as refusal:
            self.add_error("own" if isinstance(refusal, TwoAmounts) else field, str(refusal))
            return
        data["wanted"], data["amount"] = wanted, amount

    def _check_one_amount(self, data: dict[str, Any], wanted: Money) -> None:
        written = data.get("own", "")
        if data["choice"] == OWN or not written:
            return
        with suppress(typed.Unreadable):
            if typed.parse(written, self.chosen_currency) == wanted:
                return
        raise TwoAmounts(chosen=printed.show(wanted))


class TwoAmounts(Refused):
    """A suggested amount is marked and another one written: nobody but the giver knows which is meant."""

    code = "two_amounts"
    message = _(
        "You chose %(chosen)s and wrote another amount as well. Clear what you wrote, or choose “Another amount”."
    )


def _fit_for_all(words: str) -> str:
    try:
        giving.check_words(words)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return words


def again(gift: Gift, offers: list[Offer]) -> dict[str, Any]:
    """Return the answers of an earlier gift as a form's initial values: a suggested amount is chosen, another one written."""
    choice, covers_fee = _as_chosen(gift.amount, offers)
    return {
        "choice": choice,
        "own": printed.plain(gift.amount) if choice == OWN else "",
        "cover_fee": covers_fee,
        "email": gift.email,
        "name": gift.name,
        "shown_as": gift.shown_as,
        "message": gift.message,
    }


def carried(data: Mapping[str, str]) -> dict[str, Any]:
    """Return what was answered so far, right or wrong, as initial values of the form in another currency.

    The amount stays behind: as many euros are another gift than as many won.
    """
    answers = {field: data[field] for field in CARRIED if field in data}
    return {**answers, "cover_fee": "cover_fee" in data}


def names_amount(data: Mapping[str, str]) -> bool:
    """Say whether an amount was chosen or written, right or wrong."""
    return bool(data.get("choice") or data.get("own"))


def _as_chosen(amount: Money, offers: list[Offer]) -> tuple[str, bool]:
    """Return the choice by which a form asks for `amount`, and whether with the fee."""
    for offer in offers:
        if amount in {offer.amount, offer.covered}:
            return printed.plain(offer.amount), amount != offer.amount
    return OWN, False


def _as_choice(offer: Offer) -> tuple[str, str]:
    return printed.plain(offer.amount), printed.show(offer.amount)


def _note(offer: Offer) -> str:
    """Say below a suggested amount what it is worth and what it buys."""
    worth = _("about %(som)s") % {"som": printed.show(_whole(offer.som))} if offer.som else ""
    return " · ".join(str(part) for part in (worth, offer.buys) if part)


def _whole(som: Money) -> Money:
    """Return the sum in whole som: an estimate shows no tyiyn."""
    return Money(som.minor // 100 * 100, som.currency)


def _own_help(currency: str) -> Any:  # noqa: ANN401 - a lazy translation with its facts
    terms = currencies.get(currency)
    least, most = Money(terms.minimum_charge_minor, currency), Money(terms.maximum_charge_minor, currency)
    return _("From %(least)s to %(most)s") % {"least": printed.show(least), "most": printed.show(most)}
