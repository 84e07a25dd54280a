"""Whoever asks the workbench to end sees it end, whatever anybody does just then."""

import signal
import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from support.processes import Panah, end

WITHIN = 60
"""Seconds, as the operator's guide says."""
SAID = "Panah is closed, and the workspace is locked.\n"


@pytest.fixture(scope="module")
def panah(new_workspace, tmp_path_factory) -> Panah:
    return new_workspace.copied(tmp_path_factory.mktemp("ending"))


def line_to(address: str) -> socket.socket:
    where = urlsplit(address)
    return socket.create_connection(("127.0.0.1", where.port or 0), timeout=30)


def asking(address: str, path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n{more}\r\n".encode()


class TestToldToEnd:
    def test_while_somebody_asks_and_does_not_listen_it_ends(self, panah):
        with panah.served() as (address, process), line_to(address) as line:
            line.settimeout(1)
            with pytest.raises(TimeoutError):  # nothing more is taken, for nothing that was answered was heard
                line.sendall(asking(address, "/static/site/panah.css") * 1_000_000)
            began = time.monotonic()
            assert end(process, signal.SIGTERM) == (0, SAID, "")
            assert time.monotonic() - began < WITHIN

    def test_while_somebody_sends_drop_by_drop_it_ends(self, panah):
        with panah.served() as (address, process), ExitStack() as lines:
            for _ in range(4):
                line = lines.enter_context(line_to(address))
                line.sendall(asking(address, "/", "Content-Length: 1000000\r\n").replace(b"GET", b"POST") + b"drop")
            began = time.monotonic()
            assert end(process, signal.SIGTERM) == (0, SAID, "")
            assert time.monotonic() - began < WITHIN

    def test_twice_it_ends_as_if_told_once(self, panah):
        with panah.served() as (_, process):
            process.send_signal(signal.SIGTERM)
            process.send_signal(signal.SIGTERM)
            assert end(process, signal.SIGINT) == (0, SAID, "")

    def test_after_it_began_to_listen_and_before_it_serves_its_process_ends(self, panah):
        done = panah.python(
            "from panah.site.serving import Workbench\nWorkbench('127.0.0.1', 0).__enter__()\nprint('left')\n"
        )
        assert (done.code, done.out) == (0, "left\n")

    def test_and_kept_from_it_by_what_never_ends_it_says_where_that_waits_and_is_gone(self, panah):
        done = panah.python(
            "import threading\nfrom panah.site import serving\nserving.GONE_WITHIN = 1\n"
            "threading.Thread(target=threading.Event().wait).start()\n"
            "with serving.Workbench('127.0.0.1', 0):\n    raise KeyboardInterrupt\n"
        )
        assert done.code == 1
        assert "in wait" in done.err
