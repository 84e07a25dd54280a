"""JSON, and lines of JSON: the chats of the programs that export them so; of all else, what stands in it, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from platform import python_version

from panah.errors import Phrase
from panah.library.extractors import (
    DocumentBomb,
    DocumentBroken,
    Extracted,
    NothingToRead,
    assembled,
    chats,
    meta,
    signal,
    telegram,
)
from panah.library.extractors.chats import Chat, leaves
from panah.library.extractors.plain import decoded
from panah.library.extractors.texts import JSON

_PROGRAMS: Sequence[tuple[str, Callable[[object], bool], Callable[..., Iterable[Chat]]]] = (
    ("Telegram", telegram.is_telegram, telegram.chats),
    ("Meta", meta.is_meta, meta.chats),
    ("Signal", signal.is_signal, signal.chats),
)


class Json:
    """A chat, where it is the export of one; else a paragraph for each object, a line for each of its members."""

    name = "json"
    version = f"1+json-{python_version()}"
    media_types = frozenset({JSON})

    def read(self, content: bytes) -> Extracted:
        """Parse. Numbers stay as they are written. Raises `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        text, found = decoded(content)
        try:
            value = _value(text.removeprefix("\ufeff"))
            for program, is_of, chats_of in _PROGRAMS:
                if is_of(value):
                    return chats.read(chats_of(value), program, found)
            paragraphs = list(_paragraphs(value))
        except RecursionError:
            raise DocumentBomb(reason="its lists and objects are nested without end") from None
        if not any(paragraphs):
            raise NothingToRead(reason="its lists and objects are empty")
        return assembled(paragraphs, {}, found)


def _value(text: str) -> object:
    """What a text of JSON says; of lines of JSON, a list."""
    try:
        return _parsed(text)
    except json.JSONDecodeError as error:
        whole = error
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        return [_parsed(line) for line in lines]
    except json.JSONDecodeError:
        raise DocumentBroken(reason=Phrase("it is not well-formed JSON at line {line}", line=whole.lineno)) from None


def _parsed(text: str) -> object:
    return json.loads(text, object_pairs_hook=_members, parse_int=str, parse_float=str, parse_constant=str)


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; of a name that is given twice, nothing is lost."""
    members: dict[str, object] = {}
    for name, value in pairs:
        while name in members:
            name += "′"
        members[name] = value
    return members


def _paragraphs(value: object, path: str = "") -> Iterator[str]:
    """An object's own members, then each object inside it; a list of plain values is a paragraph of its own."""
    if isinstance(value, dict):
        named = {f"{path}.{name}" if path else name: member for name, member in value.items()}
        yield "\n".join(_line(name, said) for name, said in named.items() if not isinstance(said, dict | list))
        for name, member in named.items():
            if isinstance(member, dict | list):
                yield from _paragraphs(member, name)
    elif isinstance(value, list):
        yield "\n".join(_line(path, said) for said in value if not isinstance(said, dict | list))
        for member in value:
            if isinstance(member, dict | list):
                yield from _paragraphs(member, path)
    else:
        yield _line(path, value)


def _line(path: str, value: object) -> str:
    said = next(leaves(value))[1]
    return f"{path}: {said}" if path else said
