"""A process inside the town's own Django that stays, so that a question costs milliseconds and not a start."""

import json
import subprocess
import sys
from typing import Any

from tests.town import ROOT, Town, wait_until

SERVE = "from tests.faults import inside; inside.serve()"


class Witness:
    """Asks the functions of `inside.py` by name."""

    def __init__(self, town: Town) -> None:
        with (town.folder / "logs" / "witness.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "shell", "-v0", "-c", SERVE],
                cwd=ROOT,
                env=town.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ask(self, question: str, **facts: Any) -> Any:
        """Return the answer; fail with what went wrong inside."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([question, facts]) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"fault": "the witness is gone"}')
        assert "fault" not in answer, answer["fault"]
        return answer["answer"]

    def only_gift_of(self, email: str) -> dict[str, Any]:
        """Return the one gift given under an address."""
        [gift] = self.ask("gifts_of", email=email)
        return dict(gift)

    def wait_for(self, email: str, state: str) -> dict[str, Any]:
        """Wait until the one gift given under an address has come to `state` and return it."""
        what = f"the gift of {email} is {state}"
        return dict(wait_until(lambda: self._in_state(email, state), what=what))

    def wait_for_rest(self) -> None:
        """Wait until nothing is left to be worked on."""
        wait_until(lambda: not self.ask("unfinished"), what="all is worked through", seconds=90)

    def leave(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def _in_state(self, email: str, state: str) -> dict[str, Any] | None:
        gift = self.only_gift_of(email)
        return gift if gift["state"] == state else None
