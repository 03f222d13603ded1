"""The bank's files are fetched over a real connection and believed only when they are whole, small, quick and at home."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from ashar.money import fetching, tasks
from ashar.money.feed import LARGEST_FEED
from ashar.money.models import ExchangeRate
from tests.ashar.money.test_feed import currency, feed

AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAILY = feed(currency("USD"), currency("EUR", value="101,2234"), day="23.11.2026")
WEEKLY = feed(currency("KRW", "1000", "62,5"), day="21.11.2026")
LAST_YEAR = feed(currency("USD"), day="23.11.2025")
PAGE = b"<!doctype html><html><title>Maintenance</title><p>Back soon<br></html>"


class Bank:
    """A web server on loopback that answers each path as a test says."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        bank = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                bank.asked.append(self.path)
                bank.answers[self.path](self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def at(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        self.answers[path] = answer
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def says(body: bytes, *, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for ever: no single read times out."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<")
            time.sleep(0.02)
    except OSError:
        return


def hangs(handler: BaseHTTPRequestHandler) -> None:
    """Take the question and say nothing until the other side has left."""
    handler.connection.settimeout(10)
    handler.connection.recv(1)


@pytest.fixture
def make_bank(monkeypatch) -> Iterator[Callable[[], Bank]]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    open_banks: list[Bank] = []

    def make() -> Bank:
        open_banks.append(Bank())
        return open_banks[-1]

    yield make
    for bank in open_banks:
        bank.close()


@pytest.fixture
def bank(make_bank) -> Bank:
    return make_bank()


@pytest.fixture
def warnings_of(caplog) -> Callable[[], list[str]]:
    return lambda: [record.getMessage() for record in caplog.records if record.name == fetching.__name__]


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def kept() -> set[tuple[str, date, str]]:
    return set(ExchangeRate.objects.values_list("currency", "on", "source"))


@pytest.mark.django_db
def test_both_files_are_taken_in_each_under_its_source(bank):
    addresses = (bank.at("/XML/daily.xml", says(DAILY)), bank.at("/XML/weekly.xml", says(WEEKLY)))

    assert fetching.take_in(addresses, at=AT) == 3
    assert kept() == {
        ("USD", date(2026, 11, 23), "nbkr-daily"),
        ("EUR", date(2026, 11, 23), "nbkr-daily"),
        ("KRW", date(2026, 11, 21), "nbkr-weekly"),
    }


@pytest.mark.django_db
def test_the_next_hour_the_same_file_adds_nothing(bank):
    address = bank.at("/XML/daily.xml", says(DAILY))

    assert [fetching.take_in([address], at=AT) for _ in range(2)] == [2, 0]


@pytest.mark.django_db
def test_the_clock_fetches_what_the_settings_name(bank, settings):
    settings.RATES_URL = (bank.at("/XML/daily.xml", says(DAILY)),)

    tasks.fetch_rates(reason="a newer sender")

    assert (bank.asked, ExchangeRate.objects.count()) == (["/XML/daily.xml"], 2)


@pytest.mark.django_db
def test_without_an_address_nobody_is_asked(settings):
    assert settings.RATES_URL == ()

    tasks.fetch_rates()

    assert ExchangeRate.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (says(PAGE), "This is not a file of exchange rates we can use: it is not well-formed XML. (bad_feed)"),
        (
            says(b"<html/>"),
            "This is not a file of exchange rates we can use: its root is not CurrencyRates. (bad_feed)",
        ),
        (says(DAILY[:-20]), "This is not a file of exchange rates we can use: it is not well-formed XML. (bad_feed)"),
        (says(b""), "This is not a file of exchange rates we can use: it is not well-formed XML. (bad_feed)"),
        (
            says(DAILY + b" " * LARGEST_FEED),
            "This is not a file of exchange rates we can use: it is too large. (bad_feed)",
        ),
        (says(DAILY, status=500), "The exchange rates could not be fetched: HTTP 500. (rates_unreachable)"),
        (says(DAILY, status=404), "The exchange rates could not be fetched: HTTP 404. (rates_unreachable)"),
    ],
    ids=["page", "html", "cut", "empty", "huge", "broken", "gone"],
)
def test_what_is_not_a_feed_is_logged_and_nothing_of_it_is_kept(bank, english, warnings_of, answer, told):
    assert fetching.take_in([bank.at("/XML/daily.xml", answer)], at=AT) == 0
    assert warnings_of() == [f"No rates from 127.0.0.1: {told}"]
    assert ExchangeRate.objects.count() == 0


