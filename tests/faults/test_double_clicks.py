"""Double clicks, two tabs, the back button, old forms: each ends in one gift or none, and a sentence says which.

Here the sentences are Kyrgyz; those of `test_outages.py` are Russian.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import pytest
import requests

from tests.faults import provider
from tests.faults.giver import Giver, pay_page
from tests.faults.witness import Witness
from tests.faults.words import says
from tests.town import Town, wait_until

pytestmark = [pytest.mark.crash]

AT_ONCE = 8
ARRIVED = "Your gift has arrived: one gift, paid once. The receipt is on its way to your mailbox."
NOT_TOLD_YET = (
    "The card service has not told us yet that your gift is paid. That usually takes less than a minute. "
    "Do not pay again: the receipt comes by mail as soon as it is certain."
)
NOT_PAID = "The time for paying ran out. No gift was made and nothing was taken from you."
FORM_EXPIRED = "Nothing was sent and nothing has changed. Open the page again, fill it in and send it once more."
IS_OVER = "The collection for this project is over. No gift was started and nothing was taken from you."
IS_FUNDED = (
    "This project has reached its goal and takes no more gifts. No gift was started and nothing was taken from you."
)
WENT_BACK = "You came back without paying. No gift was made and nothing was taken from you."
TOO_LATE = "Meanwhile the collection for this project has ended, so this gift can no longer be paid."
LONGER_THAN_A_SESSION = 2 * 3600  # seconds


@dataclass(frozen=True)
class Stage:
    """A giver, a village and who saw it."""

    giver: Giver
    slug: str
    town: Town
    witness: Witness

    @property
    def language(self) -> str:
        return self.giver.language

    @property
    def page(self) -> str:
        """The address of the one gift's page."""
        return str(self.witness.only_gift_of(self.giver.email)["page"][self.language])

    def charges(self) -> int:
        """Count how often the card was charged for the one gift."""
        return len(provider.charges(self.town, self.witness.only_gift_of(self.giver.email)["payment"]))

    def sessions(self) -> int:
        """Count the pay pages that were made for the one gift."""
        payment = self.witness.only_gift_of(self.giver.email)["payment"]
        return len(provider.marked(self.town, "checkout/sessions", payment))

    def gifts(self) -> int:
        """Count the gifts of the giver."""
        return len(self.witness.ask("gifts_of", email=self.giver.email))


@pytest.fixture
def stage(request: pytest.FixtureRequest, site: Town, witness: Witness, village: Callable[..., str]) -> Stage:
    """Somebody new in a village of their own."""
    name = request.node.originalname.removeprefix("test_").replace("_", "-")[:50].strip("-")
    return Stage(Giver(site, name, language="ky"), village(name), site, witness)


def at_once(*calls: Callable[[], requests.Response]) -> list[requests.Response]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return [begun.result() for begun in [threads.submit(call) for call in calls]]


def test_a_form_sent_eight_times_at_once_is_one_gift(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)

    answers = at_once(*[lambda: stage.giver.post(stage.giver.give(stage.slug), form)] * AT_ONCE)

    assert len({pay_page(answer) for answer in answers}) == 1
    assert (stage.gifts(), stage.sessions(), stage.charges()) == (1, 1, 0)


def test_a_form_sent_with_six_amounts_at_once_leaves_one_page_to_pay_on(stage: Stage) -> None:
    form, address = stage.giver.form(stage.slug), stage.giver.give(stage.slug)
    sent = [partial(stage.giver.post, address, form | {"choice": "own", "own": f"{own}"}) for own in range(20, 26)]

    answers = at_once(*sent)

    assert {answer.status_code for answer in answers} <= {302, 303}
    payments = [gift["payment"] for gift in stage.witness.ask("gifts_of", email=stage.giver.email)]
    sessions = [
        session for payment in payments for session in provider.marked(stage.town, "checkout/sessions", payment)
    ]
    assert sum(session["status"] == "open" for session in sessions) == 1


def test_a_pay_page_sent_eight_times_at_once_is_one_charge(stage: Stage) -> None:
    page = stage.giver.start(stage.slug)

    answers = at_once(*[lambda: stage.giver.pay(page)] * AT_ONCE)

    assert {answer.status_code for answer in answers} == {303}
    stage.witness.wait_for(stage.giver.email, "received")
    assert stage.charges() == 1
    assert says(stage.giver.get(stage.page), ARRIVED, stage.language)


