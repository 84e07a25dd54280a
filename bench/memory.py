"""How much memory the largest files and captures take: all processes together, at the most, as the kernel counts it.

`python bench/memory.py [megabytes]`: a file of 2 GB, a text as large as is still read, and a capture of a page with a
file of so many megabytes (300) behind it, from a server on the loopback, drawn by the browser where there is one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from measuring import PROGRAMS, memory_of

MEGABYTE = 1_000_000
SECONDS_BETWEEN_LOOKS = 0.1
LINE = b"A paper of the largest kind, line after line of it, and nobody is meant by any.\n"


class Large(BaseHTTPRequestHandler):
    """A page with a picture of so many megabytes."""

    megabytes = 300

    def do_GET(self) -> None:
        page = self.path == "/"
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if page else "application/octet-stream")
        content = b"<title>Large</title><p>What lies behind it is large.</p><img src=/large alt=''>"
        self.send_header("Content-Length", str(len(content) if page else self.megabytes * MEGABYTE))
        self.end_headers()
        try:
            for _ in range(1 if page else self.megabytes):
                self.wfile.write(content if page else os.urandom(MEGABYTE))
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: only what is measured is printed."""


def main() -> None:
    Large.megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else Large.megabytes
    with tempfile.TemporaryDirectory(prefix="panah-memory-") as place:
        home = {**os.environ, "PANAH_HOME": f"{place}/home", "PANAH_PASSPHRASE": "a passphrase for measuring"}
        home |= {"PANAH_CAPTURE": "direct", "PANAH_CAPTURE_PRIVATE": "127.0.0.0/8"}
        subprocess.run([PROGRAMS / "panah", "init"], env=home, check=True, stdout=subprocess.DEVNULL)
        huge = Path(place) / "two-gigabytes.bin"
        with huge.open("wb") as out:
            out.truncate(2_000 * MEGABYTE)
        told("a file of 2,000 MB, taken in", home, "ingest", str(huge))
        text = Path(place) / "as-large-as-is-read.txt"
        with text.open("wb") as out:
            out.writelines(LINE for _ in range(250 * MEGABYTE // len(LINE)))
        told("a text of 250 MB, taken in and read", home, "ingest", str(text))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Large)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in ("", "large"):
            address = f"http://127.0.0.1:{server.server_port}/{path}"
            told(
                f"a capture of {Large.megabytes} MB, {'itself' if path else 'behind a page'}", home, "capture", address
            )
        server.shutdown()


def told(what: str, home: dict[str, str], *command: str) -> None:
    """Run a command, and tell what it took."""
    begun, most = time.monotonic(), 0.0
    process = subprocess.Popen([PROGRAMS / "panah", *command], env=home, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, memory_of(process.pid))
        time.sleep(SECONDS_BETWEEN_LOOKS)
    print(f"{what}: {time.monotonic() - begun:.0f} s, at most {most:.0f} MB, exit {process.returncode}", flush=True)


if __name__ == "__main__":
    main()
