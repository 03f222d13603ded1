"""Somebody who gives with a browser that has no JavaScript: pages are read, forms are filled in and sent as they stand."""

from typing import Any

import requests
from bs4 import BeautifulSoup

from tests.town import Town

PATIENCE = 60  # seconds for an answer on a busy machine
CARD = "4242424242424242"


class Giver:
    """One browser. Redirects are not followed: a test says where it goes."""

    def __init__(self, town: Town, name: str, *, language: str = "ky") -> None:
        self.town, self.language, self.email = town, language, f"{name}@giver.example"
        self.browser = requests.Session()

    def get(self, address: str) -> requests.Response:
        """Open a page of the site."""
        return self.browser.get(self._whole(address), timeout=PATIENCE, allow_redirects=False)

    def post(self, address: str, fields: dict[str, str]) -> requests.Response:
        """Send a form."""
        return self.browser.post(self._whole(address), data=fields, timeout=PATIENCE, allow_redirects=False)

    def fields(self, address: str) -> dict[str, str]:
        """Open a page and return what its form would send."""
        page = self.get(address)
        assert page.status_code == 200, page.text
        return fields_of(page.text)

    def form(self, slug: str) -> dict[str, str]:
        """Open the form to give to a project and fill in 50 dollars."""
        return self.fields(f"{self.give(slug)}?currency=USD") | {"choice": "50.00", "email": self.email}

    def give(self, slug: str) -> str:
        """Return the address of the form."""
        return f"/{self.language}/projects/{slug}/give/"

    def start(self, slug: str) -> str:
        """Start a gift; return the address of its pay page."""
        return pay_page(self.post(self.give(slug), self.form(slug)))

    def pay(self, page: str, *, card: str = CARD) -> requests.Response:
        """Pay with one click on a test card."""
        return self.post(page, {"test_card": card})

    def arrive(self, slug: str) -> str:
        """Give and pay; return where the pay page leads to."""
        paid = self.pay(self.start(slug))
        assert paid.status_code == 303, paid.text
        return str(paid.headers["Location"])

    def _whole(self, address: str) -> str:
        return self.town.base + address if address.startswith("/") else address


def fields_of(text: str) -> dict[str, str]:
    """Return what the first POST form of the page's main part would send as it stands."""
    form: Any = BeautifulSoup(text, "html.parser").select_one("main form[method=post]")
    assert form, text
    inputs = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]") if _is_sent(tag)}
    return inputs | {tag["name"]: tag.text.strip() for tag in form.select("textarea[name]")}


def pay_page(response: requests.Response) -> str:
    """Return where the answer to a sent form leads to, which is a pay page."""
    assert response.status_code == 303, main_of(response)
    address = str(response.headers["Location"])
    assert "/pay/cs_test_" in address
    return address


def main_of(response: requests.Response) -> str:
    """Return the words in the main part of a page."""
    main: Any = BeautifulSoup(response.text, "html.parser").select_one("main")
    return " ".join(main.text.split())


def _is_sent(tag: Any) -> bool:
    return tag.get("type") not in {"radio", "checkbox"} or tag.has_attr("checked")
