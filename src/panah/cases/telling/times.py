"""At which time of a recording words of its transcript were said: what is marked in the transcript, and nothing guessed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LONG = r"\d{1,2}:[0-5]\d:[0-5]\d"
_SHORT = r"[0-5]\d:[0-5]\d"
_PART = r"(?:[.,]\d{1,3})?"
_MARK = re.compile(
    rf"\[(?P<bracketed>{_LONG}|{_SHORT}){_PART}\]|\((?P<enclosed>{_LONG}){_PART}\)"
    rf"|^[ \t]*(?P<bare>{_LONG}){_PART}(?=[ \t]|-->|[-–—:]|$)|^[ \t]*(?P<cue>{_SHORT})[.,]\d{{3}}(?=[ \t]*-->)",
    re.MULTILINE,
)
"""`[00:12:30]`, `[12:30]` and `(00:12:30)` anywhere, `00:12:30` at the beginning of a line, and a cue of WebVTT or SubRip."""


class Mark(NamedTuple):
    """A mark of time: the character at which it stands, and seconds from the beginning."""

    at: int
    seconds: int


def marks(transcript: str) -> list[Mark]:
    """The marks of time of a transcript, in their order."""
    return [Mark(found.start(), _seconds(found)) for found in _MARK.finditer(transcript)]


def time_of(transcript: str, start: int) -> str:
    """The time at which what stands at a character was said, as `00:12:30`; empty where no mark stands before it."""
    known = marks(transcript)
    which = bisect_right([mark.at for mark in known], start) - 1
    return written(known[which].seconds) if which >= 0 else ""


def span_of(transcript: str, start: int, end: int) -> str:
    """The time of a stretch: `00:12:30`, or `00:12:30–00:13:05` where another mark stands within it."""
    first, last = time_of(transcript, start), time_of(transcript, max(start, end - 1))
    return first if first == last or not first else f"{first}–{last}"


def written(seconds: int) -> str:
    """Seconds as `00:12:30`."""
    minutes, left = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{left:02}"


def _seconds(found: re.Match[str]) -> int:
    seconds = 0
    for part in found[found.lastgroup or 0].split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
