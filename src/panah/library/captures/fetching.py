"""One request and its answer, byte for byte as they went over the line."""

from __future__ import annotations

import io
import socket
import ssl
import zlib
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from threading import Lock
from typing import Any, NamedTuple, cast

from panah.errors import PanahError, Phrase
from panah.library.captures import CaptureTooSlow, Deadline, Exit, Reached
from panah.library.captures.addresses import Address

_PIECE = 1 << 16


class AnswerUnreadable(PanahError):
    """What {host} answered is no answer of a web server: {reason}."""

    status = 502


class AnswerCut(PanahError):
    """{host} hung up in the middle of its answer; what came is kept."""

    status = 502


class AnswerTooLarge(PanahError):
    """It is larger than {size} bytes, as it comes or as it unpacks; what came up to there is kept."""

    status = 502


class CertificateUntrusted(PanahError):
    """Nothing was asked of {host}: it could not show that it is who it says ({reason}). What it showed is kept."""

    status = 502


class LineUnsafe(PanahError):
    """{host} could not be spoken to in confidence: {reason}."""

    status = 502


class Tls(NamedTuple):
    """How a line was made safe, and the certificates that the other side showed, in DER, its own first."""

    version: str = ""
    cipher: str = ""
    chain: tuple[bytes, ...] = ()


class Exchange(NamedTuple):
    """A request and what came of it. Where it failed, whatever came until then is here all the same."""

    address: Address
    began: datetime
    ended: datetime
    sent: bytes = b""
    received: bytes = b""
    """The answer with its head and as it was framed."""
    status: int = 0
    """0 where no answer came."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    """What was in the frames, still packed if it was."""
    ip: str = ""
    resolved: tuple[str, ...] = ()
    tls: Tls = Tls()
    failure: PanahError | None = None

    def header(self, name: str) -> str:
        """The first header of this name; empty where there is none."""
        return next((value for each, value in self.headers if each.lower() == name), "")


class Budget:
    """How many bytes a capture may still receive. Several lines may draw on it at once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._left = size
        self._lock = Lock()

    def draw(self, count: int) -> None:
        """Raises `AnswerTooLarge` where there is no more."""
        with self._lock:
            self._left -= count
            if self._left < 0:
                raise AnswerTooLarge(size=self.size)


class Fetcher:
    """Asks for addresses by one exit. It keeps no cookie, sends no word of who asks, and follows nothing by itself."""

    def __init__(self, leave: Exit, agent: str, budget: Budget) -> None:
        self._leave = leave
        self._agent = agent
        self._budget = budget
        self._trust = ssl.create_default_context()
        self._trust.set_alpn_protocols(["http/1.1"])

    def fetch(self, address: Address, deadline: Deadline, more: Mapping[str, str], content: bytes = b"") -> Exchange:
        """Ask once, and say what came of it. It raises nothing: a failure is what came of it.

        With `content` that is sent along (`POST`).
        """
        seen = _Seen(address)
        try:
            self._asked(seen, deadline, more, content)
        except PanahError as failure:
            seen.failure = failure
        except TimeoutError:
            seen.failure = _late(deadline)
        except IncompleteRead:
            seen.failure = AnswerCut(host=address.host)
        except HTTPException as error:
            reason = " ".join(str(error).split())[:100] or type(error).__name__
            seen.failure = AnswerUnreadable(host=address.host, reason=reason)
        except OSError:
            seen.failure = AnswerCut(host=address.host)
        return seen.told()

    def _asked(self, seen: _Seen, deadline: Deadline, more: Mapping[str, str], content: bytes) -> None:
        reached = self._leave.reach(seen.address, deadline)
        seen.ip, seen.resolved = reached.ip, reached.resolved
        with closing(self._secured(reached.connection, seen, deadline)) as line:
            seen.sent = self._request(seen.address, reached, more, content)
            deadline.bind(line).sendall(seen.sent)
            answer = HTTPResponse(
                cast("socket.socket", _Line(line, deadline, self._budget, seen.received)), method="GET"
            )
            answer.begin()
            seen.status, seen.headers = answer.status, tuple(answer.headers.items())
            while piece := answer.read(_PIECE):
                seen.body += piece
            if answer.length:
                raise AnswerCut(host=seen.address.host)

    def _request(self, address: Address, reached: Reached, more: Mapping[str, str], content: bytes) -> bytes:
        """The same of everybody who asks: no referrer, no cookie, nothing packed."""
        target = str(address) if reached.to_proxy else address.target
        said = {
            "Host": address.authority, "User-Agent": self._agent, "Accept": "*/*", "Accept-Language": "en",
            "Accept-Encoding": "identity", **more, "Connection": "close",
        }  # fmt: skip
        if content:
            said["Content-Length"] = str(len(content))
        lines = [
            f"{'POST' if content else 'GET'} {target} HTTP/1.1",
            *(f"{name}: {value}" for name, value in said.items()),
            "",
            "",
        ]
        return "\r\n".join(lines).encode("latin-1") + content

    def _secured(self, connection: socket.socket, seen: _Seen, deadline: Deadline) -> socket.socket:
        """The line, safe where the address asks for it. Raises `CertificateUntrusted`, `LineUnsafe`."""
        if seen.address.scheme == "http":
            return connection
        host = seen.address.host
        try:
            line = self._trust.wrap_socket(deadline.bind(connection), server_hostname=host)
        except ssl.SSLCertVerificationError as error:
            connection.close()
            seen.tls = self._shown(seen.address, deadline)
            raise CertificateUntrusted(host=host, reason=error.verify_message) from None
        except TimeoutError:
            connection.close()
            raise
        except (OSError, ValueError) as error:
            connection.close()
            raise LineUnsafe(host=host, reason=getattr(error, "reason", None) or type(error).__name__) from None
        seen.tls = _tls_of(line)
        return line

    def _shown(self, address: Address, deadline: Deadline) -> Tls:
        """The certificates that an untrusted site shows, to be kept; nothing is asked of it."""
        curious = ssl.create_default_context()
        curious.check_hostname, curious.verify_mode = False, ssl.CERT_NONE
        try:
            with (
                closing(self._leave.reach(address, deadline).connection) as connection,
                curious.wrap_socket(deadline.bind(connection), server_hostname=address.host) as line,
            ):
                return _tls_of(line)
        except (PanahError, OSError, ValueError):
            return Tls()


