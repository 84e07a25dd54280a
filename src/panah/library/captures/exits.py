"""The ways out: directly, through a proxy of the web, through Tor."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from panah import proof
from panah.errors import PanahError, Phrase
from panah.library.captures import Deadline, Reached
from panah.library.captures.addresses import Address, Neighbours, literal, require_name, require_open

_LONGEST_WELCOME = 16 * 1024


class SiteUnknown(PanahError):
    """There is no site called {host}, or nobody could be asked for it."""

    status = 502


class SiteUnreachable(PanahError):
    """{host} cannot be reached: {reason}."""

    status = 502


class ExitUnreachable(PanahError):
    """The exit for captures, {exit}, cannot be reached: {reason}. Nothing was sent by another way."""

    status = 502


class ExitRefused(PanahError):
    """The exit for captures, {exit}, does not lead to {host}: {reason}."""

    status = 502


class Direct:
    """From this machine's own address. The name is resolved here, once; what is connected to is what was looked at."""

    name = "direct"

    def __init__(self, _proxy: str, neighbours: Neighbours) -> None:
        self._neighbours = neighbours

    def reach(self, address: Address, deadline: Deadline) -> Reached:
        """Raises `AddressForbidden` where any of the addresses of a name is not of the open internet."""
        require_name(address, self._neighbours)
        found = _resolved(address)
        if address.host not in self._neighbours.names:
            for ip in found:
                require_open(address.host, ip_address(ip), self._neighbours)
        reason = ""
        for ip in found:
            try:
                with _said_when_late(deadline):
                    connection = socket.create_connection((ip, address.port), deadline.left())
            except OSError as error:
                reason = error.strerror or type(error).__name__
            else:
                return Reached(connection, ip, found if literal(address.host) is None else ())
        raise SiteUnreachable(host=address.host, reason=reason)


class Through:
    """Another program's way out. It resolves the name; here nobody is asked for it."""

    name = ""

    def __init__(self, proxy: str, neighbours: Neighbours) -> None:
        host, _, port = proxy.rpartition(":")
        self._host, self._port = host.strip("[]"), int(port)
        self._neighbours = neighbours

    def reach(self, address: Address, deadline: Deadline) -> Reached:
        """Raises `AddressForbidden`, `ExitUnreachable`, `ExitRefused`."""
        require_name(address, self._neighbours)
        try:
            connection = socket.create_connection((self._host, self._port), deadline.left())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ExitUnreachable(exit=self.name, reason=reason) from None
        try:
            with _said_when_late(deadline):
                return self._led_on(connection, address, deadline)
        except OSError as error:
            connection.close()
            raise ExitRefused(
                exit=self.name, host=address.host, reason=error.strerror or Phrase("it hung up")
            ) from None
        except PanahError:
            connection.close()
            raise

    def _led_on(self, connection: socket.socket, address: Address, deadline: Deadline) -> Reached:
        raise NotImplementedError

    def _refused(self, address: Address, reason: str) -> ExitRefused:
        return ExitRefused(exit=self.name, host=address.host, reason=reason)


class Proxy(Through):
    """A proxy of the web (RFC 9110): it is asked for a tunnel, or for the page itself where that comes without TLS."""

    name = "proxy"

    def _led_on(self, connection: socket.socket, address: Address, deadline: Deadline) -> Reached:
        if address.scheme == "http":
            return Reached(connection, to_proxy=True)
        host = f"[{address.host}]" if ":" in address.host else address.host
        place = f"{host}:{address.port}"
        connection.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode("ascii"))
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = deadline.bind(connection).recv(1)  # what follows the empty line is the site's own
            if not piece or len(answer) > _LONGEST_WELCOME:
                raise self._refused(address, "its answer has no end")
            answer += piece
        version, _, rest = answer.partition(b"\r\n")[0].partition(b" ")
        if not version.startswith(b"HTTP/1.") or rest[:1] != b"2":
            raise self._refused(address, rest.decode("ascii", "replace")[:100] or "it speaks no HTTP")
        return Reached(connection)


class Tor(Through):
    """A SOCKS proxy (RFC 1928) that resolves names itself. Tor keeps apart what comes with different names (RFC 1929)."""

    name = "tor"

    _WHY = ("", "it failed", "it is forbidden", "no such network", "no such host", "nobody listens there", "it took too long",
            "it cannot", "it knows no such address")  # fmt: skip
    """Its reasons, by their numbers (RFC 1928, 6)."""

    def __init__(self, proxy: str, neighbours: Neighbours) -> None:
        super().__init__(proxy, neighbours)
        self._circuit = proof.random_key().hex()
        """A name that nobody else gives: Tor leads this capture by a way of its own."""

    def _led_on(self, connection: socket.socket, address: Address, deadline: Deadline) -> Reached:
        ask = _Asking(connection, deadline)
        method = ask(b"\x05\x02\x00\x02", 2)
        if method == b"\x05\x02":
            name = self._circuit.encode()
            if ask(b"\x01" + bytes([len(name)]) + name + b"\x01-", 2)[1:] != b"\x00":
                raise self._refused(address, "it wants another name")
        elif method != b"\x05\x00":
            raise self._refused(address, "it does not speak SOCKS 5")
        head = ask(b"\x05\x01\x00" + _destination(address), 4)
        if head[:1] != b"\x05" or head[1]:
            why = self._WHY[head[1]] if head[1] < len(self._WHY) else ""
            raise self._refused(address, why or Phrase("it gives no reason"))
        size = {1: 4, 4: 16}.get(head[3]) or ask(b"", 1)[0]
        ask(b"", size + 2)
        return Reached(connection)


class _Asking:
    """Sends, and waits for so many bytes."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection, self._deadline = connection, deadline

    def __call__(self, said: bytes, count: int) -> bytes:
        """Raises OSError where fewer come."""
        if said:
            self._deadline.bind(self._connection).sendall(said)
        answer = b""
        while len(answer) < count:
            piece = self._deadline.bind(self._connection).recv(count - len(answer))
            if not piece:
                raise ConnectionResetError
            answer += piece
        return answer


def _destination(address: Address) -> bytes:
    """Kind, place and port (RFC 1928, 5). A name is given as a name: nobody here is asked what it means."""
    ip, port = literal(address.host), address.port.to_bytes(2, "big")
    if ip is not None:
        return (b"\x01" if ip.version == 4 else b"\x04") + ip.packed + port
    host = address.host.encode("ascii")
    return b"\x03" + bytes([len(host)]) + host + port


def _resolved(address: Address) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SiteUnknown(host=address.host) from None
    return tuple(dict.fromkeys(str(info[4][0]) for info in found))


@contextmanager
def _said_when_late(deadline: Deadline) -> Iterator[None]:
    """What took too long is `CaptureTooSlow` where that is so; else the system's own word."""
    try:
        yield
    except TimeoutError:
        deadline.left()
        raise
