"""What Outlook keeps of a message, written down as the message that it was (RFC 5322), to be read as any other.

Outlook stores a message as properties, each with a number (MS-OXPROPS); the header of what came through the Internet is one
of them. Message and mailbox hold the same ones.
"""

from __future__ import annotations

import base64
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote

from panah.errors import PanahError
from panah.library.extractors.rtf import Rtf

SUBJECT, HEADERS, BODY, RTF_BODY, HTML_BODY = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
SENT_AT, DELIVERED_AT, MESSAGE_ID, IN_REPLY_TO = 0x0039, 0x0E06, 0x1035, 0x1042
SHOWN_TO, SHOWN_CC, SHOWN_BCC = 0x0E04, 0x0E03, 0x0E02
CODE_PAGE, INTERNET_CODE_PAGE = 0x3FFD, 0x3FDE
RECIPIENT_KIND, NAME, ADDRESS, SMTP_ADDRESS = 0x0C15, 0x3001, 0x3003, 0x39FE
CONTENT, METHOD, SHORT_FILE_NAME, FILE_NAME, MEDIA_TYPE = 0x3701, 0x3705, 0x3704, 0x3707, 0x370E

_LONG, _TIME, _BYTES, _UNICODE, _BINARY = 0x0003, 0x0040, 0x001E, 0x001F, 0x0102
"""Kinds of properties; there are others, which say nothing that is needed here."""

Properties = Mapping[int, str | bytes | int | datetime]
"""What is said of a message, a recipient or an attachment, by the numbers of Outlook."""

_FIELDS = ("to", "cc", "bcc")
_REMADE = re.compile(r"(?:content-[\w-]+|mime-version|dkim-signature)$", re.IGNORECASE)
"""Fields of the header that hold for the bytes that were sent, and not for what Outlook made of them."""
_FIELD = re.compile(r"^([!-9;-~]+):(.*(?:\n[ \t].*)*)", re.MULTILINE)
_MEANING = re.compile(r'[",;:<>@()\[\]\\]')
_BOUNDARY = "=_panah"
"""Nothing in base64 looks like it."""
_UNPACKED_AT_FIRST = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbol"
    b"ArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What compressed rich text may refer to before anything stands in it (MS-OXRTFCP, 2.1.2.1)."""
_WINDOW, _PACKED, _AS_IT_IS = 4096, b"LZFu", b"MELA"
_LARGEST_RTF = 1 << 26


class Attached(NamedTuple):
    """What is attached: a file, or bytes that are a message."""

    name: str
    content: bytes


class Outlook(NamedTuple):
    """A message as Outlook keeps it."""

    said: Properties
    recipients: Sequence[Properties]
    attached: Sequence[Attached]
    left: Sequence[str] = ()
    """What cannot be taken out of it, in words."""


def written(message: Outlook) -> bytes:
    """The message with its header, its bodies and what is attached. Its own header, where it has one, goes before."""
    lines = [f"{name}: {' '.join(value.split())}" for name, value in _header(message) if value.strip()]
    bodies = [_part(kind, content) for kind, content in _bodies(message.said)]
    parts = [_several("alternative", bodies)] if bodies else []
    if message.left:
        left = "\n".join(f"[Attached, but not taken out: {what}]" for what in message.left)
        parts.append(_part("text/plain; charset=utf-8", _utf_8(left)))
    parts += [_file(attached) for attached in message.attached]
    head = "\r\n".join([*lines, "MIME-Version: 1.0"]).encode("utf-8", "replace")
    return head + b"\r\n" + (_several("mixed", parts) if parts else b"\r\n")


def _header(message: Outlook) -> Iterator[tuple[str, str]]:
    sent = str(message.said.get(HEADERS, "")).replace("\r\n", "\n").replace("\r", "\n")
    own = [(name, value) for name, value in _FIELD.findall(sent) if not _REMADE.match(name)]
    yield from own
    there = {name.lower() for name, _ in own}
    yield from ((name, value.replace("\0", "")) for name, value in _kept(message) if name.lower() not in there)


def _kept(message: Outlook) -> Iterator[tuple[str, str]]:
    """What Outlook itself says in the place of a header."""
    said = message.said
    yield "From", _mailbox(said, SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS)
    for number, (field, shown) in enumerate(zip(_FIELDS, (SHOWN_TO, SHOWN_CC, SHOWN_BCC), strict=True), start=1):
        people = [person for person in message.recipients if person.get(RECIPIENT_KIND, 1) == number]
        named = ", ".join(_mailbox(person, NAME, SMTP_ADDRESS, ADDRESS) for person in people)
        yield field.title(), named or _names(str(said.get(shown, "")))
    at = said.get(SENT_AT) or said.get(DELIVERED_AT)
    yield "Date", format_datetime(at) if isinstance(at, datetime) else ""
    yield "Subject", str(said.get(SUBJECT, ""))
    yield "Message-ID", str(said.get(MESSAGE_ID, ""))
    yield "In-Reply-To", str(said.get(IN_REPLY_TO, ""))
    yield "Comments", "written by Panah from what Outlook kept; not the bytes that were sent"