class _Seen:
    """What was seen of an exchange so far."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.began = datetime.now(UTC)
        self.sent = b""
        self.received, self.body = bytearray(), bytearray()
        self.status = 0
        self.headers: tuple[tuple[str, str], ...] = ()
        self.ip = ""
        self.resolved: tuple[str, ...] = ()
        self.tls = Tls()
        self.failure: PanahError | None = None

    def told(self) -> Exchange:
        return Exchange(
            self.address, self.began, datetime.now(UTC), self.sent, bytes(self.received), self.status, self.headers,
            bytes(self.body), self.ip, self.resolved, self.tls, self.failure,
        )  # fmt: skip


class _Line(io.RawIOBase):
    """What is read of a connection, written down as it comes, never later than the deadline and never more than is left."""

    def __init__(self, line: socket.socket, deadline: Deadline, budget: Budget, seen: bytearray) -> None:
        self._line, self._deadline, self._budget, self._seen = line, deadline, budget, seen

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As `HTTPResponse` asks for it."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes. Raises `CaptureTooSlow`, `AnswerTooLarge`, OSError."""
        count = self._deadline.bind(self._line).recv_into(buffer)
        self._seen += memoryview(buffer)[:count]
        self._budget.draw(count)
        return count


def unpacked(exchange: Exchange, most: int) -> bytes:
    """The body as it was before it was packed for the way. Raises `AnswerTooLarge`, `AnswerUnreadable`."""
    packing = exchange.header("content-encoding").strip().lower()
    if packing in {"", "identity"}:
        return exchange.body
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise AnswerUnreadable(
            host=exchange.address.host,
            reason=Phrase("it is packed as {packing}, which nobody asked for", packing=packing),
        )
    unpacking = zlib.decompressobj(zlib.MAX_WBITS if packing == "deflate" else zlib.MAX_WBITS | 16)
    try:
        content = unpacking.decompress(exchange.body, most + 1)
    except zlib.error:
        raise AnswerUnreadable(host=exchange.address.host, reason="it cannot be unpacked") from None
    if len(content) > most:
        raise AnswerTooLarge(size=most)
    return content


def _late(deadline: Deadline) -> PanahError:
    """What is said of a line on which nothing came until its deadline."""
    try:
        deadline.left()
    except CaptureTooSlow as late:
        return late
    return CaptureTooSlow(seconds=0)


def _tls_of(line: ssl.SSLSocket) -> Tls:
    """Python shows the whole chain publicly from 3.13 on; before, by a name of its own."""
    shown = getattr(line, "get_unverified_chain", None)
    if shown is None:
        inside = cast("Any", line)._sslobj  # noqa: SLF001
        chain = tuple(ssl.PEM_cert_to_DER_cert(each.public_bytes()) for each in inside.get_unverified_chain() or ())
    else:
        chain = tuple(shown())
    cipher = line.cipher()
    return Tls(line.version() or "", cipher[0] if cipher else "", chain)
