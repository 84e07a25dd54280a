"""The fields of a message's header as they are written: nothing is left out because it breaks a rule.

Python's own reading of addresses drops what follows a mistake, such as the second of two with a semicolon between them.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from panah.library.extractors.plain import decoded

_WORD = re.compile(r"=\?([^\s?*]+)(?:\*[^\s?]*)?\?([bq])\?([^?]*)\?=", re.IGNORECASE)

_END = re.compile(rb"\r?\n\r?\n")
_SPACED = re.compile(rb"^([!-9;-~]+)[ \t]+(?=:)", re.MULTILINE)
"""A field's name with spaces before its colon, as mail of the last century may have it (RFC 5322, 4.5)."""


class _AsWritten(Compat32):
    """Fields as text; bytes that should not stand there unencoded are read as what they look like."""

    def header_fetch_parse(self, _name: str, value: str) -> str:
        return _readable(value)


_AS_WRITTEN = _AsWritten()


def parsed(content: bytes, *, header_only: bool = False) -> Message:
    """A message, its parts and their fields."""
    head = _END.search(content)
    end = head.start() if head else len(content)
    content = _SPACED.sub(rb"\1", content[:end]) + content[end:]
    return BytesParser(policy=_AS_WRITTEN).parsebytes(content, headersonly=header_only)


def fields_of(message: Message, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The fields of these names, in the order of the names, as people read them."""
    for name in names:
        for value in message.get_all(name, []):
            yield name, shown(value)


def shown(value: str) -> str:
    """A field's words on one line, what was encoded in them decoded (RFC 2047)."""
    text, at, before, held = "", 0, "", b""
    for word in _WORD.finditer(value):
        between, content = value[at : word.start()], _unpacked(word[2], word[3])
        charset = word[1].lower()
        if charset != before or between.strip():  # else a letter may begin in one word and end in the next
            text += _decoded(held, before)
            text += between if between.strip() or not before else ""
            held, before = b"", charset
        held, at = held + content, word.end()
    text += _decoded(held, before) + value[at:]
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """Text without half characters and NULs, which no encoding can store."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


def _unpacked(encoding: str, written: str) -> bytes:
    """The bytes of an encoded word; where they cannot be had, the word as it is written."""
    try:
        if encoding in "qQ":
            return binascii.a2b_qp(written.encode(), header=True)
        return binascii.a2b_base64(written + "=" * (-len(written) % 4)) or written.encode()
    except (binascii.Error, ValueError):
        return written.encode()


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeError):
        return decoded(content)[0]


def _readable(value: str) -> str:
    if value.isascii():
        return value
    written = value.encode("utf-8", "surrogateescape")
    return decoded(b" " + written)[0][1:]  # what would mark an order of bytes marks nothing inside a line
