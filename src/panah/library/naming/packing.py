"""The names in some passages as one text, small enough to be kept for a million documents.

Each spelling is there once, however often it stands there: spellings first, then three numbers for each mention.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
_NUMBER = "<u4"


class Mention(NamedTuple):
    """A name that stands in a reading, from one byte of it to another, and its parts."""

    start: int
    end: int
    parts: tuple[str, ...]


class Mentioned(NamedTuple):
    """Names in some passages: the spellings, and for each mention which one it is and at which bytes it stands."""

    spellings: list[tuple[str, ...]]
    which: Numbers
    starts: Numbers
    ends: Numbers


def packed(found: Sequence[Mention]) -> str:
    """Mentions as they are kept; empty for none."""
    if not found:
        return ""
    spellings = {parts: number for number, parts in enumerate(dict.fromkeys(each.parts for each in found))}
    rows = [(spellings[each.parts], each.start, each.end) for each in found]
    numbers = np.array(rows, dtype=_NUMBER).T.tobytes()  # like beside like is packed smaller
    written = json.dumps(list(spellings), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b85encode(zlib.compress(written + b"\n" + numbers, level=6)).decode()


def unpacked(box: str) -> Mentioned:
    """What `packed` was given."""
    if not box:
        nothing = np.zeros(0, dtype=_NUMBER)
        return Mentioned([], nothing, nothing, nothing)
    written, _, numbers = zlib.decompress(base64.b85decode(box)).partition(b"\n")
    which, starts, ends = np.frombuffer(numbers, dtype=_NUMBER).reshape(3, -1)
    return Mentioned([tuple(parts) for parts in json.loads(written)], which, starts, ends)
