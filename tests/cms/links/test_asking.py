"""Asking for addresses: our own without a network, others politely, and nobody who is not on the public network."""

import time

import pytest
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect

from cms.links import asking
from cms.links.finding import Kind, Link, Reason
from tests.cms.links.conftest import ANY_PORT, EVERYBODY, Slow
from tests.factories import articles

PUBLIC_NUMBERS = asking.Gate(ports=ANY_PORT)
ANY_NUMBER = asking.Gate(lets_in=EVERYBODY.lets_in)  # at the ports of the web


class TestOthers:
    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("200", None),
            ("301/200", None),
            ("302/301/410", Reason.NOT_THERE),
            ("404", Reason.NOT_THERE),
            ("410", Reason.NOT_THERE),
            ("401", None),
            ("403", None),
            ("429", None),
            ("500", Reason.FAILS),
            ("503", Reason.FAILS),
            ("getonly", None),
        ],
    )
    def test_what_an_answer_means(self, other, path, reason):
        assert asking.outside(other.at(path), gate=EVERYBODY) == reason

    def test_one_head_is_enough_for_what_is_there_and_says_who_asks(self, other, settings):
        asking.outside(other.at("200"), gate=EVERYBODY)
        assert other.asked == [("HEAD", "/200", f"Ashar link check ({settings.SITE_URL})")]

    def test_a_no_to_head_is_asked_once_more_as_browsers_ask(self, other):
        asking.outside(other.at("404"), gate=EVERYBODY)
        assert [verb for verb, *_rest in other.asked] == ["HEAD", "GET"]

    def test_a_circle_of_redirections_ends(self, other):
        asking.outside(other.at("/".join(["301"] * 40)), gate=EVERYBODY)
        assert len(other.asked) == asking.MOST_TURNS

    def test_letters_of_any_script_are_asked_for(self, other):
        asking.outside(other.at("200/айыл?с=ө"), gate=EVERYBODY)
        assert other.asked[0][1] == "/200/%D0%B0%D0%B9%D1%8B%D0%BB?%D1%81=%D3%A9"

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1:1/", "ftp://example.org/", "http:///a", "https://[bad/", "http://a:b/"]
    )
    def test_who_does_not_answer_is_silent(self, address):
        assert asking.outside(address, gate=EVERYBODY) == Reason.SILENT


class TestTheGate:
    @pytest.mark.parametrize(
        "number",
        [
            "127.0.0.1", "10.0.0.8", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
            "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1",
            "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "::7f00:1", "fec0::1",
        ],
    )  # fmt: skip
    def test_private_numbers_are_none(self, number):
        assert asking.is_public(number) is False

    @pytest.mark.parametrize("number", ["8.8.8.8", "212.42.96.1", "2a02:6b8::2:242"])
    def test_public_ones_are(self, number):
        assert asking.is_public(number) is True

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "[::1]"])
    def test_nobody_behind_it_is_asked(self, other, host):
        address = other.at("200").replace("127.0.0.1", host)
        assert asking.outside(address, gate=PUBLIC_NUMBERS) in {Reason.NOT_PUBLIC, Reason.SILENT}
        assert other.asked == []

    def test_loopback_is_refused_by_name(self, other):
        assert asking.outside(other.at("200"), gate=PUBLIC_NUMBERS) == Reason.NOT_PUBLIC

    def test_a_redirection_goes_through_it_too(self, other):
        numbers = iter([True, False])
        gate = asking.Gate(lets_in=lambda _number: next(numbers), ports=ANY_PORT)
        assert asking.outside(other.at("301/200"), gate=gate) == Reason.NOT_PUBLIC
        assert [path for _verb, path, _name in other.asked] == ["/301/200"]

    def test_other_ports_than_those_of_the_web_are_not_connected_to(self, other):
        assert asking.outside(other.at("200"), gate=ANY_NUMBER) == Reason.PORT
        assert other.asked == []

    @pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 8000, 8080, 8443])
    def test_a_redirection_to_another_port_is_not_followed(self, other, port):
        gate = asking.Gate(lets_in=EVERYBODY.lets_in, ports={other.server.server_port})
        assert asking.outside(other.at(f"301/http://127.0.0.1:{port}/"), gate=gate) == Reason.PORT

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1/", "https://127.0.0.1/", "http://127.0.0.1:443/", "https://127.0.0.1:80/"]
    )
    def test_those_of_the_web_are_left_to_the_other_half_of_the_gate(self, address):
        assert asking.outside(address) == Reason.NOT_PUBLIC


class TestTheLimit:
    @pytest.fixture
    def slow(self, request):
        host = Slow(request.param)
        yield host
        host.close()

    @pytest.mark.parametrize(
        ("slow", "scheme"),
        [
            (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 90, "http"),
            (b"HTTP/1.1 200 " + b"O" * 900, "http"),
            (b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"a" * 900, "https"),
        ],
        indirect=["slow"],
    )
    def test_who_answers_drop_by_drop_is_hung_up_and_silent(self, slow, scheme, monkeypatch):
        monkeypatch.setattr(asking, "MOST_SECONDS", 0.4)
        began = time.monotonic()
        assert asking.outside(slow.at("", scheme), gate=EVERYBODY) == Reason.SILENT
        assert (0.3 < time.monotonic() - began < 3, slow.asked) == (True, 1)

    def test_it_holds_for_all_turns_together(self, other, monkeypatch):
        monkeypatch.setattr(asking, "MOST_SECONDS", 0)
        assert asking.outside(other.at("301/200"), gate=EVERYBODY) == Reason.SILENT
        assert other.asked == []


@pytest.mark.usefixtures("planted")
class TestOurs:
    @pytest.fixture(autouse=True)
    def _articles(self):
        articles.published("roof")
        articles.published("draft", live=False)

    @pytest.mark.parametrize(
        "path", ["/", "/ru/", "/ru/news/roof/", "/ky/news/roof/", "/ru/?page=2", "/cms/", "/news/roof/"]
    )
    def test_something_is_there(self, path):
        assert asking.ours(path) is True

    @pytest.mark.parametrize(
        "path", ["/ru/news/draft/", "/ru/nowhere/", "/nowhere/", "/ru/projects/gone/", "/ru/крыша/"]
    )
    def test_nothing_is_there(self, path):
        assert asking.ours(path) is False

    def test_a_redirect_of_editors_counts(self):
        Redirect.objects.create(old_path="/ru/old", redirect_link="/ru/news/roof/")
        Redirect.objects.create(old_path="/ru/older", redirect_link="/ru/nowhere/")
        Redirect.objects.create(old_path="/ru/away", redirect_link="https://example.org/")
        assert [asking.ours(path) for path in ("/ru/old/", "/ru/older/", "/ru/away/")] == [True, False, True]

    def test_links_to_nowhere_are_named_and_each_path_is_looked_up_once(self, monkeypatch):
        looked_up = []
        answered = asking._answered
        monkeypatch.setattr(asking, "_answered", lambda path: looked_up.append(path) or answered(path))
        targets = ("/ru/nowhere/", "/ru/nowhere/", "/ru/news/roof/")
        links = [Link(Kind.PATH, target, f"{number}", ()) for number, target in enumerate(targets)]
        found = asking.nowhere([*links, Link(Kind.OUTSIDE, "https://example.org/ru/nowhere/", "", ())])
        assert found == dict.fromkeys(links[:2], Reason.NO_SUCH_PATH)
        assert sorted(looked_up) == ["/ru/news/roof/", "/ru/nowhere/"]

    def test_the_language_of_who_asks_stays(self):
        with translation.override("ky"):
            asking.ours("/en/")
            assert translation.get_language() == "ky"
