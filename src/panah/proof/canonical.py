"""One way to write a value down as bytes: the JSON Canonicalization Scheme (RFC 8785), without its numbers.

Floating-point numbers are refused: nothing that Panah seals is measured in them, and they are where canonical
forms differ from one another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn

from panah.errors import PanahError

Canonical = None | bool | int | str | Sequence["Canonical"] | Mapping[str, "Canonical"]
"""What can be written canonically."""

LARGEST = 2**53 - 1
"""The largest integer that every JSON reader understands alike (RFC 7493, section 2.2)."""


class NotCanonical(PanahError):
    """A {what} has no canonical form."""


def canonical(value: Canonical) -> bytes:
    """`value` in UTF-8, keys sorted by UTF-16 code units, no white space. Raises `NotCanonical`."""
    try:
        return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:
        raise NotCanonical(what="text with half a character") from None


def read_canonical(text: bytes) -> Canonical:
    """The value of which `text` is the canonical form. Raises `NotCanonical` for every other text, also of the same value."""
    try:
        words = text.decode()
        value: Canonical = _read(words)
        if (_written(value) if words.isascii() else canonical(value).decode()) == words:
            return value
    except (ValueError, RecursionError):
        pass
    raise NotCanonical(what="text that is written otherwise")


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise NotCanonical(what="number of more than 53 bits")
    return number


def _refused(number: str) -> NoReturn:
    raise NotCanonical(what=f"number like {number[:20]}")


_read = json.JSONDecoder(parse_int=_whole, parse_float=_refused, parse_constant=_refused).decode
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
"""The canonical form of what has ASCII alone: there, code points sort as code units do."""


def _ordered(value: Canonical) -> Canonical:
    match value:
        case None | bool() | str():
            return value
        case int():
            if abs(value) > LARGEST:
                raise NotCanonical(what="number of more than 53 bits")
            return value
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise NotCanonical(what="key that is not text")
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf_16)}
        case list() | tuple():
            return [_ordered(item) for item in value]
    raise NotCanonical(what=type(value).__name__)


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")
