"""The HTML of the pay page: whole without a script, every value escaped."""

from html import escape

from ashar.payments.sandbox import tariff
from ashar.payments.sandbox.cards import OFFERED
from ashar.payments.sandbox.checkout import texts
from ashar.payments.sandbox.store import Json

FIELDS = {
    "email": ("email", "email", "email"),
    "number": ("text", "cc-number", "numeric"),
    "expiry": ("text", "cc-exp", "text"),
    "cvc": ("text", "cc-csc", "numeric"),
    "name": ("text", "cc-name", "text"),
}


class Page:
    """One page in one language; `session` is what it is about, if anything."""

    def __init__(self, session: Json | None, accepted: str) -> None:
        self.session = session or {}
        self.language = texts.language(session, accepted)
        self.words = {key: escape(text) for key, text in texts.TEXTS[self.language].items()}

    def whole(self, title: str, main: str) -> str:
        """Return the document."""
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="robots" content="noindex">\n'
            f'<title>{title}</title>\n<link rel="stylesheet" href="/pay/checkout.css">\n</head>\n<body>\n'
            f'<p class="banner" role="note">{self.words["banner"]}</p>\n<main>\n{main}</main>\n</body>\n</html>\n'
        )

    def card_form(self, items: list[Json], *, typed: dict[str, str], wrong: dict[str, str], submit_text: str) -> str:
        """Return the page with the sum, the card fields, the test cards and the way back."""
        words = self.words
        main = (
            f'{self.order(items)}<section class="card">\n<h2>{words["details"]}</h2>\n{self._alert(wrong)}'
            f'<form method="post" novalidate>\n{"".join(self._field(name, typed, wrong) for name in FIELDS)}'
            f"{f'<p>{escape(submit_text)}</p>' if submit_text else ''}"
            f'<button class="pay">{words["donate" if self._donates() else "pay"]}</button>\n{self._cards()}</form>\n'
            f"{self.way_back()}</section>\n"
        )
        return self.whole(f"{words['title']} · {self.total()}", main)

    def question(self, items: list[Json]) -> str:
        """Return the page of the bank that asks its customer."""
        words = self.words
        main = (
            f'{self.order(items)}<section class="card">\n<h2>{words["ask_title"]}</h2>\n<p>{words["ask"]}</p>\n'
            f'<form method="post">\n<button class="pay" name="answer" value="approve">{words["approve"]}</button>\n'
            f'<button class="plain" name="answer" value="refuse">{words["refuse"]}</button>\n</form>\n</section>\n'
        )
        return self.whole(words["ask_title"], main)

    def message(self, name: str) -> str:
        """Return a page that only says something: `expired` or `unknown`."""
        title = self.words[f"{name}_title"]
        return self.whole(
            title, f"<section>\n<h1>{title}</h1>\n<p>{self.words[name]}</p>\n{self.way_back()}</section>\n"
        )

    def order(self, items: list[Json]) -> str:
        """Return what is paid for."""
        heading = self.words["donate_to" if self._donates() else "pay_to"]
        rows = "".join(f"<li>{escape(item['description'])}{_times(item)}</li>\n" for item in items)
        return f'<section class="order">\n<p>{heading}</p>\n<h1>{self.total()}</h1>\n<ul>\n{rows}</ul>\n</section>\n'

    def total(self) -> str:
        """Return the sum of the session in words of the language."""
        minor, currency = self.session["amount_total"], self.session["currency"]
        return escape(texts.amount(minor, currency=currency, units=tariff.units(currency), language=self.language))

    def way_back(self) -> str:
        """Return the link that leaves without paying, when the session has one."""
        url = self.session.get("cancel_url")
        word = "cancel" if self.session.get("status") == "open" else "back"
        return f'<p><a class="back" href="{escape(url)}">{self.words[word]}</a></p>\n' if url else ""

    def _donates(self) -> bool:
        return bool(self.session["submit_type"] == "donate")

    def _alert(self, wrong: dict[str, str]) -> str:
        if not wrong:
            return ""
        rows = "".join(f"<li>{self.words[code]}</li>" for code in wrong.values())
        return f'<ul class="alert" role="alert">{rows}</ul>\n'

    def _field(self, name: str, typed: dict[str, str], wrong: dict[str, str]) -> str:
        kind, completion, keyboard = FIELDS[name]
        fault = f' aria-invalid="true" aria-describedby="{name}-wrong"' if name in wrong else ""
        note = f'<span class="wrong" id="{name}-wrong">{self.words[wrong[name]]}</span>\n' if name in wrong else ""
        return (
            f'<p class="field {name}">\n<label for="{name}">{self.words[name]}</label>\n'
            f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{completion}" inputmode="{keyboard}" '
            f'value="{escape(typed.get(name, ""))}" required{fault}>\n{note}</p>\n'
        )

    def _cards(self) -> str:
        buttons = "".join(
            f'<li><button class="plain" name="test_card" value="{number}" formnovalidate>'
            f"<b>{' '.join(number[at : at + 4] for at in range(0, 16, 4))}</b> {self.words[key]}</button></li>\n"
            for number, key in OFFERED.items()
        )
        head = f"<h2>{self.words['cards']}</h2>\n<p>{self.words['cards_how']}</p>\n"
        return f'<section class="cards">\n{head}<ul>\n{buttons}</ul>\n</section>\n'


def _times(item: Json) -> str:
    return f" × {item['quantity']}" if item["quantity"] > 1 else ""
