"""What every chat has, whichever program wrote it down: messages, each with a time, a sender and words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from panah.library.extractors import Extracted, NothingToRead, assembled

SYSTEM = "[System]"
"""Stands in the place of a sender where the program itself speaks."""


class Message(NamedTuple):
    """One message; where `sender` is empty, a line of the program's own."""

    at: datetime | None
    sender: str
    words: str


class Chat(NamedTuple):
    """A chat and its messages, in the order in which they are read."""

    title: str
    messages: Sequence[Message]


def read(chats: Iterable[Chat], program: str, found: Mapping[str, str] | None = None) -> Extracted:
    """Each chat under its title, each message a paragraph. Raises `NothingToRead`."""
    kept = [chat for chat in chats if chat.messages]
    paragraphs = [paragraph for chat in kept for paragraph in _paragraphs(chat)]
    if not paragraphs:
        raise NothingToRead(reason="there are no messages in it")
    messages = [message for chat in kept for message in chat.messages]
    about = {"title": kept[0].title} if len(kept) == 1 else {}
    return assembled(
        paragraphs,
        {name: said for name, said in (about | {"date": span(message.at for message in messages)}).items() if said},
        {"chat": program, "clock": "UTC", **counted(message.sender for message in messages)} | dict(found or {}),
    )


def _paragraphs(chat: Chat) -> Iterator[str]:
    if chat.title:
        yield f"[Chat] {chat.title}"
    for message in chat.messages:
        at = message.at.strftime("%Y-%m-%d %H:%M:%S") if message.at else "[without a time]"
        sender = f"{message.sender}:" if message.sender else SYSTEM
        yield f"{at} {sender} {message.words}".rstrip()


def counted(senders: Iterable[str]) -> dict[str, str]:
    """How many messages there are, of how many senders, and how many lines of the program's own."""
    every = list(senders)
    people = [sender for sender in every if sender]
    return {
        "messages": str(len(people)), "senders": str(len(set(people))), "system_messages": str(len(every) - len(people)),
    }  # fmt: skip


def span(times: Iterable[datetime | None]) -> str:
    """The first and the last day, as EDTF has an interval; one day alone; nothing where no time is known."""
    days = sorted({at.date().isoformat() for at in times if at})
    return "/".join(dict.fromkeys([days[0], days[-1]])) if days else ""


def moment(since_1970: object, *, in_a_second: int = 1) -> datetime | None:
    """The time of so many seconds, or parts of one, since 1970; None for what is no such number: not every message has one."""
    try:
        return datetime.fromtimestamp(float(str(since_1970)) / in_a_second, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """What stands in a value of JSON, each with the names that lead to it; lists are passed through without a name."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for member in value:
            yield from leaves(member, path)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


def beside(message: Mapping[str, object], passed_over: frozenset[str]) -> Iterator[str]:
    """What else a message holds, in brackets: what was sent with it, what it answers, how people reacted."""
    for name, value in message.items():
        if name not in passed_over:
            yield from (f"[{path}: {said}]" for path, said in leaves(value, name) if said)
