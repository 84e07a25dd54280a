"""What can be decided about a text without knowing where it is kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from panah.errors import PanahError

ENOUGH = 600
"""A passage takes in paragraphs until it has so many bytes of text."""
TOO_MUCH = 2_400
"""A paragraph longer than this is cut at a line's or a sentence's end."""
CONTEXT = 40
"""Characters of a quotation's surroundings that are kept with it."""

_STOP = re.compile(
    rb"\n+|(?:[.!?;:]|\xe3\x80\x82|\xef\xbc\x9b|\xef\xbc\x81|\xef\xbc\x9f|\xd8\x9f|\xdb\x94)[\"')\]]*(?:\s+|(?=[\xe3-\xe9]))"
)
"""Line ends, and sentence ends in the scripts we know: . ! ? ; : 。；！？؟ ۔"""


LONGEST_NAME = 200
WANTED = {"kind-not-read", "kind-unknown", "recognition-missing", "heic-not-opened"}
"""Refusals for want of what a later Panah may have, or this one once it is installed."""
LONGEST_PATH = 4096
LONGEST_INSIDE = 1000


class CollectionNameUnusable(PanahError):
    """“{name}” cannot be the name of a collection: it has 1 to {longest} characters, none of which controls a terminal."""


class Stretch(NamedTuple):
    """Bytes `start` up to `end` of a reading, and the page (from 1) on which they begin, if it has pages."""

    start: int
    end: int
    page: int | None


class Context(NamedTuple):
    """What stands before and after a quotation."""

    prefix: str
    suffix: str


def require_collection_name(name: str) -> None:
    """Raises `CollectionNameUnusable` for what no collection can be called."""
    controls = any(unicodedata.category(character) == "Cc" for character in name)
    if controls or not name.strip() or len(name) > LONGEST_NAME:
        raise CollectionNameUnusable(name=name[:LONGEST_NAME], longest=LONGEST_NAME)


def name_of(path: str) -> str:
    """What a document is called that nobody gave a title: the name of the file that it was handed in as."""
    return path.rpartition("/")[2][:500] or "Untitled"


def ids_beginning(reference: str, shortest: int) -> tuple[str, str] | None:
    """The least and the greatest id that begins as `reference` does, a whole one included; None where that is no such id."""
    digits = reference.replace("-", "").lower()
    if not shortest <= len(digits) <= 32 or any(digit not in "0123456789abcdef" for digit in digits):
        return None
    return digits.ljust(32, "0"), digits.ljust(32, "f")


def name_inside(name: str) -> str:
    """What something is called that stands inside a document: as it is called there, in characters that can be seen."""
    seen = "".join(" " if unicodedata.category(character) == "Cc" else character for character in name)
    return " ".join(seen.split())[-LONGEST_INSIDE:] or "Untitled"


def may_be_read_better(
    *, made: tuple[str, str] | None, newest: tuple[str, str] | None, pictures: bool, refusal: str
) -> bool:
    """Whether to read a document once more: another extractor, or version of it, reads its kind now than `made` its reading.

    `pictures` says that it has pages which could not be recognised then, and can be now. One that was refused is tried
    again where that was for want of something.
    """
    if refusal in WANTED:
        return True
    return pictures or (made is not None and newest is not None and made != newest)


def passages(reading: bytes, paragraphs: Sequence[tuple[int, int]], pages: Sequence[int]) -> Iterator[Stretch]:
    """Cut a reading into passages: whole paragraphs of one page, until there is enough; long ones at a stop."""
    start = end = -1
    for first, last in _pieces(reading, paragraphs):
        full = end - start >= ENOUGH or last - start > TOO_MUCH
        if start >= 0 and (full or page_of(first, pages) != page_of(start, pages)):
            yield Stretch(start, end, page_of(start, pages))
            start = -1
        start = first if start < 0 else start
        end = last
    if start >= 0:
        yield Stretch(start, end, page_of(start, pages))


def language_of_most(sizes: Mapping[str, int]) -> str:
    """The language of more than half of a text, of which each language has so many bytes; "" where there is none."""
    return next((tag for tag, size in sizes.items() if 2 * size > sum(sizes.values())), "")


def group_of(document: UUID) -> int:
    """The number under which the index has the passages of a document together: the first 63 bits of its reference."""
    return document.int >> 65


def page_of(position: int, pages: Sequence[int]) -> int | None:
    """The page, counted from 1, on which the byte at `position` stands."""
    return bisect_right(pages, position) or None if pages else None


def context_of(reading: bytes, start: int, end: int) -> Context:
    """Up to `CONTEXT` characters on either side, whole characters only."""
    before = reading[max(0, start - 4 * CONTEXT) : start].decode("utf-8", "ignore")
    after = reading[end : end + 4 * CONTEXT].decode("utf-8", "ignore")
    return Context(before[-CONTEXT:], after[:CONTEXT])


def stands_at(reading: bytes, words: str, near: int = 0) -> list[int]:
    """Every byte at which `words` begin, from `near` on."""
    wanted, found, at = words.encode(), [], near
    while wanted and (at := reading.find(wanted, at)) >= 0:
        found.append(at)
        at += 1
    return found


def whole_characters(reading: bytes, start: int, end: int) -> bool:
    """Whether a byte range begins and ends between characters, not inside one."""
    return all(at == len(reading) or reading[at] & 0xC0 != 0x80 for at in (start, end))


def _pieces(reading: bytes, paragraphs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in paragraphs:
        while end - start > TOO_MUCH:
            cut = _last_stop(reading, start, start + TOO_MUCH)
            yield start, cut
            start = cut
        if end > start:
            yield start, end


def _last_stop(reading: bytes, start: int, limit: int) -> int:
    """Where to cut a long paragraph: after the last stop past the middle; else after the last space; else anywhere."""
    stops = [stop.end() for stop in _STOP.finditer(reading, start + (limit - start) // 2, limit)]
    if stops:
        return stops[-1]
    space = reading.rfind(b" ", start + 1, limit)
    cut = space + 1 if space > 0 else limit
    while reading[cut] & 0xC0 == 0x80:
        cut -= 1
    return cut
