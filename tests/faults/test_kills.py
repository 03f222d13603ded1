"""`kill -9` of web and worker at every marked point, then a start: nothing is lost, nothing happens twice.

One long day: at each point a new gift is on its way when the process dies, and the next process, which will die at the
next point, finds what the last one left. In the evening everything works again, and every gift must be whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from tests.faults import provider
from tests.faults.giver import Giver, pay_page
from tests.faults.witness import Witness
from tests.town import Town, wait_until

pytestmark = [pytest.mark.crash]

ON_POSTING_THE_FORM = ("payments.before_session", "payments.after_session")
ON_A_WEBHOOK = "payments.after_webhook"
ON_SETTLING = (
    "payments.before_posting",
    "outbox.before_publish",
    "outbox.relay_claimed",
    "payments.after_posting",
    "outbox.after_publish",
    "outbox.before_handler",
    "diaspora.before_match",
    "diaspora.after_match",
    "diaspora.before_receipt_is_told",
    "diaspora.after_receipt",
    "diaspora.after_following",
    "outbox.before_done",
    "notices.before_sent",
)
ON_REFUNDING = ("payments.before_refund", "payments.after_refund")
KILLED = "SIGKILL"  # what gunicorn and Celery both print of a child that was killed


@dataclass
class Day:
    """The day on which everything died, point by point; `deaths` are the points where a process was seen to die."""

    town: Town
    witness: Witness
    slug: str
    deaths: set[str]

    def giver(self, point: str) -> Giver:
        """Return somebody new, named after the point."""
        return Giver(self.town, point.replace("_", "-"))

    def start(self, role: str, *, dying_at: str) -> None:
        """Kill a process, if it is still there, and start one that will die."""
        if role in self.town.processes:
            self.town.kill(role)
        self.town.start(role, ASHAR_CRASH_AT=dying_at)

    def see_die(self, role: str, point: str, *, since: int) -> None:
        """Wait until the process has died at the point, then kill what is left of it."""
        wait_until(lambda: self._has_died(role, since), what=f"the {role} dies at {point}")
        self.town.kill(role)
        self.deaths.add(point)

    def _has_died(self, role: str, since: int) -> bool:
        said = self.town.log(role)[since:]
        assert self.town.processes[role].poll() is None, said
        return KILLED in said


@pytest.fixture(scope="module")
def day(site: Town, witness: Witness, village: Callable[..., str]) -> Day:
    """Live through the day."""
    day = Day(site, witness, village("kills"), set())
    _kill_web_while_forms_are_sent(day)
    _kill_web_on_a_webhook(day)
    _kill_workers_while_gifts_settle(day)
    _kill_workers_while_money_goes_back(day)
    day.town.start("worker")
    witness.wait_for_rest()
    return day


def _kill_web_while_forms_are_sent(day: Day) -> None:
    waiting = {}
    for point in ON_POSTING_THE_FORM:
        since = len(day.town.log("web"))
        day.start("web", dying_at=point)
        giver = day.giver(point)
        waiting[giver] = giver.form(day.slug)
        with pytest.raises(requests.ConnectionError):
            giver.post(giver.give(day.slug), waiting[giver])
        day.see_die("web", point, since=since)
    day.town.start("web")
    for giver, form in waiting.items():
        giver.pay(pay_page(giver.post(giver.give(day.slug), form)))
        day.witness.wait_for(giver.email, "received")


def _kill_web_on_a_webhook(day: Day) -> None:
    since = len(day.town.log("web"))
    day.start("web", dying_at=ON_A_WEBHOOK)
    giver = day.giver(ON_A_WEBHOOK)
    giver.arrive(day.slug)
    day.see_die("web", ON_A_WEBHOOK, since=since)
    day.town.start("web")
    day.witness.wait_for(giver.email, "received")


def _kill_workers_while_gifts_settle(day: Day) -> None:
    day.town.kill("worker")
    for point in ON_SETTLING:
        day.giver(point).arrive(day.slug)
        if point == "outbox.relay_claimed":
            wait_until(lambda: day.witness.ask("overdue"), what="the relay has something to claim")
        since = len(day.town.log("worker"))
        day.start("worker", dying_at=point)
        day.see_die("worker", point, since=since)


def _kill_workers_while_money_goes_back(day: Day) -> None:
    for point, giver in zip(ON_REFUNDING, map(day.giver, ON_REFUNDING), strict=True):
        day.town.start("worker")
        giver.arrive(day.slug)
        day.witness.wait_for(giver.email, "received")
        day.town.kill("worker")
        day.witness.ask("refund", email=giver.email)
        since = len(day.town.log("worker"))
        day.start("worker", dying_at=point)
        day.see_die("worker", point, since=since)


def gift_at(day: Day, point: str) -> dict[str, Any]:
    return day.witness.only_gift_of(day.giver(point).email)


@pytest.mark.parametrize("point", [*ON_POSTING_THE_FORM, ON_A_WEBHOOK, *ON_SETTLING])
def test_a_gift_on_its_way_when_a_process_dies_arrives_once(day: Day, point: str) -> None:
    gift = gift_at(day, point)
    assert point in day.deaths
    assert (gift["state"], gift["payment_state"], gift["movements"]) == ("received", "settled", ["charge"])
    assert gift["matches"] == [gift["som"]]
    [number] = gift["receipts"]
    [mail] = day.witness.ask("mails_to", email=day.giver(point).email)
    assert number in mail
    assert len(provider.marked(day.town, "checkout/sessions", gift["payment"])) == 1
    assert len(provider.charges(day.town, gift["payment"])) == 1


@pytest.mark.parametrize("point", ON_REFUNDING)
def test_money_on_its_way_back_when_a_worker_dies_goes_back_once(day: Day, point: str) -> None:
    gift = gift_at(day, point)
    assert point in day.deaths
    assert (gift["state"], gift["refunds"], gift["movements"]) == ("returned", ["succeeded"], ["charge", "refund"])
    assert gift["matches"] == [gift["som"], -gift["som"]]
    assert len(day.witness.ask("mails_to", email=day.giver(point).email)) == 2
    assert [refund["status"] for refund in provider.refunds(day.town, gift["payment"])] == ["succeeded"]


def test_the_books_are_whole_after_that_day(day: Day) -> None:
    kept = [gift_at(day, point) for point in (*ON_POSTING_THE_FORM, ON_A_WEBHOOK, *ON_SETTLING)]
    pool = day.witness.ask("pool", slug=day.slug)
    assert pool["left"] == pool["cap"] - sum(gift["som"] for gift in kept)
    assert day.witness.ask("faults_of_books") == []
    assert day.witness.ask("given_up") == {}
    day.town.manage("ledger_check")
