"""The card service, the queue, the workers or the site itself are away for a while: people are told, and all catches up."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults import provider
from tests.faults.giver import Giver, pay_page
from tests.faults.witness import Witness
from tests.faults.words import says
from tests.town import Town, free_port, wait_until

pytestmark = [pytest.mark.crash]

TRY_AGAIN = (
    "The card service does not answer right now. Please try again in a few minutes: you will not be charged twice."
)
ANSWERS_ARE_KEPT = (
    "The card service does not answer right now. Nothing was taken from you, and your answers are kept. "
    "Please try again in a few minutes."
)
NOT_TOLD_YET = (
    "The card service has not told us yet that your gift is paid. That usually takes less than a minute. "
    "Do not pay again: the receipt comes by mail as soon as it is certain."
)
ARRIVED = "Your gift has arrived: one gift, paid once. The receipt is on its way to your mailbox."
PATIENCE_OF_A_GIVER = 12  # seconds


@pytest.fixture(scope="module")
def slug(village: Callable[..., str]) -> str:
    return village("outages")


@pytest.fixture
def giver(request: pytest.FixtureRequest, site: Town) -> Giver:
    """Somebody new for each test, who reads Russian."""
    return Giver(site, request.node.name.removeprefix("test_")[:50], language="ru")


@pytest.fixture
def everybody(giver: Giver, site: Town) -> Iterator[Giver]:
    """The same giver, when the test leaves processes dead: afterwards the others are there again."""
    yield giver
    if missing := [name for name in ("sandbox", "web", "worker") if name not in site.processes]:
        site.start(*missing)


def test_without_the_card_service_the_form_says_so_and_the_same_form_goes_on_later(
    everybody: Giver, site: Town, witness: Witness, slug: str
) -> None:
    giver = everybody
    form = giver.form(slug)
    site.kill("sandbox")
    answer = giver.post(giver.give(slug), form)
    assert answer.status_code == 303
    assert says(giver.get(answer.headers["Location"]), TRY_AGAIN, giver.language)
    assert answer.elapsed.total_seconds() < PATIENCE_OF_A_GIVER
    assert witness.only_gift_of(giver.email)["state"] == "started"

    site.start("sandbox")
    giver.pay(pay_page(giver.post(giver.give(slug), form)))

    gift = witness.wait_for(giver.email, "received")
    assert len(provider.marked(site, "checkout/sessions", gift["payment"])) == 1
    assert len(provider.charges(site, gift["payment"])) == 1


def test_without_the_card_service_the_way_back_to_the_payment_says_so(
    everybody: Giver, site: Town, witness: Witness, slug: str
) -> None:
    giver = everybody
    giver.start(slug)
    gift_page = witness.only_gift_of(giver.email)["page"][giver.language]
    form = giver.fields(gift_page)
    site.kill("sandbox")

    answer = giver.post(f"{gift_page}payment/", form)

    assert answer.status_code == 302
    assert says(giver.get(answer.headers["Location"]), ANSWERS_ARE_KEPT, giver.language)
    assert witness.only_gift_of(giver.email)["state"] == "started"


def test_a_refund_asked_for_without_the_card_service_is_sent_when_it_is_back(
    site: Town, witness: Witness, slug: str
) -> None:
    giver = Giver(site, "refund-in-the-outage")
    giver.arrive(slug)
    witness.wait_for(giver.email, "received")
    site.kill("sandbox")
    witness.ask("refund", email=giver.email)
    wait_until(lambda: witness.only_gift_of(giver.email)["refunds"] == ["sent"], what="a worker has tried to send it")

    site.start("sandbox")

    gift = witness.wait_for(giver.email, "returned")
    assert gift["refunds"] == ["succeeded"]
    assert len(provider.refunds(site, gift["payment"])) == 1


@pytest.fixture
def _no_broker(site: Town) -> Iterator[None]:
    """Take the queue away: Redis is where nobody listens, or the folder is gone."""
    if "REDIS_URL" in site.environment:
        site.kill("web")
        site.start("web", REDIS_URL=f"redis://127.0.0.1:{free_port()}/15")
        yield
        site.kill("web")
        site.start("web")
        return
    folder = site.folder / "queue"
    folder.rename(site.folder / "queue-away")
    yield
    (site.folder / "queue-away").rename(folder)


@pytest.mark.usefixtures("_no_broker")
def test_without_the_queue_the_site_answers_as_ever(giver: Giver, witness: Witness, slug: str) -> None:
    answer = giver.post(giver.give(slug), giver.form(slug))
    assert answer.elapsed.total_seconds() < PATIENCE_OF_A_GIVER
    back = giver.get(giver.pay(pay_page(answer)).headers["Location"])

    assert back.status_code == 200
    assert witness.only_gift_of(giver.email)["state"] in {"started", "received"}


def test_what_happened_without_the_queue_is_caught_up_with(site: Town, witness: Witness) -> None:
    giver = Giver(site, "without_the_queue_the_site_answers_as_ever")
    gift = witness.wait_for(giver.email, "received")
    assert len(provider.charges(site, gift["payment"])) == 1


def test_without_workers_the_page_says_that_it_is_not_certain_yet(
    everybody: Giver, site: Town, witness: Witness, slug: str
) -> None:
    giver = everybody
    site.kill("worker")
    back = giver.arrive(slug)
    assert says(giver.get(back), NOT_TOLD_YET, giver.language)

    site.start("worker")

    witness.wait_for(giver.email, "received")
    assert says(giver.get(back), ARRIVED, giver.language)


def test_webhooks_that_found_the_site_away_come_again(site: Town, witness: Witness, slug: str) -> None:
    giver = Giver(site, "webhooks-come-again")
    page = giver.start(slug)
    site.kill("web")
    giver.pay(page)
    wait_until(lambda: _unanswered(site), what="a webhook that nobody took")

    site.start("web")

    assert witness.wait_for(giver.email, "received")["movements"] == ["charge"]


def test_a_payment_of_which_no_webhook_tells_is_found(site: Town, witness: Witness, slug: str) -> None:
    giver = Giver(site, "no-webhook-tells")
    provider.switch(site, drop=["*"])
    giver.arrive(slug)

    gift = witness.wait_for(giver.email, "received")

    provider.switch(site, drop=[])
    assert len(provider.charges(site, gift["payment"])) == 1


def test_after_all_outages_nothing_is_lost_and_the_books_are_whole(site: Town, witness: Witness) -> None:
    witness.wait_for_rest()
    assert witness.ask("given_up") == {}
    assert witness.ask("faults_of_books") == []
    site.manage("ledger_check")


def _unanswered(town: Town) -> bool:
    return any(delivery["answer"] == "no answer" for delivery in provider.deliveries(town))