def _names(shown: str) -> str:
    """Names without addresses, as Outlook shows them, with a semicolon between two."""
    names = (name.strip("\0 '\"") for name in shown.split(";"))
    return ", ".join(_quoted(name) for name in names if name)


def _mailbox(said: Properties, name: int, *addresses: int) -> str:
    """Name and address; the address that Exchange has for its own people only where there is no other."""
    called = str(said.get(name, "")).strip("\0 '")
    known = (str(said.get(address, "")).strip("\0 ") for address in addresses)
    address = next(filter(None, known), "")
    if not address or address == called:
        return called
    return f"{_quoted(called)} <{address}>" if called else address


def _quoted(name: str) -> str:
    """A name; in quotation marks where it has signs that mean something between addresses."""
    return f'"{name.replace(chr(34), "")}"' if _MEANING.search(name) else name


def _bodies(said: Properties) -> Iterator[tuple[str, bytes]]:
    if words := said.get(BODY):
        yield "text/plain; charset=utf-8", _utf_8(words)
    if page := said.get(HTML_BODY):
        charset = "utf-8" if isinstance(page, str) else encoding_of(said)
        yield f"text/html; charset={charset}", page if isinstance(page, bytes) else _utf_8(page)
    if not words and not page and isinstance(rich := said.get(RTF_BODY), bytes) and rich:
        yield "text/plain; charset=utf-8", _plain(rich).encode()


def _utf_8(words: object) -> bytes:
    return words if isinstance(words, bytes) else str(words).replace("\0", "").encode("utf-8", "replace")


def encoding_of(said: Properties) -> str:
    """The encoding in which strings of bytes are, by the code page that the message names."""
    page = said.get(INTERNET_CODE_PAGE) or said.get(CODE_PAGE)
    known = {
        65001: "utf-8",
        20127: "ascii",
        936: "gb18030",
        54936: "gb18030",
        20866: "koi8-r",
        28591: "latin-1",
        1200: "utf-16-le",
    }
    name = known.get(page, f"cp{page}") if isinstance(page, int) else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def _plain(rich: bytes) -> str:
    try:
        return Rtf().read(rich).text
    except PanahError as error:
        return f"[Its text cannot be read: {error.sentence}]"


def _part(kind: str, content: bytes, *more: str) -> bytes:
    head = "\r\n".join([f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *more])
    return head.encode() + b"\r\n\r\n" + base64.encodebytes(content).replace(b"\n", b"\r\n")


def _file(attached: Attached) -> bytes:
    name = " ".join(attached.name.replace("\0", "").split()).encode("utf-8", "replace")
    named = f"Content-Disposition: attachment; filename*=utf-8''{quote(name, safe='')}"
    return _part("application/octet-stream", attached.content, named)


def _several(kind: str, parts: Sequence[bytes]) -> bytes:
    boundary = f"{_BOUNDARY}_{kind}"
    between = f"--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(between + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def stated(number: int, kind: int, value: bytes, encoding: str) -> dict[int, str | bytes | int | datetime]:
    """A property as it is stored: its number, its kind and its bytes. {} for kinds that say nothing here."""
    if kind == _UNICODE:
        return {number: _without_prefix(value.decode("utf-16-le", "replace"))}
    if kind == _BYTES:
        return {number: _without_prefix(value.decode(encoding, "replace"))}
    if kind == _BINARY:
        return {number: rich_text(value) if number == RTF_BODY else value}
    if kind == _LONG:
        return {number: int.from_bytes(value[:4], "little")}
    at = filetime(int.from_bytes(value[:8], "little")) if kind == _TIME else None
    return {number: at} if at else {}


def _without_prefix(text: str) -> str:
    """Mailboxes begin a subject with a sign and the length of its “Re: ”."""
    return text[2:] if text.startswith("\x01") else text


def filetime(ticks: int) -> datetime | None:
    """The time of so many tenths of a microsecond since 1601; None where that is no time of this calendar."""
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def rich_text(packed: bytes) -> bytes:
    """Rich text as Outlook compresses it (MS-OXRTFCP); nothing where it is damaged."""
    if len(packed) < 16:
        return b""
    size, raw, kind, check = struct.unpack_from("<II4sI", packed)
    content = packed[16 : size + 4]
    if kind == _AS_IT_IS:
        return content[:raw]
    if kind != _PACKED or raw > _LARGEST_RTF or zlib.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF != check:
        return b""
    return _unpacked(content)[:raw]


def _unpacked(content: bytes) -> bytes:
    """Each control byte says of the eight tokens after it whether they are a letter or refer to what stood before."""
    window, at = bytearray(_UNPACKED_AT_FIRST.ljust(_WINDOW, b" ")), len(_UNPACKED_AT_FIRST)
    out, place = bytearray(), 0
    while place < len(content):
        control, place = content[place], place + 1
        for bit in range(8):
            refers = control >> bit & 1
            start, length = divmod(int.from_bytes(content[place : place + 2], "big"), 16) if refers else (0, 0)
            if refers and start == at:
                return bytes(out)
            for number in range(length + 2 if refers else len(content[place : place + 1])):
                window[at] = window[(start + number) % _WINDOW] if refers else content[place]
                out.append(window[at])
                at = (at + 1) % _WINDOW
            place += 1 + refers
    return bytes(out)
