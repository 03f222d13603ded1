"""The one kind of failure the domain expects: somebody asked for what the rules do not allow."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it names what happened, not a fault of the program
    """A rule said no. Subclasses live beside the verb that raises them and state `code` and `message`.

    `code` is stable (logs, tests, APIs); `message` is a lazy translation with %-placeholders filled from `facts`.
    """

    code = "refused"
    message: "str | Promise" = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        """Return the sentence for the person, in the active language."""
        return str(self.message) % self.facts
