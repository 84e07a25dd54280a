"""The words of a draft, read in a confined process as a document is, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from panah.errors import PanahError
from panah.library.extractors import loaded, paths_of
from panah.library.extractors.kinds import DOCX, HTML, ODT, PDF, PICTURES, PLAIN, RTF, called, media_type
from panah.library.extractors.supervisor import Refusal, Supervisor

READ = frozenset({DOCX, ODT, RTF, PDF, HTML, PLAIN}) | PICTURES
"""What a draft may be."""
LARGEST = 64 << 20
"""Bytes of a draft."""


class DraftNotRead(PanahError):
    """The draft cannot be read. {reason}."""


class DraftOfOtherKind(PanahError):
    """A draft is a text, a document of a word processor or a PDF; this is {kind}."""


class DraftTooLarge(PanahError):
    """A draft has at most {largest} bytes; this one has {size}."""

    status = 413


class Draft(NamedTuple):
    """The words of a draft, and whether some of them were recognised on pictures of pages."""

    words: str
    was_recognised: bool


def read(*, head: bytes, tail: bytes, size: int, pieces: Iterable[bytes]) -> Draft:
    """The words of a draft, which begins and ends with some bytes.

    Raises `DraftNotRead`, `DraftOfOtherKind`, `DraftTooLarge`.
    """
    kind = media_type(head, tail)
    if size > LARGEST:
        raise DraftTooLarge(largest=LARGEST, size=size)
    if size and kind not in READ:
        raise DraftOfOtherKind(kind=called(kind))
    with Supervisor(paths_of(loaded(settings.EXTRACTORS))) as supervisor:
        text = supervisor.read(media_type=kind, size=size, pieces=pieces, languages="")
    if isinstance(text, Refusal):
        raise DraftNotRead(reason=text.sentence)
    return Draft(text.content.decode(), bool(text.found.get("pictures")))
