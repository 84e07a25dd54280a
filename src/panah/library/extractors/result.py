"""What a confined reader hands over: header, text, what stands inside. Written by a process that a document may have taken over.

Four bytes say how long the header is; it is JSON; the text follows, in UTF-8; then the bytes of each thing that stands
inside, of which the header has names and sizes. Whatever does not fit this to the letter is no result: a number that lies
outside the text, a paragraph that begins before the last one ended, half a character.
"""

from __future__ import annotations

import json
import mmap
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, cast

from panah.errors import PanahError, Phrase, put_together, taken_apart
from panah.library.extractors import Extracted

LONGEST_HEADER = 1 << 25
"""Bytes. An honest text of some hundred megabytes stays below; a forged header costs the program that reads it little."""

WIDEST, TALLEST = 1_800, 6_000
"""Pixels of a picture of a page, across and down."""
_LENGTH = 4
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_CODE, _LONGEST_SENTENCE = 60, 500
_NO_RESULT = Phrase("it left no result")


class Enclosed(NamedTuple):
    """What stood inside a document, as a stranger may have made it up."""

    name: str
    content: memoryview
    about: Mapping[str, str]


class Text(NamedTuple):
    """What was read, as it is stored: UTF-8, with offsets in bytes."""

    content: bytes
    paragraphs: Sequence[tuple[int, int]]
    pages: Sequence[int]
    about: Mapping[str, str]
    found: Mapping[str, str]
    inside: Sequence[Enclosed] = ()


class Refusal(NamedTuple):
    """Why a document was not read: a stable code, and a sentence, which may be a `Phrase`."""

    code: str
    sentence: str


class Wanted(NamedTuple):
    """Which pages are to be drawn, how many pixels wide, and which words are to be marked on them."""

    pages: Sequence[int]
    """Counted from 1; of none, only their number is told."""
    width: int = WIDEST
    words: str = ""
    exact: bool = False
    """Whether the words stand there one after the other; else they are a question."""


class Picture(NamedTuple):
    """A page, drawn: three bytes for each pixel, row after row. Without pixels where it could not be drawn."""

    width: int
    height: int
    pixels: bytes


class Pictures(NamedTuple):
    """How many pages a document has, and those that were wanted."""

    pages: int
    drawn: Sequence[Picture]


class ExtractorCrashed(PanahError):
    """The program that reads it crashed on it ({how})."""


def whole(content: int) -> bytes:
    """The document in a memory file, whose descriptor is inherited."""
    size = os.fstat(content).st_size
    return mmap.mmap(content, size, access=mmap.ACCESS_READ)[:] if size else b""


def write_out(result: int, pieces: Iterable[bytes]) -> None:
    """Write what came of it to where it is awaited, all of it."""
    for piece in pieces:
        view = memoryview(piece)
        while view:
            view = view[os.write(result, view) :]


def packed_text(extracted: Extracted) -> Iterator[bytes]:
    """The bytes of a text, piece by piece; the offsets become bytes of UTF-8. Raises `MemoryError` for too many of them."""
    bounds = [place for paragraph in extracted.paragraphs for place in paragraph]
    at = _byte_offsets(extracted.text, [*bounds, *extracted.pages])
    text = _utf_8(extracted.text)
    header = {
        "size": len(text),
        "paragraphs": [[at[start], at[end]] for start, end in extracted.paragraphs],
        "pages": [at[page] for page in extracted.pages],
        "about": {name: _utf_8(value).decode() for name, value in extracted.about.items()},
        "found": dict(extracted.found),
        "inside": [
            [
                _utf_8(each.name).decode(),
                len(each.content),
                {key: _utf_8(said).decode() for key, said in each.about.items()},
            ]
            for each in extracted.inside
        ],
    }
    yield from _packed(header)
    yield text
    for each in extracted.inside:
        yield each.content


def packed_refusal(refusal: Refusal) -> Iterator[bytes]:
    """The bytes of a refusal."""
    sentence = _utf_8(refusal.sentence[:_LONGEST_SENTENCE]).decode()
    parts = taken_apart(refusal.sentence) if sentence == refusal.sentence else []
    return _packed({"code": refusal.code, "sentence": sentence, "parts": parts})


def packed_pictures(pictures: Pictures) -> Iterator[bytes]:
    """The bytes of pictures, one after the other."""
    yield from _packed({"pages": pictures.pages, "sizes": [[each.width, each.height] for each in pictures.drawn]})
    for each in pictures.drawn:
        yield each.pixels


def unpacked_pictures(result: bytes, wanted: Wanted) -> Pictures | Refusal:
    """What was drawn. Raises `ExtractorCrashed` for anything that `packed_pictures` and `packed_refusal` do not write."""
    header, rest = _parted(result)
    match header:
        case {"code": str(code), "sentence": str(sentence), "parts": list(parts), **others} if not others and not rest:
            return _refusal(code, sentence, parts)
        case {"pages": int(pages), "sizes": list(sizes), **others} if not others:
            _require(pages >= 0 and len(sizes) == len(wanted.pages))
            return Pictures(pages, list(_drawn(sizes, rest, wanted.width)))
    raise ExtractorCrashed(how=_NO_RESULT)


