"""Names in Chinese text: transcriptions with a dot and without, and Chinese family names with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from panah.names.finding.family import family_names
from panah.names.finding.mention import Mention, mention
from panah.names.finding.transcribed import transcriptions
from panah.names.finding.wrapping import unwrapped
from panah.text.folding import simplified


def names_in(raw: str) -> list[Mention]:
    """The names in `raw`, in their order."""
    text = unwrapped(raw)
    plain = text.plain.translate(_simpler())
    found = [*transcriptions(plain), *family_names(plain)]
    return [mention(raw, text.at(start), text.at(end - 1) + 1) for start, end in _apart(found)]


@cache
def _simpler() -> dict[int, str]:
    """Traditional characters and their simplified ones, one for one: places stay what they are."""
    return {ord(letter): plain for letter, plain in simplified().items()}


def _apart(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of places that overlap, the first and longest one."""
    end = 0
    for start, last in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= end:
            yield start, last
            end = last
