"""Mailboxes of Outlook (.pst, .ost): each message a document of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

import pypff

from panah.errors import Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, Extracted
from panah.library.extractors.contents import Contents
from panah.library.extractors.headers import clean
from panah.library.extractors.kinds import PST
from panah.library.extractors.outlook import (
    DELIVERED_AT,
    FILE_NAME,
    NAME,
    SENDER_NAME,
    SENT_AT,
    SHORT_FILE_NAME,
    SUBJECT,
    Attached,
    Outlook,
    Properties,
    encoding_of,
    stated,
    written,
)

DEEPEST = 60
_BROKEN = (OSError, ValueError, TypeError, AttributeError, IndexError, MemoryError, OverflowError)
"""What the library raises over what is damaged."""


class _Found(NamedTuple):
    """A message and the folder in which it was; None where it is damaged."""

    folder: str
    message: pypff.message | None


class Pst:
    """Each message is written down as the one that it was. What was deleted and is still in the file is there, and says so."""

    name = "pst"
    version = f"1+libpff-{pypff.get_version()}"
    media_types = frozenset({PST})

    def read(self, content: bytes) -> Extracted:
        """Take apart. Raises `DocumentBroken`, `DocumentBomb` or `NothingToRead`."""
        file = pypff.file()
        try:
            file.open_file_object(io.BytesIO(content))
            root = file.get_root_folder()
        except _BROKEN as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be opened as a mailbox of Outlook ({kind})", kind=type(error).__name__)
            ) from None
        contents, number = Contents(), 0
        for number, found in enumerate(chain(_in_folder(root, "", 0), _lost(file)), start=1):
            _take(found, number, contents)
        return contents.extracted([f"Mailbox of Outlook, {number} messages"])


def _in_folder(folder: pypff.folder, path: str, depth: int) -> Iterator[_Found]:
    if depth > DEEPEST:
        raise DocumentBomb(reason=Phrase("its folders are nested more than {deepest} deep", deepest=DEEPEST))
    yield from (_Found(path, message) for message in _each(folder.get_number_of_sub_messages, folder.get_sub_message))
    for inner in _each(folder.get_number_of_sub_folders, folder.get_sub_folder):
        if inner is None:
            yield _Found(f"{path}[a folder]/", None)
        else:
            yield from _in_folder(inner, f"{path}{_name_of(inner)}/", depth + 1)


def _lost(file: pypff.file) -> Iterator[_Found]:
    """What was deleted, and whose place in the file was not yet used again."""
    for item in _each(file.get_number_of_orphan_items, file.get_orphan_item):
        if isinstance(item, pypff.message):
            yield _Found("[deleted]/", item)


def _each(count: Callable[[], int], get: Callable[[int], pypff.item]) -> Iterator[pypff.item | None]:
    """Everything of a list; None in the place of what is damaged."""
    try:
        total = count()
    except _BROKEN:
        return
    for number in range(total):
        try:
            yield get(number)
        except _BROKEN:
            yield None


def _take(found: _Found, number: int, contents: Contents) -> None:
    name = f"{found.folder}{number:05}.eml"
    if contents.full or found.message is None:
        contents.leave(name, "it is damaged" if found.message is None else "there is more in here than is taken out")
        return
    try:
        message = _message(found.message, 0)
    except _BROKEN as error:
        contents.leave(name, f"it is damaged ({type(error).__name__})")
        return
    at, said = message.said.get(SENT_AT) or message.said.get(DELIVERED_AT), message.said
    shown = [
        at.strftime("%Y-%m-%d %H:%M") if isinstance(at, datetime) else "",
        said.get(SENDER_NAME, ""),
        said.get(SUBJECT, ""),
    ]
    contents.take(name, written(message), said=", ".join(clean(str(each)) for each in shown if each))


def _message(message: pypff.message, depth: int) -> Outlook:
    """A message with its recipients and what is attached to it."""
    if depth > DEEPEST:
        raise DocumentBomb(reason=Phrase("messages are nested more than {deepest} deep", deepest=DEEPEST))
    said = _properties(message, "")
    encoding = encoding_of(said)
    recipients = [_stated(people, encoding) for people in message.recipients.record_sets] if message.recipients else []
    attached: list[Attached] = []
    left: list[str] = []
    for attachment in _each(message.get_number_of_attachments, message.get_attachment):
        if attachment is None:
            left.append("something that is damaged")
        else:
            _attach(attachment, encoding, depth, attached, left)
    return Outlook(said, recipients, attached, left)


def _attach(attachment: pypff.attachment, encoding: str, depth: int, attached: list[Attached], left: list[str]) -> None:
    name = "something"
    try:
        said = _properties(attachment, encoding)
        name = str(said.get(FILE_NAME) or said.get(SHORT_FILE_NAME) or said.get(NAME) or "without a name")
        inner = [item for item in attachment.sub_items if isinstance(item, pypff.message)]
        if inner:
            message = _message(inner[0], depth + 1)
            attached.append(Attached(str(message.said.get(SUBJECT) or name) + ".eml", written(message)))
        else:
            attached.append(Attached(name, attachment.read_buffer(attachment.size)))
    except _BROKEN:
        left.append(f"{name}, which is damaged or kept elsewhere")


def _properties(item: pypff.item, encoding: str) -> Properties:
    said: dict[int, str | bytes | int | datetime] = {}
    for records in item.record_sets:
        said |= _stated(records, encoding)
    return said


def _stated(records: pypff.record_set, encoding: str) -> dict[int, str | bytes | int | datetime]:
    """What a set of properties says; first the numbers, for one of them says how the words are written."""
    entries = [(entry.entry_type or 0, entry.value_type or 0, entry.data) for entry in records.entries]
    said: dict[int, str | bytes | int | datetime] = {}
    for number, kind, value in sorted((each for each in entries if each[2]), key=lambda each: each[1]):
        said |= stated(number, kind, value, encoding or encoding_of(said))
    return said


def _name_of(folder: pypff.folder) -> str:
    try:
        return str(folder.name or "").replace("/", "∕") or "without a name"
    except _BROKEN:
        return "without a name"
