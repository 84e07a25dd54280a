"""An authority that drips: it is waited for, altogether, only so long."""

import socketserver
import threading
import time

import pytest

from panah.proof.network import asked
from panah.proof.timestamp import TimestampRefused
from support.serving import Serving

PATIENCE = 0.5
HEAD = b"HTTP/1.0 200 OK\r\n\r\n"
HELLO = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"
"""The head of a long record of TLS, in which the server's greeting begins."""


class Dripping(Serving, socketserver.ThreadingTCPServer):
    """Says `at_once`, and then a byte every twentieth of a second, until whoever asked has hung up."""

    daemon_threads = True

    def __init__(self, at_once):
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self._at_once = at_once
        self.hung_up = threading.Event()

    def finish_request(self, request, _address):
        request.sendall(self._at_once)
        try:
            while not self.hung_up.wait(0.05):
                request.sendall(b"a")
        except OSError:
            self.hung_up.set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/"


class TestAnAuthorityThatDrips:
    @pytest.mark.parametrize(
        ("scheme", "at_once"),
        [
            ("http", b""),
            ("http", b"HTTP/1.0 200 OK\r\nX-Long: "),
            ("http", HEAD),
            ("http", HEAD + b"\x30"),
            ("https", HELLO),
        ],
    )
    def test_is_hung_up_on_after_its_time(self, scheme, at_once):
        began = time.monotonic()
        with Dripping(at_once) as authority:
            with pytest.raises(TimestampRefused, match=r"it does not answer within 0\.5 seconds\.$"):
                asked(authority.url.replace("http", scheme), b"question", PATIENCE)
            assert PATIENCE <= time.monotonic() - began < 10 * PATIENCE
            assert authority.hung_up.wait(10), "the line was left open"
