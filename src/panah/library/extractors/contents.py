"""What stands inside a document: taken out of it as far as that may be, and listed, with what was left and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from panah.library.extractors import LARGEST_INSIDE, MOST_INSIDE, Extracted, Inside, NothingToRead, assembled

LONGEST_LIST = 20_000
"""Lines. What comes after is counted."""


class Contents:
    """The list of what stands inside, in its order, and the things that are taken out."""

    def __init__(self) -> None:
        self.inside: list[Inside] = []
        self._lines: list[str] = []
        self._left: list[str] = []
        self._uncounted = 0
        self._room = LARGEST_INSIDE

    @property
    def full(self) -> bool:
        """Whether nothing more can be taken out."""
        return len(self.inside) >= MOST_INSIDE or self._room <= 0

    def take(self, name: str, content: bytes, about: Mapping[str, str] | None = None, *, said: str = "") -> None:
        """Take something out; where there is no room for it, it is listed as left."""
        if self.full or len(content) > self._room:
            self.leave(name, "there is more in here than is taken out")
            return
        self._room -= len(content)
        self.inside.append(Inside(name, content, about or {}))
        self._line(f"{name}, {len(content)} bytes{', ' if said else ''}{said}")

    def take_from(
        self, name: str, stream: IO[bytes], about: Mapping[str, str] | None = None, *, said: str = ""
    ) -> None:
        """Take out what a stream unpacks to: never more of it than there is room for."""
        content = stream.read(self._room + 1)
        self.take(name, content, about, said=said)

    def leave(self, name: str, why: str) -> None:
        """List something that is not taken out."""
        line = f"{name} [not taken out: {why}]"
        if len(self._left) < LONGEST_LIST:
            self._left.append(_on_one_line(line))
        self._line(line)

    def extracted(
        self, heading: Iterable[str], about: Mapping[str, str] | None = None, found: Mapping[str, str] | None = None
    ) -> Extracted:
        """The list as a text, below what is said of the whole. Raises `NothingToRead`."""
        if not self._lines:
            raise NothingToRead(reason="there is nothing in it")
        more = [f"[And {self._uncounted} more]"] if self._uncounted else []
        listed = assembled([*heading, "\n".join([*self._lines, *more])], about or {}, found)
        return listed._replace(inside=self.inside)

    def carried(self, own: Extracted) -> Extracted:
        """What was read of a document itself, with what stands inside it; what was left is said below its text."""
        if not self._left:
            return own._replace(inside=self.inside)
        left, start = "\n".join(self._left), len(own.text) + 2
        said = (start, start + len(left))
        return own._replace(text=f"{own.text}\n\n{left}", paragraphs=[*own.paragraphs, said], inside=self.inside)

    def _line(self, text: str) -> None:
        if len(self._lines) < LONGEST_LIST:
            self._lines.append(_on_one_line(text))
        else:
            self._uncounted += 1


def _on_one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())
