"""Chats as WhatsApp and Signal write them into a text file: each message begins with a date and a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from panah.library.extractors import Extracted, assembled
from panah.library.extractors.chats import SYSTEM, counted, span
from panah.library.extractors.plain import decoded
from panah.library.extractors.texts import CHAT, MESSAGE, SENDER

_ORDERS = {"day first": (2, 1, 0), "month first": (2, 0, 1), "year first": (0, 1, 2)}
"""Where year, month and day stand."""
_MORNING = frozenset(
    ("am", "上午", "午前", "凌晨", "早上", "清晨", "오전", "öö", "ص", "صباحا", "قظ", "قبلازظهر", "vorm", "fm", "dop", "de", "πμ",
     "дп", "sa", "to", "ap", "тд", "چۈشتىنبۇرۇن")
)  # fmt: skip
_AFTERNOON = frozenset(
    ("pm", "下午", "午後", "晚上", "오후", "ös", "م", "مساء", "بظ", "بعدازظهر", "nachm", "em", "odp", "du", "μμ", "пп", "ch",
     "tk", "ip", "тк", "چۈشتىنكېيىن")
)  # fmt: skip
_NEUTRAL = frozenset(("klo", "kl", "um", "uhr", "à", "h", "saat", "в", "at", "om", "ore", "óra", "ч", "时", "點", "点"))
"""Words beside a time that say nothing of which half of the day it is in."""


class _Stamp(NamedTuple):
    """When a message was sent, as far as its line says: three numbers, and the time of the day, None where unclear."""

    numbers: tuple[int, int, int]
    between: str
    clock: tuple[int, int, int | None] | None
    written: str


class ChatLines:
    """Each message is a paragraph: when, who, what. The order of day and month is told by the file as a whole."""

    name = "chat"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({CHAT})

    def read(self, content: bytes) -> Extracted:
        """Cut at every line that begins a message. Where day and month cannot be told apart, dates stay as they are written."""
        text, found = decoded(content)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        heads = list(MESSAGE.finditer(text))
        stamps = [_stamp(head) for head in heads]
        order, why = _order(stamps) if stamps else ("", "none")
        times = [_time(stamp, _ORDERS[order]) if order else None for stamp in stamps]
        begins = [*(head.start() for head in heads), len(text)]
        messages = [text[head.start("rest") : end].strip() for head, end in zip(heads, begins[1:], strict=True)]
        senders = [named["sender"] if (named := SENDER.match(message)) else "" for message in messages]
        paragraphs = [text[: begins[0]]]
        for stamp, at, sender, message in zip(stamps, times, senders, messages, strict=True):
            when = stamp.written if at is None else _shown(at, stamp)
            paragraphs.append(f"{when} {message}" if sender else f"{when} {SYSTEM} {message}")
        said = {
            "chat": "WhatsApp or Signal, a text file",
            "dates": why,
            "clock": "of the telephone that exported it",
            **counted(senders),
        }
        about = {"date": days} if (days := span(times)) else {}
        return assembled(paragraphs, about, found | said)


def _stamp(head: re.Match[str]) -> _Stamp:
    first, second, third = re.findall(r"\d+", head["date"])
    hour, minute, *seconds = map(int, re.split(r"[:.]", head["time"]))
    half = {_plain(word) for word in (head["before"], head["after"]) if word} - _NEUTRAL
    written = " ".join(head[0][: head.start("rest") - head.start()].strip(" \u00a0\u202f[]-–—:\u200e\u200f").split())
    return _Stamp(
        (int(first), int(second), int(third)), (head["between"] or "年").strip() or " ",
        _clock(hour, minute, seconds, half), written,
    )  # fmt: skip


def _plain(word: str) -> str:
    return re.sub(r"[.\s\u200c]", "", word).casefold()


def _clock(hour: int, minute: int, seconds: Sequence[int], half: set[str]) -> tuple[int, int, int | None] | None:
    """The time of the day on a clock of 24 hours; None where a word beside it is not known."""
    if half - _MORNING - _AFTERNOON or len(half) > 1 or hour > 23 or minute > 59:
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half <= _AFTERNOON else 0)
    return hour, minute, seconds[0] if seconds and seconds[0] < 60 else None


def _order(stamps: Sequence[_Stamp]) -> tuple[str, str]:
    """In which order all dates are written, and how that is known; no order where it is not."""
    possible = [name for name in _ORDERS if all(_day(stamp, _ORDERS[name]) for stamp in stamps)]
    if any(stamp.numbers[0] > 99 for stamp in stamps) or not {"day first", "month first"} & set(possible):
        possible = [name for name in possible if name == "year first"]
    else:
        possible = [name for name in possible if name != "year first"]
    if len(possible) == 1:
        return possible[0], possible[0]
    if possible and all(stamp.between == "." for stamp in stamps):
        return "day first", "day first, as dates with points are written"
    rising = [name for name in possible if _rises(_day(stamp, _ORDERS[name]) for stamp in stamps)]
    if len(rising) == 1:
        return rising[0], f"{rising[0]}, by the order of the messages"
    return (
        "",
        "day and month cannot be told apart: as they are written"
        if possible
        else "not understood: as they are written",
    )


def _rises(days: Iterable[datetime | None]) -> bool:
    known = [day for day in days if day]
    return known == sorted(known)


def _day(stamp: _Stamp, order: tuple[int, int, int]) -> datetime | None:
    year, month, day = (stamp.numbers[at] for at in order)
    try:
        return datetime(year if year > 99 else 2000 + year, month, day)  # noqa: DTZ001  the telephone's own clock
    except ValueError:
        return None


def _time(stamp: _Stamp, order: tuple[int, int, int]) -> datetime | None:
    day = _day(stamp, order)
    if day is None or stamp.clock is None:
        return None
    hour, minute, second = stamp.clock
    return day.replace(hour=hour, minute=minute, second=second or 0)


def _shown(at: datetime, stamp: _Stamp) -> str:
    has_seconds = stamp.clock is not None and stamp.clock[2] is not None
    return at.strftime("%Y-%m-%d %H:%M:%S" if has_seconds else "%Y-%m-%d %H:%M")
