"""A calendar of OpenTimestamps on the loopback, and blocks for it, written with another's code: the package `opentimestamps`.

with Calendar() as calendar:
    ...                          # POST /digest, GET /timestamp/HEX
    block = calendar.mine(358391)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesDeserializationContext, BytesSerializationContext
from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp, cat_sha256d, make_merkle_tree

from support.serving import Serving

Answer = tuple[int, bytes]
"""Status and body of an HTTP answer."""


class Block(NamedTuple):
    """A block that nobody mined: its height, and its header of 80 bytes in hexadecimal."""

    height: int
    header: str


class Calendar(Serving, ThreadingHTTPServer):
    """`asked` has every request: its first line and its body. `answering` takes the place of what it would answer."""

    daemon_threads = True

    def __init__(self, answering: Callable[[str, bytes], Answer] | None = None) -> None:
        self.asked: list[tuple[str, bytes]] = []
        self.answering = answering or self.answer
        self._waiting: list[Timestamp] = []
        self._known: dict[bytes, Timestamp] = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, line: str, content: bytes) -> Answer:
        """What a calendar answers."""
        method, path = line.split()[:2]
        if method == "POST" and path.endswith("/digest"):  # a proxy names the whole address
            return 200, serialised(self.promise(content))
        known = self._known.get(bytes.fromhex(path.rpartition("/")[2]))
        return (200, serialised(known)) if known else (404, b"Pending confirmation in Bitcoin blockchain")

    def promise(self, digest: bytes) -> Timestamp:
        """A timestamp of a digest whose end is pending here."""
        found = Timestamp(digest)
        end = found.ops.add(OpPrepend(b"\x00\x01\x02\x03")).ops.add(OpSHA256()).ops.add(OpAppend(b"a secret of ours"))
        end.attestations.add(PendingAttestation(self.url))
        self.wait_for(end.msg)
        return found

    def wait_for(self, message: bytes) -> None:
        """Have a message wait for the next block, as if it had been promised."""
        self._waiting.append(Timestamp(message))

    def mine(self, height: int, at: datetime = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) -> Block:
        """Put all that waits into a block: a tree of ours, its tip in a transaction, and that in the tree of the block."""
        tip = make_merkle_tree([stamp.ops.add(OpSHA256()) for stamp in self._waiting])
        spent = tip.ops.add(OpPrepend(b"\x01\x00\x00\x00" + bytes(60))).ops.add(OpAppend(bytes(4)))
        transaction = spent.ops.add(OpSHA256()).ops.add(OpSHA256())
        root = cat_sha256d(transaction, Timestamp(hashlib.sha256(b"the other transaction").digest()))
        root.attestations.add(BitcoinBlockHeaderAttestation(height))
        self._known |= {stamp.msg: stamp for stamp in self._waiting}
        self._waiting = []
        return Block(height, header(root.msg, at))


class _Handler(BaseHTTPRequestHandler):
    server: Calendar

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.requestline, content))
        status, body = self.server.answering(self.requestline, content)
        self.send_response(status)
        if status in {301, 302, 307}:
            self.send_header("Location", body.decode())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_line: object) -> None:
        """Says nothing on the terminal."""


def header(merkle_root: bytes, at: datetime) -> str:
    """A header with this root, 80 bytes in hexadecimal."""
    when = int(at.timestamp()).to_bytes(4, "little")
    return (b"\x02\x00\x00\x00" + bytes(32) + merkle_root + when + b"\xff\xff\x7f\x20" + bytes(4)).hex()


def serialised(written: Timestamp | DetachedTimestampFile) -> bytes:
    """As the other code writes it."""
    context = BytesSerializationContext()
    written.serialize(context)
    return context.getbytes()


def read_by_other(content: bytes) -> DetachedTimestampFile:
    """A file as the other code reads it. Raises its DeserializationError."""
    return DetachedTimestampFile.deserialize(BytesDeserializationContext(content))
