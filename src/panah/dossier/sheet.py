"""What the printers are given: a numbered outline as plain values, the same for PDF and DOCX.

    {"title", "reference", "called", "names": [{"name", "script", "note"}], "prepared_by", "made", "frameworks": [str],
     "sections": [{"title", "level", "blocks": [{"kind", "text", "note", "notes": [int], "exhibits": [int]}]}],
     "footnotes": [{"number", "label", "exhibit", "reading", "page", "start", "end", "url"}],
     "exhibits": [{"number", "title", "source", "date", "url", "language", "original", "reading", "extractor", "size",
                   "media_type"}],
     "gaps": [str], "key": str, "timestamp": str}

`notes` are the numbers of a block's footnotes, which stand at the end of its text; `exhibits` are papers that it
cites as a whole. Sections are flat, in the order of reading, with their level from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TypedDict

from panah.dossier.outline import Block, Exhibit, Footnote, Numbered, Section


class SheetBlock(TypedDict):
    """A block, with the numbers of its footnotes and of the exhibits that it cites whole."""

    kind: str
    text: str
    note: str
    notes: list[int]
    exhibits: list[int]


class SheetSection(TypedDict):
    """A heading, how deep it stands (from 1), and its blocks."""

    title: str
    level: int
    blocks: list[SheetBlock]


class SheetFootnote(TypedDict):
    """A footnote: which bytes of which exhibit's reading. `page` is 0 where there are no pages.

    `reading` is empty where it is the one that stands in the list of exhibits.
    """

    number: int
    label: str
    exhibit: int
    reading: str
    page: int
    start: int
    end: int
    url: str


class SheetExhibit(TypedDict):
    """An exhibit with the digests by which it is known."""

    number: int
    title: str
    source: str
    date: str
    url: str
    language: str
    original: str
    reading: str
    extractor: str
    size: int
    media_type: str


class SheetName(TypedDict):
    """A name in one script."""

    name: str
    script: str
    note: str


class Sheet(TypedDict):
    """A dossier ready for the printers."""

    title: str
    reference: str
    called: str
    names: list[SheetName]
    prepared_by: str
    made: str
    frameworks: list[str]
    sections: list[SheetSection]
    footnotes: list[SheetFootnote]
    exhibits: list[SheetExhibit]
    gaps: list[str]
    key: str
    timestamp: str


def sheet_of(dossier: Numbered, *, prepared_by: str, made: str, key: str, timestamp: str) -> Sheet:
    """The sheet of a numbered outline: who seals it, `made` in ISO 8601, the signing key's fingerprint, and the word on
    time-stamps.
    """
    outline = dossier.outline
    numbers = count(1)
    return Sheet(
        title=outline.title,
        reference=outline.reference,
        called=outline.called,
        names=[SheetName(name=each.name, script=each.script, note=each.note) for each in outline.names],
        prepared_by=prepared_by,
        made=made,
        frameworks=[law.label for law in outline.frameworks],
        sections=[flat for section in outline.sections for flat in _flat(section, 1, dossier, numbers)],
        footnotes=[_footnote(footnote, dossier) for footnote in dossier.footnotes],
        exhibits=[_exhibit(exhibit) for exhibit in dossier.exhibits],
        gaps=list(outline.gaps),
        key=key,
        timestamp=timestamp,
    )


def _flat(section: Section, level: int, dossier: Numbered, numbers: count[int]) -> Iterator[SheetSection]:
    blocks = [_block(block, dossier, numbers) for block in section.blocks]
    yield SheetSection(title=section.title, level=level, blocks=blocks)
    for inner in section.sections:
        yield from _flat(inner, level + 1, dossier, numbers)


def _block(block: Block, dossier: Numbered, numbers: count[int]) -> SheetBlock:
    return SheetBlock(
        kind=block.kind,
        text=block.text,
        note=block.note,
        notes=[next(numbers) for citation in block.cites if not citation.whole],
        exhibits=[dossier.exhibit_of(citation.paper) for citation in block.cites if citation.whole],
    )


def _footnote(footnote: Footnote, dossier: Numbered) -> SheetFootnote:
    citation = footnote.citation
    listed = dossier.exhibits[footnote.exhibit - 1].paper.reading
    return SheetFootnote(
        number=footnote.number,
        label=citation.paper.label,
        exhibit=footnote.exhibit,
        reading="" if citation.paper.reading == listed else citation.paper.reading or "",
        page=citation.page or 0,
        start=citation.start,
        end=citation.end,
        url=citation.paper.url,
    )


def _exhibit(exhibit: Exhibit) -> SheetExhibit:
    paper = exhibit.paper
    return SheetExhibit(
        number=exhibit.number,
        title=paper.title,
        source=paper.source,
        date=paper.date,
        url=paper.url,
        language=paper.language,
        original=paper.original,
        reading=paper.reading or "",
        extractor=paper.extractor,
        size=paper.size,
        media_type=paper.media_type,
    )
