"""Mailboxes (mbox, RFC 4155): each message becomes a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from platform import python_version

from panah.library.extractors import Extracted
from panah.library.extractors.contents import Contents
from panah.library.extractors.headers import fields_of, parsed
from panah.library.extractors.kinds import MBOX
from panah.library.extractors.mail import ODD, Mail

_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]{3,200}\d{4}[^\n]{0,40}\r?\n(?=[!-9;-~]+:|>From )")
_SAID = ("Date", "From", "Subject")


class Mbox:
    """The messages as they stand in it, byte for byte; a box of one message is read as that message."""

    name = "mbox"
    version = f"1+email-{python_version()}"
    media_types = frozenset({MBOX})

    def read(self, content: bytes) -> Extracted:
        """Cut at the lines that begin a message. Raises what reading mail raises."""
        messages = list(_messages(content))
        if len(messages) < 2:
            return Mail().read(messages[0] if messages else content)
        contents = Contents()
        for number, message in enumerate(messages, start=1):
            said = _said(message)
            contents.take(f"{number:05}.eml", message, said=", ".join(filter(None, said)))
        return contents.extracted([f"Mailbox, {len(messages)} messages"])


def _messages(content: bytes) -> Iterator[bytes]:
    bounds = list(_SEPARATOR.finditer(content))
    ends = [*(bound.start() for bound in bounds), len(content)][1:]
    for bound, end in zip(bounds, ends, strict=True):
        yield content[bound.end() : end]


def _said(message: bytes) -> list[str]:
    """When it was written, by whom, and about what."""
    head = re.split(rb"\r?\n\r?\n", message, maxsplit=1)[0][:20_000]
    try:
        fields = dict(fields_of(parsed(head, header_only=True), _SAID))
    except ODD:
        return []
    return [fields.get(name, "") for name in _SAID]
