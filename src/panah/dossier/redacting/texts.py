"""Replacing in texts."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from panah.dossier.redacting.profile import PlaceholderTaken, Profile
from panah.dossier.redacting.spellings import Finder, spans
from panah.errors import PanahError
from panah.text import Span


class SpellingLeft(PanahError):
    """No copy was made: after replacing, {where} still held a spelling of {placeholder}."""

    status = 500


class Redacted(NamedTuple):
    """A text in which everything was replaced, and how often each placeholder stands in it."""

    text: str
    counts: Counter[str]


class Redactor:
    """Replaces what one profile names."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.placeholders = [entry.placeholder for entry in profile.entries]
        self._finder = Finder(entry.spellings for entry in profile.entries)

    def stretches(self, raw: str) -> list[tuple[Span, list[int]]]:
        """What is to be replaced in `raw`: stretches that do not overlap, each with the numbers of its entries."""
        return list(spans(self._finder.found(raw)))

    def text(self, raw: str) -> Redacted:
        """`raw` with each stretch replaced. Raises `PlaceholderTaken`, `SpellingLeft`."""
        for placeholder in self.placeholders:
            if placeholder.casefold() in raw.casefold():
                raise PlaceholderTaken(placeholder=placeholder)
        parts, counts, at = [], Counter[str](), 0
        for stretch, entries in self.stretches(raw):
            named = [self.placeholders[entry] for entry in entries]
            parts += [raw[at : stretch.start], *named]
            counts.update(named)
            at = stretch.end
        redacted = "".join([*parts, raw[at:]])
        self.require_clean(redacted, where="a text")
        return Redacted(redacted, counts)

    def require_clean(self, text: str, *, where: str) -> None:
        """Raises `SpellingLeft` where a spelling still stands in a text."""
        if left := self._finder.found(text):
            raise SpellingLeft(where=where, placeholder=self.placeholders[left[0].of])

    def counted(self, raw: str) -> Counter[str]:
        """How often each placeholder would stand in `raw`."""
        return Counter(self.placeholders[entry] for _, entries in self.stretches(raw) for entry in entries)

    def inside(self, raw: str) -> dict[str, int]:
        """The longer words in which a spelling stands, and how often each. They are not replaced."""
        return self._finder.inside(raw)
