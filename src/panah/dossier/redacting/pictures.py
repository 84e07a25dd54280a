"""A PDF that is nothing but pictures of pages: there is no place in it where a word could be hidden.

The confined process hands over pixels, page by page; the PDF is written around them outside of it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

from panah.errors import PanahError

_LENGTH = 4
_LONGEST_HEADER = 1 << 16
MOST_PIXELS = 12_000_000
"""Of one page."""
MOST_POINTS = 14_400
"""How wide and high a page of a PDF may be."""
_PIECE = 1 << 20


class PicturesBroken(PanahError):
    """The program that paints over it left no result that could be used."""

    status = 500


class Picture(NamedTuple):
    """A page as a picture: its pixels row by row, compressed, one byte each, or three where it has colours."""

    width: int
    height: int
    colours: int
    points: tuple[float, float]
    pixels: bytes


class Painted(NamedTuple):
    """A whole document, painted over: its pages, how often each entry was found, and what else was done to it."""

    pages: list[Picture]
    found: dict[int, int]
    notes: dict[str, int]


def packed_page(picture: Picture) -> Iterator[bytes]:
    """The bytes by which a page is handed over."""
    header = {"size": [picture.width, picture.height, picture.colours], "points": list(picture.points)}
    yield from _packed(header | {"length": len(picture.pixels)})
    yield picture.pixels


def packed_end(found: Mapping[int, int], notes: Mapping[str, int]) -> Iterator[bytes]:
    """The bytes that end a document."""
    return _packed({"found": sorted(found.items()), "notes": dict(notes)})


def unpacked(result: bytes, *, entries: int, known: frozenset[str]) -> Painted:
    """What was handed over. Raises `PicturesBroken` for anything else than pixels and numbers."""
    pages: list[Picture] = []
    try:
        at = 0
        while True:
            header, at = _header(result, at)
            if "found" in header:
                _require(at == len(result) and bool(pages))
                return Painted(pages, _numbers(header["found"], entries), _notes(header["notes"], known))
            picture = _picture(header, result, at)
            pages.append(picture)
            at += len(picture.pixels)
    except (ValueError, KeyError, TypeError, zlib.error, RecursionError):
        raise PicturesBroken from None


def pdf_of(pages: list[Picture]) -> bytes:
    """A PDF of these pictures, and of nothing else: no text, no metadata, no date, no name."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()]
    for number, page in enumerate(pages):
        own = 3 + 3 * number
        wide, high = (f"{side:.2f}" for side in page.points)
        space = "DeviceGray" if page.colours == 1 else "DeviceRGB"
        drawing = f"q {wide} 0 0 {high} 0 0 cm /P Do Q".encode()
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Resources<</XObject<</P {own + 1} 0 R>>>>"
            f"/Contents {own + 2} 0 R>>".encode(),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {page.width}/Height {page.height}/ColorSpace/{space}"
                "/BitsPerComponent 8/Filter/FlateDecode",
                page.pixels,
            ),
            _stream("", drawing),
        ]
    return _assembled(objects)


def _stream(said: str, content: bytes) -> bytes:
    return f"<<{said}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _assembled(objects: list[bytes]) -> bytes:
    parts, places, at = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, content in enumerate(objects, start=1):
        places.append(at)
        parts.append(b"%d 0 obj" % number + content + b"\nendobj\n")
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size + table)
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, at))
    return b"".join(parts)


def _packed(header: Mapping[str, object]) -> Iterator[bytes]:
    written = json.dumps(header).encode()
    yield len(written).to_bytes(_LENGTH, "big")
    yield written


def _header(result: bytes, at: int) -> tuple[dict[str, object], int]:
    length = int.from_bytes(result[at : at + _LENGTH], "big")
    begin = at + _LENGTH
    _require(0 < length <= _LONGEST_HEADER and begin + length <= len(result))
    header = json.loads(result[begin : begin + length])
    _require(isinstance(header, dict))
    return header, begin + length


def _picture(header: dict[str, object], result: bytes, at: int) -> Picture:
    match header:
        case {
            "size": [int(width), int(height), int(colours)],
            "points": [int() | float() as wide, int() | float() as high],
            "length": int(length),
        }:
            points = (float(wide), float(high))
            _require(0 < width * height <= MOST_PIXELS and width > 0 and colours in {1, 3})
            _require(all(0 < side <= MOST_POINTS for side in points))
            _require(0 < length <= len(result) - at)
            pixels = result[at : at + length]
            _require_pixels(pixels, width * height * colours)
            return Picture(width, height, colours, points, pixels)
    raise ValueError


def _require_pixels(pixels: bytes, expected: int) -> None:
    """So many bytes once unpacked, and nothing behind them."""
    unpacking, left, size = zlib.decompressobj(), pixels, 0
    while left and not unpacking.eof:
        size += len(unpacking.decompress(left, _PIECE))
        left = unpacking.unconsumed_tail
        _require(size <= expected)
    while not unpacking.eof and (piece := unpacking.decompress(b"", _PIECE)):
        size += len(piece)
        _require(size <= expected)
    _require(unpacking.eof and size == expected and not unpacking.unused_data and not unpacking.unconsumed_tail)


def _numbers(said: object, entries: int) -> dict[int, int]:
    _require(isinstance(said, list))
    numbers: dict[int, int] = dict(cast("list[tuple[int, int]]", said))
    _require(all(type(of) is int and type(often) is int and 0 <= of < entries for of, often in numbers.items()))
    return numbers


def _notes(said: object, known: frozenset[str]) -> dict[str, int]:
    _require(isinstance(said, dict))
    notes = cast("dict[str, int]", said)
    _require(all(name in known and type(often) is int for name, often in notes.items()))
    return notes


def _require(fits: bool) -> None:  # noqa: FBT001  an assertion that stays when Python is told to drop assertions
    if not fits:
        raise ValueError
