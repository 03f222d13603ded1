"""What is started, when it counts as answering, and that nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from config import supervising
from config.settings import environment

PRETEND = """
import os, sys
from pathlib import Path
from config import supervising
from config.settings import environment

supervising.commands = lambda env: {"first": "exec sleep 61", "second": sys.argv[1]}

def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()

def both_run():
    return sum(len(children(go_between)) for go_between in children(os.getpid())) == 2

supervising.checks = lambda env, since: {"both": both_run}
sys.exit(supervising.run(environment.read({}), then=lambda: print("ready", flush=True)))
"""


class Tired(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def tired_address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Tired) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/readyz"
        server.shutdown()


@contextmanager
def supervisor(second: str = "exec sleep 62") -> Iterator[subprocess.Popen[str]]:
    variables = os.environ | {"PYTHONPATH": f"{environment.ROOT}/platform:{environment.ROOT}"}
    command = [sys.executable, "-c", PRETEND, second]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=variables, cwd="/"
    ) as process:
        yield process
        process.kill()


def children(process: subprocess.Popen[str]) -> list[int]:
    """Return the pids of the sleepers under the supervisor, once it says it is ready."""
    assert process.stdout is not None
    while "ready" not in process.stdout.readline():
        assert process.poll() is None
    return [pid for go_between in _under(process.pid) for pid in _under(go_between)]


def _under(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def all_gone(pids: list[int], within: float = 10) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_sandbox_runs_only_where_cards_go_to_it() -> None:
    demo = environment.read({})
    with_stripe = environment.read({"STRIPE_SECRET_KEY": "sk_test_ours", "STRIPE_WEBHOOK_SECRETS": "whsec_ours"})

    assert list(supervising.commands(demo)) == ["web", "worker", "beat", "sandbox"]
    assert list(supervising.commands(with_stripe)) == ["web", "worker", "beat"]


def test_every_process_is_asked_whether_it_answers() -> None:
    demo = environment.read({})

    assert list(supervising.checks(demo, since=0)) == list(supervising.commands(demo))


def test_sign_of_an_earlier_run_does_not_count(tmp_path: Path) -> None:
    demo = environment.read({"VAR_DIR": str(tmp_path)})
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "worker").touch()

    assert supervising.checks(demo, since=time.time() - 60)["worker"]()
    assert not supervising.checks(demo, since=time.time() + 60)["worker"]()
    assert not supervising.checks(demo, since=0)["beat"]()


def test_first_silent_process_is_named() -> None:
    questions = {"web": lambda: True, "worker": lambda: False, "beat": lambda: False}

    assert supervising.first_silent(questions, patience=0.2) == "worker"


def test_nobody_is_silent_when_all_answer_in_the_end() -> None:
    answers = iter([False, False, True])

    assert supervising.first_silent({"web": lambda: next(answers)}, patience=5) == ""


def test_tired_site_answers_but_is_not_ready(tired_address: str) -> None:
    assert not supervising._answers(tired_address)
    assert supervising._answers(tired_address, at_all=True)


def test_closed_port_does_not_answer() -> None:
    assert not supervising._answers("http://127.0.0.1:1/", at_all=True)


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 1)])
def test_everything_ends_with_the_supervisor(sign: signal.Signals, code: int) -> None:
    with supervisor() as process:
        pids = children(process)

        process.send_signal(sign)

        assert len(pids) == 2
        assert process.wait(timeout=15) == code
        assert all_gone(pids)


@pytest.mark.parametrize("moment", [0.3, 0.4, 0.5, 0.6, 0.7])
def test_stopped_while_it_starts(moment: float) -> None:
    with supervisor() as process:
        time.sleep(moment)
        pids = [pid for go_between in _under(process.pid) for pid in _under(go_between)]

        process.send_signal(signal.SIGINT)

        process.wait(timeout=15)
        assert all_gone(pids)


def test_nothing_outlives_a_killed_supervisor() -> None:
    with supervisor() as process:
        pids = children(process)

        process.kill()

        assert len(pids) == 2
        assert all_gone(pids)


def test_one_that_ends_ends_the_others() -> None:
    with supervisor("sleep 1; exit 3") as process:
        pids = children(process)

        assert process.wait(timeout=15) == 1
        assert all_gone(pids)
