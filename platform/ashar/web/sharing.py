"""Share links as plain addresses: no script of a network, no request to it before a person chooses so."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext, pgettext


@dataclass(frozen=True, slots=True)
class Link:
    """One place to share to."""

    name: str
    href: str


def links(url: str, text: str) -> Sequence[Link]:
    """Return the links for `url` with `text` written in advance, in the order our readers use the networks."""
    address, words, both = quote(url, safe=""), quote(text, safe=""), quote(f"{text} {url}", safe="")
    return [
        Link("WhatsApp", f"https://wa.me/?text={both}"),
        Link("Telegram", f"https://t.me/share/url?url={address}&text={words}"),
        Link("MAX", f"https://max.ru/:share?text={both}"),
        Link(gettext("Odnoklassniki"), f"https://connect.ok.ru/offer?url={address}&title={words}"),
        Link(gettext("VK"), f"https://vk.com/share.php?url={address}&title={words}"),
        Link(pgettext("share by", "E-mail"), f"mailto:?subject={words}&body={both}"),
    ]