@pytest.mark.django_db
def test_one_feed_that_is_away_keeps_no_other_from_being_taken_in(bank):
    addresses = (bank.at("/XML/daily.xml", says(b"", status=503)), bank.at("/XML/weekly.xml", says(WEEKLY)))

    assert fetching.take_in(addresses, at=AT) == 1


@pytest.mark.django_db
def test_a_file_of_another_year_is_kept_under_its_own_day(bank):
    fetching.take_in([bank.at("/XML/daily.xml", says(LAST_YEAR))], at=AT)

    assert kept() == {("USD", date(2025, 11, 23), "nbkr-daily")}


@pytest.mark.django_db
def test_a_bank_that_says_another_rate_for_the_same_day_is_not_believed(bank):
    fetching.take_in([bank.at("/XML/daily.xml", says(DAILY))], at=AT)
    other = feed(currency("USD", value="99,0000"), currency("KZT", value="0,1667"), day="23.11.2026")

    assert fetching.take_in([bank.at("/XML/daily.xml", says(other))], at=AT) == 0
    assert ExchangeRate.objects.get(currency="USD").value_e4 == 874_500
    assert ExchangeRate.objects.count() == 2


def test_no_more_is_read_than_one_byte_above_the_largest(bank):
    assert len(fetching.fetch(bank.at("/XML/daily.xml", says(b"x" * (3 * LARGEST_FEED))))) == LARGEST_FEED + 1


def test_who_sends_a_byte_now_and_then_is_left(bank, monkeypatch):
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.2)
    started = time.monotonic()

    with pytest.raises(fetching.RatesUnreachable) as refusal:
        fetching.fetch(bank.at("/XML/daily.xml", drips))

    assert refusal.value.facts == {"reason": "TimeoutError"}
    assert time.monotonic() - started < 5


def test_who_says_nothing_is_left(bank, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE_SECONDS", 0.2)

    with pytest.raises(fetching.RatesUnreachable) as refusal:
        fetching.fetch(bank.at("/XML/daily.xml", hangs))

    assert refusal.value.facts == {"reason": "TimeoutError"}


def test_nobody_at_home():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(fetching.RatesUnreachable):
            fetching.fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/XML/daily.xml")


def test_a_redirection_on_the_same_site_is_followed(bank):
    bank.at("/new/daily.xml", says(DAILY))

    assert fetching.fetch(bank.at("/XML/daily.xml", says(b"", status=301, Location="/new/daily.xml"))) == DAILY


@pytest.mark.parametrize("to", ["another port", "file:///etc/hostname"])
def test_a_redirection_elsewhere_is_not_followed(bank, make_bank, to):
    other = make_bank()
    location = other.at("/XML/daily.xml", says(DAILY)) if to == "another port" else to

    with pytest.raises(fetching.RatesUnreachable) as refusal:
        fetching.fetch(bank.at("/XML/daily.xml", says(b"", status=302, Location=location)))

    assert refusal.value.facts == {"reason": "HTTP 302"}
    assert other.asked == []


def test_who_redirects_in_circles_is_left(bank):
    address = bank.at("/XML/daily.xml", says(b"", status=302, Location="/XML/daily.xml"))

    with pytest.raises(fetching.RatesUnreachable):
        fetching.fetch(address)
