"""Archives of web pages (WARC, ISO 28500, and ARC before it): each page in them becomes a document of its own."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from panah.library.extractors import LARGEST_INSIDE, DocumentBroken, Extracted
from panah.library.extractors.answers import Answer, answer_of, charset_of, kind_of
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import ARC, HTML, PDF, WARC, media_type
from panah.proof.web_archives import recorded_digest_holds

_PAGES = re.compile(
    r"text/(?:html|plain|csv|rtf|xml)|application/(?:xhtml\+xml|pdf|rtf|msword|epub\+zip|vnd\.(?:ms-|oasis|openxml).*)"
)
"""Kinds of things that people read: scripts, style sheets, fonts and pictures of a page stay in the archive."""
_SAYS_NOTHING, _READ_ANYWAY = {"", "application/octet-stream"}, {HTML, PDF}
_RECORDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_ARC_LINE = re.compile(rb"([^\n]+?) (\S+) (\d{14}|\d{8,12}) (\S+)(?: [^\n]*)? (\d+)\r?\n")
_MOST_RECORDS = 200_000


class Record(NamedTuple):
    """A recorded answer or file: what of, when (ISO 8601), its bytes, and what is wrong with them."""

    url: str
    at: str
    block: bytes
    is_answer: bool
    content_type: str
    """As the archive says it, where it is no answer."""
    wrong: str
    """Empty where its digests hold; else which does not."""
    digests: int
    """How many digests it has."""


class Warc:
    """The pages of a web archive. Each digest that a record has is compared with its bytes."""

    name = "warc"
    version = f"2+fastwarc-{version('fastwarc')}"
    media_types = frozenset({WARC, ARC})

    def read(self, content: bytes) -> Extracted:
        """Go through the records. Raises `DocumentBroken`, `NothingToRead`."""
        if not looks_archived(content):
            raise DocumentBroken(reason="it does not begin as a web archive does")
        return pages_of(content)


def looks_archived(content: bytes) -> bool:
    """Whether these bytes begin as a web archive does."""
    return content.startswith((b"WARC/", b"filedesc://"))


def pages_of(content: bytes, titles: Mapping[str, str] | None = None) -> Extracted:
    """The pages of a web archive, packed or not. Raises `DocumentBroken`, `NothingToRead`."""
    contents, tally = Contents(), Counter[str]()
    gather(content, contents, tally, titles or {})
    return contents.extracted(
        ["Web archive", verdict(tally)], found={name: str(count) for name, count in tally.items()}
    )


def verdict(tally: Mapping[str, int]) -> str:
    """What came of comparing the digests, in words."""
    broken = tally.get("digests_broken", 0)
    how = f"of {broken} records they do not hold" if broken else "all of them hold"
    return f"Digests compared: {tally['digests']}; {how}." if tally.get("digests") else "It has no digests to compare."


def gather(content: bytes, contents: Contents, tally: Counter[str], titles: Mapping[str, str]) -> None:
    """Take the pages out, and count records, digests, and records whose digests do not hold."""
    for record in _records(content, contents):
        tally["records"] += 1
        tally["digests"] += record.digests
        tally["digests_broken"] += bool(record.wrong)
        answer = answer_of(record.block) if record.is_answer else _as_answer(record)
        status = f"status {answer.status}" if answer and answer.status else ""
        said = ", ".join(filter(None, [record.at, status, record.wrong]))
        if answer is None or answer.body is None:
            contents.leave(f"{record.url}, {said}", "it cannot be unpacked")
        elif record.url.partition("?")[0].endswith("/robots.txt"):
            contents.leave(f"{record.url}, {said}", "what the site says to programs, no page to read")
        elif not answer.body or not _is_page(answer.media_type, answer.body):
            contents.leave(f"{record.url}, {said}", f"{answer.media_type or 'no kind said'}, no page to read")
        else:
            about = {
                "url": record.url, "accessed": record.at[:10], "title": titles.get(record.url, ""),
                "charset": answer.charset,
            }  # fmt: skip
            contents.take(record.url, answer.body, {name: value for name, value in about.items() if value}, said=said)


def _as_answer(record: Record) -> Answer:
    """A file of which no server's answer was recorded."""
    said = record.content_type
    return Answer(0, kind_of(said), charset_of(said), record.block, record.block)


def _is_page(said: str, body: bytes) -> bool:
    return bool(_PAGES.fullmatch(said)) or (said in _SAYS_NOTHING and media_type(body[:1024]) in _READ_ANYWAY)


def _records(content: bytes, contents: Contents) -> Iterator[Record]:
    """The records that hold something; where the archive breaks off, that is listed."""
    number = 0
    try:
        for number, record in enumerate(
            _arc(content) if content.startswith(b"filedesc://") else _warc(content), start=1
        ):
            yield record
            if number >= _MOST_RECORDS:
                contents.leave("The rest", f"more than {_MOST_RECORDS} records")
                return
    except (OSError, ValueError, EOFError) as error:
        if not number:
            raise DocumentBroken(reason="no record of it can be read") from None
        contents.leave("The rest", f"the archive is damaged after record {number} ({type(error).__name__})")


def _warc(content: bytes) -> Iterator[Record]:
    for record in ArchiveIterator(io.BytesIO(content), record_types=_RECORDS, parse_http=False, quirks_mode=True):
        block = record.reader.read(LARGEST_INSIDE)
        url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or "without an address"
        at = record.record_date.isoformat(timespec="seconds")
        is_answer = record.record_type == WarcRecordType.response
        yield Record(
            url,
            at,
            block,
            is_answer,
            record.headers.get("Content-Type") or "",
            *_compared(record, block),
        )


def _compared(record: WarcRecord, block: bytes) -> tuple[str, int]:
    """Which of a record's digests does not hold, and how many it has."""
    said = {name: record.headers.get(f"WARC-{name.title()}-Digest") for name in ("block", "payload")}
    if len(block) < record.content_length:
        return "cut short", sum(value is not None for value in said.values())
    answer = answer_of(block)
    sent = block.partition(b"\r\n\r\n")[2] if answer else block
    candidates = {
        "block": [block],
        "payload": [sent, answer.payload if answer else block, (answer and answer.body) or b""],
    }
    wrong = [
        name
        for name, value in said.items()
        if value and not any(recorded_digest_holds(value, each) for each in candidates[name])
    ]
    count = sum(value is not None for value in said.values())
    return (f"{' and '.join(wrong)} digest does not hold" if wrong else ""), count


def _arc(content: bytes) -> Iterator[Record]:
    at = 0
    while line := _ARC_LINE.match(content, at):
        url, when, size = line[1].decode("utf-8", "replace"), line[3].decode(), int(line[5])
        block = content[line.end() : line.end() + size]
        if not url.startswith("filedesc://"):
            date = f"{when[:4]}-{when[4:6]}-{when[6:8]}"
            yield Record(
                url,
                date,
                block,
                block.startswith(b"HTTP/"),
                line[4].decode("latin-1"),
                "" if len(block) == size else "cut short",
                0,
            )
        at = line.end() + size
        while content[at : at + 1] in {b"\n", b"\r"}:
            at += 1
    if at < len(content):
        raise ValueError(at)