def test_going_back_and_sending_the_form_again_before_the_news_says_do_not_pay_again(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    provider.switch(stage.town, delay=3)
    stage.giver.pay(pay_page(stage.giver.post(stage.giver.give(stage.slug), form)))

    again = stage.giver.post(stage.giver.give(stage.slug), form)

    provider.switch(stage.town, delay=0)
    assert again.status_code == 302
    assert says(stage.giver.get(again.headers["Location"]), NOT_TOLD_YET, stage.language)
    stage.witness.wait_for(stage.giver.email, "received")
    assert (stage.gifts(), stage.charges()) == (1, 1)


def test_going_back_and_sending_the_form_again_after_the_news_says_thank_you(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    stage.giver.pay(pay_page(stage.giver.post(stage.giver.give(stage.slug), form)))
    stage.witness.wait_for(stage.giver.email, "received")

    again = stage.giver.post(stage.giver.give(stage.slug), form)

    assert again.status_code == 302
    assert says(stage.giver.get(again.headers["Location"]), ARRIVED, stage.language)
    assert (stage.gifts(), stage.charges()) == (1, 1)


def test_two_tabs_lead_to_one_pay_page(stage: Stage) -> None:
    tabs = [stage.giver.form(stage.slug) for _ in range(2)]

    pages = {pay_page(stage.giver.post(stage.giver.give(stage.slug), form)) for form in tabs}

    assert len(pages) == 1
    assert (stage.gifts(), stage.sessions()) == (1, 1)


def test_coming_back_without_paying_is_no_gift_and_the_way_back_leads_to_the_same_page(stage: Stage) -> None:
    page = stage.giver.start(stage.slug)

    back = stage.giver.get(f"{stage.page}?from=cancel")
    again = stage.giver.post(f"{stage.page}payment/", stage.giver.fields(stage.page))

    assert says(back, WENT_BACK, stage.language)
    assert pay_page(again) == page
    assert stage.charges() == 0


def test_a_browser_that_forgot_its_cookies_is_told_that_nothing_was_sent(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    stage.giver.browser.cookies.clear()

    answer = stage.giver.post(stage.giver.give(stage.slug), form)

    assert answer.status_code == 403
    assert says(answer, FORM_EXPIRED, stage.language)
    assert stage.gifts() == 0


def test_a_pay_page_that_was_left_open_for_hours_is_no_gift(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    page = pay_page(stage.giver.post(stage.giver.give(stage.slug), form))
    provider.switch(stage.town, clock_offset=LONGER_THAN_A_SESSION)
    too_late = stage.giver.pay(page)
    provider.switch(stage.town, clock_offset=0)
    assert too_late.status_code == 410

    again = stage.giver.post(stage.giver.give(stage.slug), form)

    assert says(stage.giver.get(again.headers["Location"]), NOT_PAID, stage.language)
    stage.witness.wait_for(stage.giver.email, "abandoned")
    assert says(stage.giver.get(stage.page), NOT_PAID, stage.language)
    assert stage.charges() == 0


def test_a_project_closed_while_the_form_is_filled_in_takes_nothing(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    stage.witness.ask("close_project", slug=stage.slug)

    answer = stage.giver.post(stage.giver.give(stage.slug), form)

    assert answer.status_code == 200
    assert says(answer, IS_OVER, stage.language)
    assert stage.gifts() == 0


def test_a_project_closed_before_the_payment_is_not_paid_through_our_page(stage: Stage) -> None:
    stage.giver.start(stage.slug)
    fields = stage.giver.fields(stage.page)
    stage.witness.ask("close_project", slug=stage.slug)

    answer = stage.giver.post(f"{stage.page}payment/", fields)

    assert says(stage.giver.get(answer.headers["Location"]), TOO_LATE, stage.language)
    assert stage.charges() == 0


def test_a_payment_under_way_when_the_project_closes_is_one_gift(stage: Stage) -> None:
    page = stage.giver.start(stage.slug)
    stage.witness.ask("close_project", slug=stage.slug)

    stage.giver.pay(page)

    stage.witness.wait_for(stage.giver.email, "received")
    assert says(stage.giver.get(stage.page), ARRIVED, stage.language)
    assert stage.charges() == 1


def test_a_goal_raised_while_the_form_is_filled_in_changes_nothing_for_the_gift(stage: Stage) -> None:
    form = stage.giver.form(stage.slug)
    stage.witness.ask("change_goal", slug=stage.slug, som=2_000_000)

    stage.giver.pay(pay_page(stage.giver.post(stage.giver.give(stage.slug), form)))

    stage.witness.wait_for(stage.giver.email, "received")
    assert (stage.gifts(), stage.charges()) == (1, 1)


def test_a_goal_reached_while_the_form_is_filled_in_takes_nothing(stage: Stage) -> None:
    neighbour = Giver(stage.town, f"neighbour-of-{stage.slug}")
    neighbour.arrive(stage.slug)
    stage.witness.wait_for(neighbour.email, "received")
    form = stage.giver.form(stage.slug)
    stage.witness.ask("change_goal", slug=stage.slug, som=1_000)

    answer = stage.giver.post(stage.giver.give(stage.slug), form)

    assert answer.status_code == 200
    assert says(answer, IS_FUNDED, stage.language)
    assert stage.gifts() == 0


def test_after_all_clicks_the_books_are_whole(site: Town, witness: Witness) -> None:
    witness.wait_for_rest()
    assert wait_until(lambda: witness.ask("given_up") == {}, what="nothing is given up")
    assert witness.ask("faults_of_books") == []
    site.manage("ledger_check")
