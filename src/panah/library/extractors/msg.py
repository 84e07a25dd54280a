"""Messages that Outlook saved (.msg): a compound file with a stream for each property (MS-OXMSG)."""

from __future__ import annotations

import io
import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

import olefile

from panah.errors import Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted
from panah.library.extractors.kinds import MSG
from panah.library.extractors.mail import Mail
from panah.library.extractors.outlook import (
    CONTENT,
    FILE_NAME,
    METHOD,
    NAME,
    SHORT_FILE_NAME,
    SUBJECT,
    Attached,
    Outlook,
    Properties,
    encoding_of,
    stated,
    written,
)

_PROPERTIES = "__properties_version1.0"
_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.IGNORECASE)
_RECIPIENT, _ATTACHMENT, _INNER = "__recip_version1.0_#", "__attach_version1.0_#", "__substg1.0_3701000D"
_IN_TABLE = frozenset({0x0003, 0x0040})
"""Numbers and times."""
_ENTRY = struct.Struct("<HHI8s")
_HEADS = (32, 24, 8)
"""Bytes before the first entry of a table of properties: of a message, of one inside another, of a recipient or attachment."""
MOST_INSIDE, DEEPEST = 10_000, 20
_OBJECT = 6
_BROKEN = (
    OSError, ValueError, KeyError, IndexError, AttributeError, TypeError, struct.error, OverflowError,
)  # fmt: skip


Path = tuple[str, ...]


class Msg:
    """The message is written down as the one that it was, and read as mail. Messages inside it are documents of their own."""

    name = "msg"
    version = f"1+olefile-{version('olefile')}"
    media_types = frozenset({MSG})

    def read(self, content: bytes) -> Extracted:
        """Take apart. Raises `DocumentBroken`, `DocumentBomb`, and what reading mail raises."""
        try:
            message = written(_Compound(content).message((), _HEADS[0]))
        except RecursionError:
            raise DocumentBomb(reason="its parts are nested without end") from None
        except _BROKEN as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be opened as a message of Outlook ({kind})", kind=type(error).__name__)
            ) from None
        return Mail().read(message)


class _Compound:
    """A compound file: folders of streams."""

    def __init__(self, content: bytes) -> None:
        self._file = olefile.OleFileIO(io.BytesIO(content))
        self._names: dict[Path, list[str]] = defaultdict(list)
        for *folder, name in self._file.listdir(streams=True, storages=True):
            self._names[tuple(folder)].append(name)

    def message(self, path: Path, head: int) -> Outlook:
        """The message in a folder."""
        if len(path) > 2 * DEEPEST:
            raise DocumentBomb(reason=Phrase("messages are nested more than {deepest} deep", deepest=DEEPEST))
        said = self._properties(path, head, "")
        encoding = encoding_of(said)
        inner = [(name, self._properties((*path, name), _HEADS[2], encoding)) for name in self._inside(path)]
        attached: list[Attached] = []
        left: list[str] = []
        for name, attachment in inner:
            if name.startswith(_ATTACHMENT):
                self._attach((*path, name), attachment, attached, left)
        return Outlook(said, [person for name, person in inner if name.startswith(_RECIPIENT)], attached, left)

    def _inside(self, path: Path) -> list[str]:
        """The folders of recipients and attachments, in their order."""
        names = [name for name in self._names[path] if name.startswith((_RECIPIENT, _ATTACHMENT))]
        if len(names) > MOST_INSIDE:
            raise DocumentBomb(reason=Phrase("it has {count} recipients and attachments", count=len(names)))
        return sorted(names)

    def _attach(self, path: Path, said: Properties, attached: list[Attached], left: list[str]) -> None:
        name = str(said.get(FILE_NAME) or said.get(SHORT_FILE_NAME) or said.get(NAME) or "without a name")
        inner = (*path, _INNER)
        if _PROPERTIES in self._names[inner]:
            message = self.message(inner, _HEADS[1])
            attached.append(Attached(str(message.said.get(SUBJECT) or name) + ".eml", written(message)))
        elif isinstance(content := said.get(CONTENT), bytes):
            attached.append(Attached(name, content))
        else:
            left.append(
                f"{name}, {'an object of another program' if said.get(METHOD) == _OBJECT else 'kept elsewhere'}"
            )

    def _properties(self, path: Path, head: int, encoding: str) -> Properties:
        """What is said in one folder: numbers and times in one table, all else in a stream each."""
        said: dict[int, str | bytes | int | datetime] = {}
        if _PROPERTIES in self._names[path]:
            for number, kind, value in _table(self._file.openstream([*path, _PROPERTIES]).read()[head:]):
                said |= stated(number, kind, value, "")
        encoding = encoding or encoding_of(said)
        for name in self._names[path]:
            if name != _INNER and (stream := _STREAM.fullmatch(name)):
                kind, content = int(stream[2], 16), self._file.openstream([*path, name]).read()
                said |= stated(int(stream[1], 16), kind, content, encoding)
        return said


def _table(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, kind and bytes of each entry. Of a text the table has only the length: it stands in a stream of its own."""
    for kind, number, _flags, value in _ENTRY.iter_unpack(content[: len(content) // _ENTRY.size * _ENTRY.size]):
        if kind in _IN_TABLE:
            yield number, kind, value
