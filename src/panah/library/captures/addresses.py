"""Addresses of web pages: which may be asked for at all, and which of this machine and its neighbours may not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple, Self
from urllib.parse import quote, urljoin, urlsplit

from panah.errors import PanahError, Phrase

LONGEST = 2000
"""Characters of an address."""

IP = IPv4Address | IPv6Address

_PORTS = {"http": 80, "https": 443}
_CLOSED = range(1, 1024)
"""Ports below it belong to the system's services, which a request could be made to speak to; the web's own two are open."""
_AT_HOME = (".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".home.arpa")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_CARRIERS = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""Networks whose addresses carry another address inside: what they lead to is not what they look like."""


class AddressUnusable(PanahError):
    """“{address}” cannot be captured: {reason}."""


class AddressForbidden(PanahError):
    """{host} is not asked: it leads to this machine, or into a private network."""

    status = 403


class Address(NamedTuple):
    """An address as it is asked for: every part in ASCII, and what stands after a # left away."""

    scheme: str
    host: str
    """Lower case; an address of IPv6 without its brackets."""
    port: int
    target: str
    """The path, with what is asked of it."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """The host and, where it is not the usual one, the port, as a request names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


class Neighbours(NamedTuple):
    """What the operator allows of this machine and of private networks: names, and addresses with their networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[tuple[int, int, int], ...] = ()
    """Version, first and last address of each."""

    @classmethod
    def of(cls, listed: Iterable[str]) -> Self:
        """Read what the operator lists. Raises ValueError for a network that is none."""
        names, networks = set(), []
        for item in filter(None, map(str.strip, listed)):
            if item[0].isdigit() or ":" in item:
                network = ip_network(item)
                networks.append((network.version, int(network[0]), int(network[-1])))
            else:
                names.add(item.lower())
        return cls(frozenset(names), tuple(networks))

    def allow(self, ip: IP) -> bool:
        """Whether an address is among them."""
        return any(version == ip.version and first <= int(ip) <= last for version, first, last in self.networks)


def address_of(written: str, base: Address | None = None) -> Address:
    """An address as a person or, with `base`, a page writes it. Raises `AddressUnusable`."""
    shown = written.strip()[:LONGEST]
    try:
        parts = urlsplit(urljoin(str(base), written.strip()) if base else written.strip())
        scheme, port = parts.scheme.lower(), parts.port
    except ValueError:
        raise AddressUnusable(address=shown, reason="it is not an address") from None
    if scheme not in _PORTS:
        raise AddressUnusable(address=shown, reason="it does not begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise AddressUnusable(address=shown, reason="it holds a name or a password, and none is ever sent")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_asked(parts.query)}" if parts.query else "")
    found = Address(scheme, _host(parts.hostname or "", shown), port or _PORTS[scheme], target)
    if len(str(found)) > LONGEST or _UNFIT.search(parts.netloc):
        raise AddressUnusable(
            address=shown, reason=Phrase("it is longer than {longest} characters, or holds blanks", longest=LONGEST)
        )
    return found


def require_name(address: Address, neighbours: Neighbours) -> None:
    """Raises `AddressForbidden` for a name, a number or a port that is not of the open web; no name is resolved."""
    if address.host in neighbours.names:
        return
    ip = literal(address.host)
    if ip is not None:
        require_open(address.host, ip, neighbours)
        if neighbours.allow(ip):
            return
    elif "." not in address.host or address.host.endswith(_AT_HOME):
        raise AddressForbidden(host=address.host)
    if address.port in _CLOSED and address.port not in _PORTS.values():
        raise AddressUnusable(
            address=str(address), reason=Phrase("port {port} is not one of the web's", port=address.port)
        )


def require_open(host: str, ip: IP, neighbours: Neighbours) -> None:
    """Raises `AddressForbidden` for an address that is not of the open internet, unless the operator allows it."""
    plain = ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
    hidden = isinstance(plain, IPv6Address) and any(plain in network for network in _CARRIERS)
    if (not plain.is_global or plain.is_multicast or hidden) and not neighbours.allow(plain):
        raise AddressForbidden(host=host)


def literal(host: str) -> IP | None:
    """The address that a host is written as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _host(written: str, shown: str) -> str:
    """A host in ASCII. A name whose last part is a number would be read as an address, by rules of each reader's own."""
    if literal(written.partition("%")[0]) is not None:
        if "%" in written:
            raise AddressUnusable(address=shown, reason="it names a network card of this machine")
        return written
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        host = ""
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
        raise AddressUnusable(address=shown, reason="it has no host, or one that cannot be")
    return host


def _asked(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?[]|^`{}")