def _drawn(sizes: Sequence[object], rest: memoryview, width: int) -> Iterator[Picture]:
    """Each picture, none wider than was wanted: together they take up what is left, to the last byte."""
    for size in sizes:
        match size:
            case [int(wide), int(high)] if 0 <= wide <= width and 0 <= high <= TALLEST:
                _require(len(rest) >= 3 * wide * high)
                yield Picture(wide, high, bytes(rest[: 3 * wide * high]))
                rest = rest[3 * wide * high :]
            case _:
                raise ExtractorCrashed(how=_NO_RESULT)
    _require(not rest)


def _parted(result: bytes) -> tuple[object, memoryview]:
    """The header of what a reader wrote, and what follows it."""
    length = int.from_bytes(result[:_LENGTH], "big")
    _require(0 < length <= min(LONGEST_HEADER, len(result) - _LENGTH))
    return _header(result[_LENGTH : _LENGTH + length]), memoryview(result)[_LENGTH + length :]


def unpacked(result: bytes) -> Text | Refusal:
    """What a reader wrote. Raises `ExtractorCrashed` for anything that `packed_text` and `packed_refusal` do not write."""
    header, rest = _parted(result)
    match header:
        case {"code": str(code), "sentence": str(sentence), "parts": list(parts), **others} if not others and not rest:
            return _refusal(code, sentence, parts)
        case {
            "size": int(size), "paragraphs": list(paragraphs), "pages": list(pages), "about": about, "found": found,
            "inside": list(inside), **others,
        }:  # fmt: skip
            _require(0 <= size <= len(rest) and not others)
            content = bytes(rest[:size])
            _require_text(content)
            bounds = [_pair(paragraph) for paragraph in paragraphs]
            _require(bool(bounds) or (bool(pages) and not content))
            _require_places([place for pair in bounds for place in pair], content)
            _require_places(pages, content)
            return Text(content, bounds, pages, _words(about), _words(found), tuple(_enclosed(inside, rest[size:])))
    raise ExtractorCrashed(how=_NO_RESULT)


def _enclosed(inside: Sequence[object], rest: memoryview) -> Iterator[Enclosed]:
    """Each thing that stands inside: together they take up what is left, to the last byte."""
    for each in inside:
        match each:
            case [str(name), int(size), about] if 0 <= size <= len(rest) and _is_storable(name):
                yield Enclosed(name, rest[:size], _words(about))
                rest = rest[size:]
            case _:
                raise ExtractorCrashed(how=_NO_RESULT)
    _require(not rest)


def _header(written: bytes) -> object:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        raise ExtractorCrashed(how=_NO_RESULT) from None


def _refusal(code: str, sentence: str, parts: Sequence[object]) -> Refusal:
    _require(_CODE.fullmatch(code) is not None and len(code) <= _LONGEST_CODE)
    _require(0 < len(sentence) <= _LONGEST_SENTENCE and _is_storable(sentence))
    said = put_together(sentence, parts)
    _require(not parts or isinstance(said, Phrase))
    return Refusal(code, said)


def _words(said: object) -> dict[str, str]:
    _require(isinstance(said, dict))
    words = cast("dict[str, object]", said)
    _require(all(isinstance(value, str) and _is_storable(name + value) for name, value in words.items()))
    return cast("dict[str, str]", words)


def _pair(paragraph: object) -> tuple[int, int]:
    match paragraph:
        case [int(start), int(end)] if start < end:
            return start, end
    raise ExtractorCrashed(how=_NO_RESULT)


def _require_places(places: Sequence[object], content: bytes) -> None:
    """Numbers that do not fall, each of a byte at which a character begins, or of the end."""
    last = 0
    for place in places:
        if type(place) is not int or not last <= place <= len(content):
            raise ExtractorCrashed(how=_NO_RESULT)
        _require(place == len(content) or content[place] & 0xC0 != 0x80)
        last = place


def _require_text(content: bytes) -> None:
    try:
        content.decode()
    except UnicodeDecodeError:
        raise ExtractorCrashed(how=_NO_RESULT) from None


def _require(fits: bool) -> None:  # noqa: FBT001  an assertion that stays when Python is told to drop assertions
    if not fits:
        raise ExtractorCrashed(how=_NO_RESULT)


def _is_storable(text: str) -> bool:
    """Whether it has no half characters: no encoding can store them."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _packed(header: dict[str, object]) -> Iterator[bytes]:
    written = json.dumps(header).encode()
    if len(written) > LONGEST_HEADER:
        raise MemoryError
    yield len(written).to_bytes(_LENGTH, "big")
    yield written


def _byte_offsets(text: str, places: Sequence[int]) -> dict[int, int]:
    ordered = sorted({0, *places})
    offsets, byte = {0: 0}, 0
    for before, place in pairwise(ordered):
        byte += len(_utf_8(text[before:place]))
        offsets[place] = byte
    return offsets


def _utf_8(text: str) -> bytes:
    """UTF-8; half characters, which it cannot hold, as question marks."""
    return text.encode("utf-8", "replace")
