"""E-mail: who wrote to whom, when and about what; then what was written; then what was attached, each a document of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from platform import python_version

from resiliparse.parse.html import HTMLTree

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, Extracted, Inside, NothingToRead, assembled
from panah.library.extractors.headers import clean, fields_of, parsed, shown
from panah.library.extractors.html import text_of
from panah.library.extractors.kinds import MAIL
from panah.library.extractors.plain import decoded
from panah.proof import dkim

SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "In-Reply-To")
MOST_PARTS = 20_000
ODD = (LookupError, ValueError, TypeError, AttributeError, MessageError, AssertionError, RecursionError)
"""What Python's e-mail package raises over headers and parts that break its rules."""


class Mail:
    """The header fields that people read, the text (or the HTML, where there is no text), the list of what is attached.

    A message inside the message is read in its place, with its own fields before its own text; of a web page that was
    saved as a message (MHTML, RFC 2557), the pictures and scripts stay in it.
    """

    name = "mail"
    version = f"4+email-{python_version()}"
    media_types = frozenset({MAIL})

    def read(self, content: bytes) -> Extracted:
        """Parse. A part or a field that breaks the rules is read as far as it goes, and says so."""
        try:
            message = parsed(content)
            fields = list(fields_of(message, SHOWN))
            attached: list[Inside] = []
            paragraphs = [_block(fields), *_parts(message, attached)]
            address = _address(message)
        except ODD as error:
            raise DocumentBroken(
                reason=Phrase("it cannot be parsed as a message ({kind})", kind=type(error).__name__)
            ) from None
        if not any(paragraph.strip() for paragraph in paragraphs):
            raise NothingToRead(reason="the message has neither a header nor a body")
        about = _about(dict(fields)) | ({"url": address} if address else {})
        return assembled(paragraphs, about, _signed(content))._replace(inside=[] if address else attached)


def _block(fields: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in fields)


def _signed(content: bytes) -> dict[str, str]:
    """What can be told of the signatures of mail servers (DKIM) without asking anybody for their keys."""
    told = [_signature(each) for each in dkim.signatures(content)]
    return {"dkim": ". ".join(told), "dkim_parts": json.dumps([each.parts for each in told])} if told else {}


def _signature(each: dkim.Signature) -> Phrase:
    signer = clean(f"{each.domain} ({each.selector}, {each.algorithm})")
    if not each.signed_bytes:
        return Phrase("{signer}: {verdict}", signer=signer, verdict=Phrase(each.verdict.value))
    return Phrase(
        "{signer}: {verdict}; only {count} bytes of it were signed",
        signer=signer, verdict=Phrase(each.verdict.value), count=clean(each.signed_bytes),
    )  # fmt: skip


def _address(message: Message) -> str:
    """Where the web page was that is saved in the message; empty where that is no saved page."""
    return next(
        (value for _, value in fields_of(message, ("Snapshot-Content-Location", "Content-Location")) if value), ""
    )


def _parts(message: Message, attached: list[Inside]) -> Iterator[str]:
    """The paragraphs of the bodies, then a line for each thing attached, which goes to `attached`."""
    lines: list[str] = []
    alternatives: set[int] = set()
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            lines.append(f"[Not read: more than {MOST_PARTS} parts]")
            break
        if part.get_content_type() == "multipart/alternative":
            alternatives |= _passed_over(part)
        if part.get_content_type() == "message/delivery-status":
            yield from _report(part)
        elif part.get_content_maintype() == "message":
            yield from _passed_on(part)
        if part.is_multipart() or id(part) in alternatives:
            continue
        if part.get_content_maintype() == "text" and not _is_attachment(part):
            yield from _body(part)
        else:
            attached.append(_attachment(part))
            lines.append(
                f"[Attached: {attached[-1].name}, {part.get_content_type()}, {len(attached[-1].content)} bytes]"
            )
    yield "\n".join(lines)


def _passed_over(alternative: Message) -> set[int]:
    """The HTML of an alternative that also comes as plain text with words in it; pictures may stand around the HTML."""
    kinds = [(part.get_content_type(), part) for part in alternative.walk()]
    plain = any(kind == "text/plain" and _text(part).strip() for kind, part in kinds)
    unread = "text/html" if plain else "text/plain"
    return {id(part) for kind, part in kinds if kind == unread and not _is_attachment(part)}


def _report(status: Message) -> Iterator[str]:
    """What became of a message that could not be delivered: fields in blocks, one for each recipient."""
    for block in _inner(status):
        yield _block((name, shown(value)) for name, value in block.items())


def _passed_on(part: Message) -> Iterator[str]:
    """The fields of each message that is inside: who wrote it, and when, is as much a part of it as its words."""
    for message in _inner(part):
        yield _block(fields_of(message, SHOWN))


def _inner(part: Message) -> Sequence[Message]:
    """What a part consists of, where it consists of parts."""
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _is_attachment(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except ODD:
        return True


def _body(part: Message) -> Iterator[str]:
    text = _text(part)
    if part.get_content_type() == "text/html":
        yield from text_of(HTMLTree.parse(text))
    else:
        yield from text.split("\n\n")


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeError):
        text = decoded(content)[0]
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


def _attachment(part: Message) -> Inside:
    try:
        name = part.get_filename() or "without a name"
    except ODD:
        name = "with an unreadable name"
    payload = part.get_payload(decode=True)
    return Inside(shown(name), payload if isinstance(payload, bytes) else b"")


def _about(fields: dict[str, str]) -> dict[str, str]:
    about = {"title": fields.get("Subject", "")}
    try:
        about["date"] = parsedate_to_datetime(fields.get("Date", "")).date().isoformat()
    except (TypeError, ValueError, IndexError):
        about["date"] = ""
    return {field: value for field, value in about.items() if value}
