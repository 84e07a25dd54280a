"""The texts of passages, read again for an engine of search that follows the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from panah.library import queries
from panah.library.models import Passage, Reading


class Texts:
    """Gives the texts of passages. It keeps the last reading at hand: those of one long document are asked for in portions."""

    def __init__(self) -> None:
        self._last: tuple[Reading, bytes] | None = None

    def __call__(self, kind: str, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """The text of each passage that is there, by its number. Raises `SealBroken`, `ObjectMissing`, `KeyDestroyed`."""
        if kind != Passage.KIND:
            return
        rows = Passage.objects.filter(pk__in=numbers).select_related("reading__original").order_by("pk")
        for passage in rows.defer("reading__paragraphs", "reading__pages", "reading__about"):
            yield passage.pk, self._content(passage.reading)[passage.start : passage.end].decode()

    def _content(self, reading: Reading) -> bytes:
        if self._last is None or self._last[0] != reading:
            self._last = reading, queries.content(reading)
        return self._last[1]
