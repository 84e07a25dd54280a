"""Through a proxy or through Tor nothing goes around them, and no name is asked for here."""

from __future__ import annotations

import socket

import pytest

from panah.library import captures
from panah.library.captures.addresses import Neighbours
from support.web import Listening, Proxy, Site, Socks, answer, leads_to

PAGE = answer("<!doctype html><title>A notice</title><p>The road was closed.<img src=/a.png>")


@pytest.fixture
def through(allowed, monkeypatch):
    """Captures leave by a proxy or by Tor. Whoever asks here what a name means is a failure."""

    def through(way: str, port: int) -> None:
        allowed.PANAH_CAPTURE, allowed.PANAH_CAPTURE_PROXY = way, f"127.0.0.1:{port}"
        allowed.PANAH_CAPTURE_PRIVATE = []
        real = socket.getaddrinfo

        def resolved(host, *more, **named):
            assert host == "127.0.0.1", f"{host} was asked for on this machine"
            return real(host, *more, **named)

        monkeypatch.setattr(socket, "getaddrinfo", resolved)

    return through


class TestTor:
    def test_is_given_names_and_everything_goes_through_it(self, capture, through):
        answers = {"/": leads_to("http://other.example:8081/p"), "/p": PAGE}
        with Site(answers) as site, Socks({"site.example": site.port, "other.example": site.port}) as tor:
            through("tor", tor.port)
            found = capture("http://site.example:8080/")
        assert (found.state, found.exit) == ("captured", "tor"), found.reason
        assert tor.asked == ["site.example:8080"] * 2 + ["other.example:8081"] * 2
        assert site.called == len(tor.asked)
        assert found.found["hops"][-1]["ip"] == ""

    def test_leads_each_capture_by_a_way_of_its_own(self, capture, through):
        with Site({"/": PAGE}) as site, Socks({"site.example": site.port}) as tor:
            through("tor", tor.port)
            capture("http://site.example/")
            first = set(tor.names)
            capture("http://site.example/")
        assert len(first) == 1
        assert len(set(tor.names)) == 2

    def test_keeps_the_certificates_of_the_site(self, capture, through, trusted):
        with Site({"/": PAGE}, trusted.site("site.example")) as site, Socks({"site.example": site.port}) as tor:
            through("tor", tor.port)
            found = capture("https://site.example/")
        assert found.state == "captured", found.reason
        assert found.found["certificates"][0]["subject"] == "CN=site.example"

    def test_that_does_not_lead_there_is_an_outcome(self, capture, through):
        with Socks({}) as tor:
            through("tor", tor.port)
            found = capture("http://site.example/")
        assert (found.state, found.code) == ("failed", "exit-refused")
        assert "no such host" in found.reason

    def test_takes_addresses_as_addresses(self, capture, through):
        with Socks({}) as tor:
            through("tor", tor.port)
            capture("http://93.184.216.34/")
            capture("http://[2001:4860:4860::8888]/")
        assert set(tor.asked) == {"93.184.216.34:80", "2001:4860:4860::8888:80"}

    @pytest.mark.parametrize(
        "said",
        [b"", b"HTTP/1.1 400\r\n\r\n", b"\x05\xff", b"\x05\x00\x05\x63\x00\x01", b"\x05\x00\x05", b"\x05\x02\x01\x01"],
    )
    def test_that_is_no_tor_is_an_outcome(self, capture, through, said):
        def answering(line: socket.socket) -> None:
            line.recv(4)
            line.sendall(said)

        with Listening(answering) as other:
            through("tor", other.port)
            found = capture("http://site.example/")
        assert (found.state, found.code) == ("failed", "exit-refused"), found.reason


class TestProxy:
    def test_is_given_names_and_everything_goes_through_it(self, capture, through, left):
        with Site({"/": leads_to("/p"), "/p": PAGE}) as site, Proxy({"site.example": site.port}) as proxy:
            through("proxy", proxy.port)
            found = capture("http://site.example/")
        assert (found.state, found.exit) == ("captured", "proxy"), found.reason
        assert proxy.asked == [f"GET http://site.example{path}" for path in ("/robots.txt", "/", "/p", "/a.png")]
        assert site.called == len(proxy.asked)

    def test_sees_nothing_of_a_safe_line_but_its_end(self, capture, through, trusted):
        with Site({"/": PAGE}, trusted.site("site.example")) as site, Proxy({"site.example": site.port}) as proxy:
            through("proxy", proxy.port)
            found = capture("https://site.example/")
        assert found.state == "captured", found.reason
        assert set(proxy.asked) == {"CONNECT site.example:443"}
        assert site.paths == ["/", "/a.png"]

    def test_that_refuses_is_an_outcome(self, capture, through):
        with Proxy({}) as proxy:
            through("proxy", proxy.port)
            found = capture("https://site.example/")
        assert (found.state, found.code) == ("failed", "exit-refused")
        assert "403" in found.reason

    def test_that_never_ends_its_answer_is_an_outcome(self, capture, through):
        with Listening(lambda line: line.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 9000)) as other:
            through("proxy", other.port)
            found = capture("https://site.example/")
        assert (found.state, found.code) == ("failed", "exit-refused")


@pytest.mark.parametrize("way", ["proxy", "tor"])
class TestShut:
    def test_nothing_is_sent_by_another_way(self, capture, through, way, monkeypatch):
        with Listening(lambda line: None) as other:
            gone = other.port
        through(way, gone)
        called = []
        real = socket.create_connection
        monkeypatch.setattr(
            socket, "create_connection", lambda place, *more: called.append(place) or real(place, *more)
        )
        found = capture("http://site.example/")
        assert (found.state, found.code) == ("failed", "exit-unreachable")
        assert set(called) == {("127.0.0.1", gone)}

    @pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://router/", "http://a.internal/", "http://[::1]/"])
    def test_nothing_private_is_asked_for_there_either(self, through, way, address):
        through(way, 9)
        with pytest.raises(captures.addresses.AddressForbidden):
            captures.address_to_ask(address)


class TestChosen:
    def test_by_nobody_there_is_none(self, settings):
        settings.PANAH_CAPTURE = ""
        with pytest.raises(captures.CaptureNotAllowed):
            captures.chosen_exit()

    def test_neighbours_that_cannot_be_read_are_said(self, settings):
        settings.PANAH_CAPTURE, settings.PANAH_CAPTURE_PRIVATE = "direct", ["10.0.0.0/99"]
        with pytest.raises(captures.NeighboursUnreadable, match=r"10\.0\.0\.0/99"):
            captures.chosen_exit()
        assert Neighbours.of(["10.0.0.0/8"]).networks


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PANAH_CAPTURE", "anything", "one of direct, proxy, tor"),
        ("PANAH_CAPTURE_PROXY", "socks5://a", "a host and a port"),
        ("PANAH_CAPTURE_AGENT", "a\nb", "one line of ASCII"),
    ],
)
def test_a_setting_that_cannot_be_used_is_said(tmp_path, name, value, said):
    from support.processes import Panah, one_line_error

    others = {"PANAH_CAPTURE": "proxy"} if name.endswith("PROXY") else {}
    code, sentence = one_line_error(Panah(tmp_path).without(**others, **{name: value}).run("key"))
    assert code == "setting-unusable"
    assert said in sentence
