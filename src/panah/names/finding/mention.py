"""What is found in a text: a name, and where it stands."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from panah.names.parting import parts_if_any

MOST_KNOWN = 50_000
"""So many names are known by heart."""


class Mention(NamedTuple):
    """A name in a text, without what stands around it: no title, no ending of case.

    `start` and `end` count characters (code points) of the raw text, so that `raw[start:end]` can be quoted. `parts` are its
    parts, as `names.parts` gives them.
    """

    start: int
    end: int
    parts: tuple[str, ...]


_parts = lru_cache(MOST_KNOWN)(parts_if_any)
"""Texts repeat their names."""


def mention(raw: str, start: int, end: int) -> Mention:
    """What stands there, as a name; without parts where it can be none."""
    return Mention(start, end, _parts(raw[start:end]))
