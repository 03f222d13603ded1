"""`manage.py run`: the whole site on this machine, from an empty folder to an open door."""

import fcntl
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo import signins
from config import preparing, supervising
from config.settings.environment import Environment


class Command(BaseCommand):
    """Prepares what is not prepared yet, starts web, worker, beat and the card sandbox, and says where to look."""

    help = "Run the whole site: prepare it, start every process, print the address. Ctrl-C stops everything."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        """Run until Ctrl-C; a taken port or a folder already in use ends it with one sentence."""
        env: Environment = settings.ENV
        with only_one_in_folder(env):
            refuse_taken_ports(env)
            self.stderr.write(f"Preparing Ashar in {env.var_dir}:")
            preparing.prepare()
            self.stderr.write("Starting:")
            sys.exit(supervising.run(env, then=lambda: self.stdout.write(welcome(env))))


def welcome(env: Environment) -> str:
    """Return what is printed when everything answers: the address, and in the demo whom to sign in as."""
    lines = [
        "",
        f"Ashar is here: {env.site_url}/",
        "",
        *(_sign_ins(env) if env.demo else []),
        "Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(f"    {line}".rstrip() for line in lines)


def _sign_ins(env: Environment) -> Iterator[str]:
    yield f"Cards are paid in the sandbox with 4242 4242 4242 4242. Mail arrives at {env.site_url}/demo/mailbox/"
    yield f"Sign in at {env.site_url}/ky/accounts/login/ with the password {signins.PASSWORD}:"
    for sign_in in signins.SIGN_INS:
        role = "Administrator" if sign_in.is_admin else sign_in.role or "Giver"
        yield f"  {sign_in.email:<22} {role}"
    yield f"Staff are asked for a code as well: {env.site_url}/demo/people/ shows it."
    yield ""


def refuse_taken_ports(env: Environment) -> None:
    """Raise `CommandError` when the site's port or the sandbox's is in use."""
    for port in filter(None, (env.port, env.sandbox_port)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                message = f"Port {port} is taken by another program. Choose another: make run PORT={env.port + 100}"
                raise CommandError(message) from None


@contextmanager
def only_one_in_folder(env: Environment) -> Iterator[None]:
    """Hold the installation's folder: two supervisors over one database and one queue would work for each other."""
    env.var_dir.mkdir(parents=True, exist_ok=True)
    with (env.var_dir / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CommandError(_already_running(env, lock.read())) from None
        lock.truncate(0)
        lock.write(env.site_url)
        lock.flush()
        yield


def _already_running(env: Environment, address: str) -> str:
    other = f"make run PORT={env.port + 100} VAR_DIR=var-{env.port + 100}"
    return f"Ashar already runs from {env.var_dir} at {address}. A second one needs a folder of its own: {other}"
