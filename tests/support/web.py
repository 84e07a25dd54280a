"""A small web of our own on the loopback: sites that answer byte for byte what a test says, and ways out that lead there.

with Site({"/": page("Hello")}) as site:
    site.address("/")
"""

from __future__ import annotations

import socket
import socketserver
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from support.serving import Serving

Answer = bytes | Callable[[socket.socket], None]
"""Bytes to send before hanging up, or what to do with the line."""


def answer(
    body: bytes | str, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """An answer, framed by its length."""
    content = body.encode() if isinstance(body, str) else body
    said = {"Content-Type": kind, "Content-Length": str(len(content))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{n}: {v}\r\n" for n, v in said.items()), "\r\n"]).encode() + content


def leads_to(address: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer("", status=status, Location=address)


class Listening(Serving, socketserver.ThreadingTCPServer):
    """Something on the loopback, as long as it is entered."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, taking: Callable[[socket.socket], None]) -> None:
        self._taking = taking
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def finish_request(self, request: socket.socket, _address: object) -> None:
        with suppress(OSError):
            self._taking(request)

    def handle_error(self, *_where: object) -> None:
        """Whoever hangs up does so on purpose."""


class Site(Listening):
    """A web site. `asked` has the head of every request, as it came; `called` how many lines were opened to it."""

    def __init__(self, answers: Mapping[str, Answer], safe: ssl.SSLContext | None = None) -> None:
        self.answers = dict(answers)
        self.asked: list[str] = []
        self.called = 0
        self._safe = safe
        super().__init__(self._serve)

    def address(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self._safe else 'http'}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but robots.txt, which always is."""
        found = [head.split()[1] for head in self.asked]
        return [path for path in found if not path.endswith("/robots.txt")]

    def _serve(self, line: socket.socket) -> None:
        self.called += 1
        if self._safe:
            line = self._safe.wrap_socket(line, server_side=True)
        with line:
            head = b""
            while b"\r\n\r\n" not in head and (piece := line.recv(4096)):
                head += piece
            if not head:
                return
            self.asked.append(head.decode("latin-1"))
            target = "/" + head.split()[1].decode("latin-1").partition("://")[2].partition("/")[2]
            path = target if b"://" in head.split()[1] else head.split()[1].decode("latin-1")
            said = self.answers.get(path, answer("There is no such page.", status="404 Not Found"))
            line.sendall(said) if isinstance(said, bytes) else said(line)


class Socks(Listening):
    """A SOCKS proxy that knows where some names lead. `asked` has each name and port, `names` what it was greeted with."""

    def __init__(self, leads: Mapping[str, int]) -> None:
        self._leads = leads
        self.asked: list[str] = []
        self.names: list[bytes] = []
        super().__init__(self._serve)

    def _serve(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as stream:
            _, count = stream.read(2)
            offered = stream.read(count)
            line.sendall(b"\x05\x02" if 2 in offered else b"\x05\x00")
            if 2 in offered:
                _, length = stream.read(2)
                self.names.append(stream.read(length))
                stream.read(stream.read(1)[0])
                line.sendall(b"\x01\x00")
            _, _, _, kind = stream.read(4)
            size = {1: 4, 4: 16}.get(kind) or stream.read(1)[0]
            place = stream.read(size)
            host = place.decode() if kind == 3 else str(ip_address(place))
            self.asked.append(f"{host}:{int.from_bytes(stream.read(2), 'big')}")
            port = self._leads.get(host)
            line.sendall(bytes([5, 4 if port is None else 0, 0, 1]) + bytes(6))
            if port is not None:
                with socket.create_connection(("127.0.0.1", port)) as site:
                    join(line, site)


class Proxy(Listening):
    """A proxy of the web that knows where some names lead. `asked` has the first line of each request."""

    def __init__(self, leads: Mapping[str, int]) -> None:
        self._leads = leads
        self.asked: list[str] = []
        super().__init__(self._serve)

    def _serve(self, line: socket.socket) -> None:
        with line:
            head = b""
            while b"\r\n\r\n" not in head and (piece := line.recv(4096)):
                head += piece
            method, target, _ = head.split(b"\r\n")[0].decode().split()
            self.asked.append(f"{method} {target}")
            host = target.partition("://")[2].partition("/")[0] if "://" in target else target
            port = self._leads.get(host.partition(":")[0])
            if port is None:
                line.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", port)) as site:
                if method == "CONNECT":
                    line.sendall(b"HTTP/1.1 200 Established\r\n\r\n")
                else:
                    site.sendall(head)
                join(line, site)


def join(one: socket.socket, other: socket.socket) -> None:
    """What comes on one line goes out on the other, until both have hung up."""
    back = Thread(target=_pour, args=(other, one))
    back.start()
    _pour(one, other)
    back.join()


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(1 << 16):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


class Certified:
    """An authority for sites, and sites that it certifies. Its root lies in a file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._key, self._root = _signed("Root of the web of the tests", None, [])
        self.roots = folder / "roots.pem"
        self.roots.write_bytes(self._root.public_bytes(Encoding.PEM))

    def site(self, *hosts: str, ends: timedelta = timedelta(days=2)) -> ssl.SSLContext:
        """Safe lines for a site of these names."""
        key, certificate = _signed(hosts[0], (self._key, self._root), hosts, ends=ends)
        file = self._folder / f"{hosts[0]}-{certificate.serial_number}.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + certificate.public_bytes(Encoding.PEM) + self._root.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _signed(name, issuer, hosts, *, ends: timedelta = timedelta(days=2)):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + ends)
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
    )
    if hosts:
        names = [x509.IPAddress(ip_address(h)) if h[0].isdigit() else x509.DNSName(h) for h in hosts]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return key, builder.sign(issuer[0] if issuer else key, SHA256())
