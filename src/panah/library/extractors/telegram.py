"""Telegram: what its desktop program writes as JSON, of one chat or of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from panah.library.extractors.chats import Chat, Message, beside, moment

_PASSED_OVER = frozenset(
    {"id", "type", "date", "date_unixtime", "edited_unixtime", "from", "from_id", "actor", "actor_id", "text", "text_entities",
     "reply_to_message_id", "width", "height", "file_size", "photo_file_size", "thumbnail_file_size"}
)  # fmt: skip


def is_telegram(value: object) -> bool:
    """Whether it is an export of one chat, or of all of them."""
    return any(True for _ in _lists(value))


def chats(value: object) -> Iterator[Chat]:
    """The chats of an export."""
    for chat, messages in _lists(value):
        known = {str(message.get("id")): message for message in messages}
        yield Chat(str(chat.get("name") or ""), [_message(message, known) for message in messages])


def _lists(value: object) -> Iterator[tuple[Mapping[str, object], list[dict[str, object]]]]:
    """Each chat that has messages, and these."""
    match value:
        case {"chats": {"list": list(several)}, **others}:
            match others:
                case {"left_chats": {"list": list(left)}}:
                    several = several + left
        case _:
            several = [value]
    for chat in several:
        match chat:
            case {"messages": [{"type": "message" | "service", "date_unixtime": _} | {"from_id": _}, *_] as messages}:
                yield chat, [message for message in messages if isinstance(message, dict)]


def _message(message: dict[str, object], known: Mapping[str, dict[str, object]]) -> Message:
    at = moment(message.get("date_unixtime"))
    more = [*_answered(message, known), *beside(message, _PASSED_OVER)]
    words = " ".join(part for part in [_text(message.get("text", "")), *more] if part)
    if message.get("type") == "service":
        return Message(at, "", f"{message.get('actor') or ''} {words}".strip())
    return Message(at, str(message.get("from") or message.get("from_id") or "[without a name]"), words)


def _text(text: object) -> str:
    """A text is a string, or a list of strings and of parts that say what they are; a hidden address is shown."""
    match text:
        case str():
            return text
        case {"text": str(words), **others}:
            address = others.get("href")
            return f"{words} ({address})" if address else words
        case list():
            return "".join(map(_text, text))
    return ""


def _answered(message: dict[str, object], known: Mapping[str, dict[str, object]]) -> Iterator[str]:
    if (number := message.get("reply_to_message_id")) is None:
        return
    if (answered := known.get(str(number))) is None:
        yield "[in reply to a message that is not here]"
    else:
        at = moment(answered.get("date_unixtime"))
        yield (
            f"[in reply to {answered.get('from') or answered.get('actor')}, {at:%Y-%m-%d %H:%M:%S}]"
            if at
            else "[in reply]"
        )
