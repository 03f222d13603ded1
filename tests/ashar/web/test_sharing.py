"""Share links are plain addresses."""

from urllib.parse import parse_qs, urlsplit

from django.utils import translation

from ashar.web import sharing

URL = "https://ashar.example/ky/projects/terezeler/?a=1&b=2"
TEXT = "Мектепке терезе & эшик"


def links():
    with translation.override("ru"):
        return {link.name: link.href for link in sharing.links(URL, TEXT)}


def test_networks_in_the_order_our_readers_use_them():
    assert list(links()) == ["WhatsApp", "Telegram", "MAX", "Одноклассники", "ВКонтакте", "Электронная почта"]


def test_address_and_words_arrive_whole():
    found = links()

    assert parse_qs(urlsplit(found["WhatsApp"]).query) == {"text": [f"{TEXT} {URL}"]}
    assert parse_qs(urlsplit(found["Telegram"]).query) == {"url": [URL], "text": [TEXT]}
    assert parse_qs(urlsplit(found["MAX"]).query) == {"text": [f"{TEXT} {URL}"]}
    assert parse_qs(urlsplit(found["Одноклассники"]).query) == {"url": [URL], "title": [TEXT]}
    assert parse_qs(urlsplit(found["ВКонтакте"]).query) == {"url": [URL], "title": [TEXT]}
    assert parse_qs(urlsplit(found["Электронная почта"]).query) == {"subject": [TEXT], "body": [f"{TEXT} {URL}"]}


def test_every_address_is_absolute_and_safe():
    assert {urlsplit(href).scheme for href in links().values()} == {"https", "mailto"}


def test_line_breaks_cannot_add_a_header_to_a_mail():
    (mail,) = [link.href for link in sharing.links(URL, "a\r\nBcc: x@example.com") if link.href.startswith("mailto:")]

    assert "\n" not in mail
    assert parse_qs(urlsplit(mail).query)["subject"] == ["a\r\nBcc: x@example.com"]
