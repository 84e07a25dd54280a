"""The names in some passages as one text, small enough to be kept for a million documents.

Each spelling is there once, however often it stands there: spellings first, then three numbers for each mention.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Tokens = NDArray[np.int32]
_NUMBER = "<u4"


class Mention(NamedTuple):
    """A name that stands in a reading, from one byte of it to another, and its parts."""

    start: int
    end: int
    parts: tuple[str, ...]


class Mentioned(NamedTuple):
    """Names in some passages: the spellings, and for each mention which one it is and at which bytes it stands."""

    spellings: Tokens
    """A row for each, with the numbers of its parts; -1 where it has no more."""
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


def unpacked(box: str, numbered: Callable[[Iterable[str]], Sequence[int]]) -> Mentioned:
    """What `packed` was given; `numbered` says the numbers of parts."""
    if not box:
        nothing = np.zeros(0, dtype=_NUMBER)
        return Mentioned(np.zeros((0, 1), np.int32), nothing, nothing, nothing)
    written, _, numbers = zlib.decompress(base64.b85decode(box)).partition(b"\n")
    which, starts, ends = np.frombuffer(numbers, dtype=_NUMBER).reshape(3, -1)
    return Mentioned(_tokens(json.loads(written), numbered), which, starts, ends)


def _tokens(spellings: list[list[str]], numbered: Callable[[Iterable[str]], Sequence[int]]) -> Tokens:
    sizes = np.array([len(parts) for parts in spellings])
    tokens = np.full((len(spellings), int(sizes.max())), -1, np.int32)
    tokens[np.arange(tokens.shape[1]) < sizes[:, None]] = numbered(chain.from_iterable(spellings))
    return tokens


def distinct(found: Sequence[Mentioned]) -> tuple[Tokens, Numbers]:
    """The spellings of many boxes, each once, the first to be met first; and for every mention of them which one it is."""
    width = max((some.spellings.shape[1] for some in found), default=1)
    every = np.full((sum(len(some.spellings) for some in found), width), -1, np.int32)
    begins = np.cumsum([0, *(len(some.spellings) for some in found)])
    for begin, (spellings, *_) in zip(begins, found, strict=False):
        every[begin : begin + len(spellings), : spellings.shape[1]] = spellings
    first, numbers = _each_once(every)
    which = [numbers[begin + some.which] for begin, some in zip(begins, found, strict=False)]
    return every[first], np.concatenate([*which, np.zeros(0, np.uint32)])


def _each_once(rows: Tokens) -> tuple[Numbers, Numbers]:
    """Where each row stands first, in that order, and for every row which of them it is like."""
    order = np.lexsort(rows.T).astype(np.uint32)  # of rows that are alike, the first stays first
    beside = rows[order]
    is_new = np.ones(len(rows), bool)
    is_new[1:] = (beside[1:] != beside[:-1]).any(axis=1)
    first = order[is_new]
    by_place = np.argsort(first)
    places = np.empty(len(first), np.uint32)
    places[by_place] = np.arange(len(first), dtype=np.uint32)
    numbers = np.empty(len(rows), np.uint32)
    numbers[order] = places[np.cumsum(is_new, dtype=np.uint32) - 1]
    return first[by_place], numbers
