"""The texts of the library that a draft is compared with, each read and digested once, and their passages."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from panah import text
from panah.library import queries, rules
from panah.library.checking.results import Source
from panah.library.models import Document, Passage, Reading

MOST_BYTES = 64 << 20
"""Of readings that are kept in memory while a draft is checked."""


class Window(NamedTuple):
    """A stretch of a reading, and the byte at which it begins."""

    words: str
    start: int


class Sources:
    """Readings and passages that were found for one member, remembered while a draft is checked."""

    def __init__(self, but: Document | None = None) -> None:
        self._but = but
        """The document that quotes, where it stands in the library itself."""
        self._readings: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._passages: dict[int, Passage] = {}

    def fetch(self, numbers: Iterable[int]) -> None:
        """Have passages at hand, by their numbers: all of many at once, which is quicker than each by itself."""
        new = set(numbers) - self._passages.keys()
        if new:
            rows = (
                Passage.objects.filter(pk__in=new)
                .exclude(document=self._but)
                .select_related("document__source", "reading__original")
            )
            self._passages |= {row.pk: row for row in rows.defer("reading__paragraphs", "reading__about")}

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Passages that were fetched, in this order, each once; those that are gone by now are not there."""
        return [self._passages[number] for number in dict.fromkeys(numbers) if number in self._passages]

    def content(self, reading: Reading) -> bytes:
        """The bytes of a reading, checked against its digest. Raises `SealBroken`."""
        digest = reading.digest
        if digest not in self._readings:
            self._readings[digest] = content = queries.content(reading)
            self._size += len(content)
            while self._size > MOST_BYTES and len(self._readings) > 1:
                self._size -= len(self._readings.popitem(last=False)[1])
        self._readings.move_to_end(digest)
        return self._readings[digest]

    def window(self, passage: Passage, around: int) -> Window:
        """A passage with so many bytes on either side, cut between characters. Raises `SealBroken`."""
        content = self.content(passage.reading)
        start = max(0, passage.start - around)
        words = content[start : passage.end + around].decode("utf-8", "ignore")
        while start < len(content) and content[start] & 0xC0 == 0x80:
            start += 1
        return Window(words, start)


def placed(passage: Passage, window: Window, span: text.Span) -> Source:
    """Where a stretch of a window stands in its document."""
    start = window.start + len(window.words[: span.start].encode())
    end = start + len(window.words[span.start : span.end].encode())
    return Source(passage.document, start, end, rules.page_of(start, passage.reading.pages))


def in_bytes(raw: str, places: Iterable[int]) -> Mapping[int, int]:
    """The byte at which each of some characters begins, in one pass."""
    found: dict[int, int] = {}
    at, byte = 0, 0
    for place in sorted(set(places)):
        byte += len(raw[at:place].encode("utf-8", "surrogatepass"))
        at = place
        found[place] = byte
    return found
