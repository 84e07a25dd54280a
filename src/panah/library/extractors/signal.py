"""Signal: the chats that its desktop program writes as lines of JSON, one for each person, chat and message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from panah.library.extractors.chats import Chat, Message, leaves, moment

_SEEN = frozenset(
    {"fileName", "contentType", "caption", "url", "title", "emoji", "body", "givenName", "familyName", "value"}
)
_NAMES = (
    ("nickname.given", "nickname.family"), ("systemGivenName", "systemFamilyName"),
    ("profileGivenName", "profileFamilyName"), ("snapshot.title.title",), ("name",), ("e164",), ("username",),
)  # fmt: skip
"""What somebody is called, the best first."""


def is_signal(value: object) -> bool:
    """Whether these are the lines of such an export."""
    return isinstance(value, list) and any(
        isinstance(line, dict) and isinstance(line.get("chatItem"), dict) for line in value
    )


def chats(value: Sequence[object]) -> Iterator[Chat]:
    """Each chat with its messages."""
    lines = [line for line in value if isinstance(line, dict)]
    people = _people(lines)
    rooms = _of(lines, "chat")
    messages: dict[str, list[Message]] = {}
    for line in lines:
        match line:
            case {"chatItem": {"chatId": chat, **_others} as item}:
                messages.setdefault(str(chat), []).append(_message(item, people))
    for chat, said in messages.items():
        yield Chat(people.get(str(rooms.get(chat, {}).get("recipientId")), ""), said)


def _of(lines: Sequence[Mapping[str, object]], name: str) -> dict[str, dict[str, object]]:
    """The things of one kind, by their numbers."""
    things = [thing for line in lines if isinstance(thing := line.get(name), dict)]
    return {str(thing.get("id")): thing for thing in things}


def _people(lines: Sequence[Mapping[str, object]]) -> dict[str, str]:
    account = next((line["account"] for line in lines if isinstance(line.get("account"), dict)), {})
    own = dict(leaves(account))
    mine = " ".join(filter(None, [own.get("givenName"), own.get("familyName")])) or "[the owner of the account]"
    return {number: mine if "self" in person else _called(person) for number, person in _of(lines, "recipient").items()}


def _called(person: Mapping[str, object]) -> str:
    """The name of a person or a group."""
    said = {
        name: value for kind in ("contact", "group", "distributionList") for name, value in leaves(person.get(kind))
    }
    named = (" ".join(filter(None, map(said.get, names))) for names in _NAMES)
    return next(filter(None, named), f"[recipient {person.get('id')}]")


def _message(item: Mapping[str, object], people: Mapping[str, str]) -> Message:
    at = moment(item.get("dateSent"), in_a_second=1000)
    sender = people.get(str(item.get("authorId")), f"[recipient {item.get('authorId')}]")
    match item:
        case {"updateMessage": update}:
            return Message(at, "", f"{sender} {' '.join(f'[{path}: {said}]' for path, said in leaves(update))}")
        case {"standardMessage": {"text": {"body": str(body), **_text}, **others}}:
            return Message(at, sender, " ".join([body, *_sent_along(cast("Mapping[str, object]", others))]))
    kinds = [kind for kind in item if kind.endswith("Message")]
    return Message(at, sender, " ".join([*(f"[{kind}]" for kind in kinds), *_sent_along(item)]))


def _sent_along(message: Mapping[str, object]) -> Iterator[str]:
    """What people see of what came with a message; not the keys under which Signal keeps it."""
    for path, said in leaves(message):
        if path.rpartition(".")[2] in _SEEN and said:
            yield f"[{path}: {said}]"
