"""Instagram, Messenger and Facebook: the JSON in which Meta hands over somebody's messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from panah.library.extractors.chats import Chat, Message, beside, moment

_PASSED_OVER = frozenset({"sender_name", "timestamp_ms", "content", "type", "is_geoblocked_for_viewer"})


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def is_meta(value: object) -> bool:
    """Whether it is a conversation as Meta writes it."""
    match value:
        case {"messages": [{"sender_name": _, "timestamp_ms": _}, *_]}:
            return True
    return False


def chats(value: object) -> Iterator[Chat]:
    """The conversation, from its first message to its last: the file has them the other way round."""
    match _repaired(value):
        case {"messages": list(messages), **others}:
            told = [_message(message) for message in messages if isinstance(message, dict)]
            told.sort(key=lambda message: message.at or _BEGINNING)
            yield Chat(str(others.get("title") or ""), told)


def _message(message: dict[str, object]) -> Message:
    words = [str(message.get("content") or ""), *beside(message, _PASSED_OVER)]
    return Message(
        moment(message.get("timestamp_ms"), in_a_second=1000),
        str(message.get("sender_name") or "[without a name]"),
        " ".join(part for part in words if part),
    )


def _repaired(value: object) -> object:
    """Meta writes each byte of UTF-8 as a letter of its own; where that fits, the letters are put together again."""
    if isinstance(value, str):
        try:
            return value.encode("latin-1").decode()
        except UnicodeError:
            return value
    if isinstance(value, list):
        return [_repaired(member) for member in value]
    if isinstance(value, dict):
        return {name: _repaired(member) for name, member in value.items()}
    return value
