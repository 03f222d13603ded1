"""What a browser asked for and complained of, on every page that a journey opens.

Pages without JavaScript run no script of ours; a breach of the policy is told on Chromium's console either way.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request

TELL = "document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"
ON_THE_NET = {"http", "https", "ws", "wss"}


@dataclass
class Watched:
    """A browser whose every context writes down the hosts it asked and its complaints, each with the page it came from."""

    browser: Browser
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def new_context(self, **options: Any) -> BrowserContext:
        """Open a context as `Browser.new_context` does, and watch all its pages."""
        context = self.browser.new_context(**options)
        context.add_init_script(TELL)
        context.on("request", self._note_host)
        context.on("console", self._note_message)
        context.on("weberror", lambda fault: self.complaints.append(f"{fault.error} @ {fault.page and fault.page.url}"))
        return context

    def forget(self) -> None:
        """Begin anew, for the next test."""
        self.hosts.clear()
        self.complaints.clear()

    def unforeseen(self, foreseen: Iterable[str]) -> list[str]:
        """Return the complaints that match none of the patterns."""
        patterns = [*foreseen]
        return [told for told in self.complaints if not any(re.search(pattern, told) for pattern in patterns)]

    def _note_host(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ON_THE_NET:
            self.hosts.add(address.netloc)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(f"{message.text} @ {message.location['url']}")
