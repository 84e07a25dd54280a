"""The parts of a written name: given name, father's name, grandfather's, in whatever order they stand."""

from __future__ import annotations

import re
import unicodedata

from panah.errors import PanahError
from panah.text.scripts import APOSTROPHE_LETTERS, APOSTROPHES, UNSEEN

LONGEST_NAME = 200
MOST_PARTS = 8

DOTS = "·•‧・･．.∙⋅●。"
"""What stands between the parts of a Chinese transcription; U+00B7 is the one of the norm."""

HAN = "\u2e80-\u2fd5\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_BREAK = re.compile(rf"[\s<,;/_|{re.escape(DOTS)}\-‐‑–—]+|(?<=[{HAN}])(?![{HAN}])|(?<![{HAN}])(?=[{HAN}])")
_WRAPPED = re.compile(rf"(?<=[{HAN}])\r?\n(?=[{HAN}])")
_LINE_END = re.compile(r"[^\S\n]*\n\s*")
_UNSEEN = dict.fromkeys(map(ord, UNSEEN + "\u0640"))
_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES + APOSTROPHE_LETTERS), "'")


class NameEmpty(PanahError):
    """A name needs letters of a script in which names are compared: Arabic, Chinese, Cyrillic or Latin."""

    status = 400


class NameTooLong(PanahError):
    """A name has at most {characters} characters and {parts} parts."""

    status = 400


def plain(name: str) -> str:
    """One form for what a reader takes for the same letters: NFKC, small letters, one apostrophe, nothing unseen.

    Between two Chinese characters the end of a line is nothing: lines are broken anywhere.
    """
    name = unwrapped(name)
    seen = unicodedata.normalize("NFKC", name.translate(_UNSEEN)).translate(_UNSEEN).translate(_APOSTROPHES)
    small = unicodedata.normalize("NFC", seen.casefold())
    return "".join(letter for letter in small if not "\u0300" <= letter <= "\u036f")


def unwrapped(name: str) -> str:
    """A name that is broken over two lines as it stands on one."""
    return _LINE_END.sub(" ", _WRAPPED.sub("", name))


def parts(name: str) -> tuple[str, ...]:
    """The parts of `name` in their order, each in its plain form; every dot, dash, space and `<` parts, and Han from the rest.

    What has no letter is no part, so that the answer may be empty. A name that is too long is refused.
    """
    if len(name) > LONGEST_NAME:
        raise NameTooLong(characters=LONGEST_NAME, parts=MOST_PARTS)
    found = tuple(part for part in (_trimmed(piece) for piece in _BREAK.split(plain(name))) if part)
    if len(found) > MOST_PARTS:
        raise NameTooLong(characters=LONGEST_NAME, parts=MOST_PARTS)
    return found


def parts_if_any(name: str) -> tuple[str, ...]:
    """The same of what may be no name: none of what is too long for one."""
    try:
        return parts(name)
    except NameTooLong:
        return ()


def cut_short(name: str) -> bool:
    """Whether `name` is from the zone that machines read, and fills its room for names (ICAO 9303: 30, 31 or 39 places)."""
    return "<" in name and len(name.strip().strip("<")) in {30, 31, 39}


def _trimmed(piece: str) -> str:
    """Its letters, and the apostrophes between them."""
    return "".join(letter for letter in piece if letter == "'" or unicodedata.category(letter)[0] in "LM").strip("'")
