"""The dossier as DOCX: a document tree for pandoc, with real footnotes, headings, and directions of text.

The tree is data, so nothing in it can be taken for markup. Fonts are those of the reader's machine: `reference.docx`,
which `tools/reference.py` makes, names them and all styles.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from panah.dossier.exporters import wording
from panah.dossier.exporters.process import pressed
from panah.dossier.exporters.runs import Line, Run, Setter
from panah.dossier.exporters.sheets import accepted, languages, levels

if TYPE_CHECKING:
    from panah.dossier.sheet import Sheet, SheetBlock, SheetExhibit, SheetFootnote

Node = dict[str, object]
"""An element of pandoc's document tree: `t` says what it is, `c` what is in it."""

PANDOC_API = [1, 23, 1]

_STYLES = {"text": "Body Text", "quote": "Block Text", "question": "Question", "silence": "Silence", "label": "Label"}
_FROM_RIGHT = "Block Text From Right"
_NO_DATE = b"1970-01-01T00:00:00Z"
"""Pandoc knows no date in its sandbox."""
_FROM_RIGHT_TO_LEFT = b"<w:bidi />"
"""Pandoc gives a footnote the direction of its paragraph; ours are all in the language of the fixed words."""
_ISOLATES = re.compile("[\u2066-\u2069]")
"""Word processors do not know them: the direction is said of each run instead."""
_FIRST_HEADING = b'<w:pStyle w:val="Heading1" />'
_ROW = re.compile(rb"<w:tr>(?!<w:trPr>)")


def docx_of(sheet: Sheet) -> bytes:
    """The dossier as DOCX; the same sheet gives the same bytes. Raises `PrintFailed`."""
    with accepted(sheet, "DOCX"):
        made = wording.made_at(sheet)
        document = _Document(sheet)
        tree = json.dumps(document.tree()).encode()
        words = document.words()
    return _finished(pressed("DOCX", tree, made=made), words, made)


class _Document:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._languages = languages(sheet)
        self._footnotes = {note["number"]: note for note in sheet["footnotes"]}
        self._setter = Setter()

    def tree(self) -> Node:
        blocks = [*self._cover(), *self._sections(), *self._open(), *self._exhibits(), *self._verify()]
        meta = {"lang": {"t": "MetaString", "c": wording.LANGUAGE}}
        return {"pandoc-api-version": PANDOC_API, "meta": meta, "blocks": blocks}

    def words(self) -> dict[str, str]:
        """What is filled into the document's properties and the footer of every page."""
        key = self._sheet["key"]
        title = self._setter.plain(self._sheet["title"]) or wording.UNTITLED
        return {
            "<dc:title></dc:title>": f"<dc:title>{escape(title)}</dc:title>",
            "[Reference]": escape(self._setter.plain(self._sheet["reference"])),
            "[Key]": escape(f"{wording.KEY} {wording.short(key)}" if key else wording.UNSEALED),
        }

    def _cover(self) -> Iterable[Node]:
        sheet = self._sheet
        yield self._styled("Kicker", wording.fixed(sheet).kicker)
        yield self._styled("Title", sheet["title"], otherwise=wording.UNTITLED)
        yield self._styled("Applicant", f"{wording.APPLICANT}: {wording.isolated(sheet['called'])}")
        for name in sheet["names"]:
            yield self._styled("Particular", f"{wording.isolated(name['name'])} ({wording.written(name)})")
        yield from self._notice()
        for row in wording.particulars(sheet):
            yield _div(None, [_para([_strong(f"{row.label}: "), *self._listed(row.values)])], style="Particular")

    def _listed(self, values: Sequence[str]) -> Iterable[Node]:
        for place, value in enumerate(values):
            if place:
                yield {"t": "LineBreak"}
            yield from self._inlines(value)

    def _notice(self) -> Iterable[Node]:
        notice = wording.notice(self._sheet)
        style = "Notice" if self._sheet["gaps"] else "Notice Complete"
        yield _div(None, [_para([_strong(notice.heading)])], style=style)
        yield self._styled(style, notice.sentence)
        for number, gap in enumerate(notice.gaps, start=1):
            yield self._styled(style, f"{number}. {wording.isolated(gap)}")
        if notice.more:
            yield self._styled(style, f"{notice.more}.")

    def _sections(self) -> Iterable[Node]:
        for level, section in zip(levels(self._sheet), self._sheet["sections"], strict=True):
            yield self._heading(level, section["title"])
            for block in section["blocks"]:
                yield from self._block(block)

    def _heading(self, level: int, title: str) -> Node:
        line = self._setter.line(title)
        line = line if line.runs else self._setter.line(wording.UNTITLED)
        return _div(line, [{"t": "Header", "c": [min(level, 6), _attributes(), _runs(line)]}])

    def _block(self, block: SheetBlock) -> Iterable[Node]:
        quote = block["kind"] == "quote"
        notes = [self._footnotes[number] for number in block["notes"]]
        spoken = {self._languages[note["exhibit"]] for note in notes}
        language = spoken.pop() if quote and len(spoken) == 1 else ""
        text = block["text"] or (wording.NOT_EXAMINED if block["kind"] == "silence" else "")
        lines = self._setter.lines(text, language, flowing=quote) or [self._setter.line("")]
        for line in lines:
            tail = self._tail(block, notes, rtl=line.rtl) if line is lines[-1] else []
            style = _FROM_RIGHT if quote and line.rtl else _STYLES[block["kind"]]
            if line.runs or tail:
                yield _div(line, [_para([*_runs(line), *tail])], style=style)
        for line in self._setter.lines(block["note"]):
            yield _div(line, [_para(_runs(line))], style="Authority")

    def _tail(self, block: SheetBlock, notes: Sequence[SheetFootnote], *, rtl: bool) -> list[Node]:
        """The marks of footnotes and exhibits, at the end of the words whatever their last letter is."""
        tail: list[Node] = []
        for note in notes:
            tail += [_superscript(", ")] if tail else [_text("\u200f" if rtl else "\u200e")]
            tail.append({"t": "Note", "c": [_para(self._footnote(note))]})
        for exhibit in block["exhibits"]:
            tail += [_text(" "), _span([_text(wording.whole(exhibit))], {"dir": "ltr", "lang": wording.LANGUAGE})]
        return tail

    def _footnote(self, note: SheetFootnote) -> list[Node]:
        told = wording.footnote(note, self._sheet["exhibits"][note["exhibit"] - 1])
        url = f". {note['url']}" if note["url"] else ""
        return self._inlines(told.lead + told.text + url)

    def _open(self) -> Iterable[Node]:
        gaps = self._sheet["gaps"]
        yield self._heading(1, wording.fixed(self._sheet).open)
        yield self._styled(
            "Body Text", wording.fixed(self._sheet).open_introduction if gaps else wording.notice(self._sheet).sentence
        )
        if gaps:
            yield _numbered([[self._styled("Compact", gap)] for gap in gaps])

    def _exhibits(self) -> Iterable[Node]:
        yield self._heading(1, wording.EXHIBITS)
        yield self._styled("Body Text", wording.fixed(self._sheet).exhibits_introduction)
        if self._sheet["exhibits"]:
            head = [[self._styled("Compact", column)] for column in wording.EXHIBIT_COLUMNS]
            yield _table((0.08, 0.92), head, [self._row(exhibit) for exhibit in self._sheet["exhibits"]])

    def _row(self, exhibit: SheetExhibit) -> list[list[Node]]:
        title = self._setter.line(exhibit["title"] or wording.UNTITLED, exhibit["language"])
        about = [wording.described(exhibit), exhibit["url"], wording.read_by(exhibit)]
        digests = [[_text(f"{told.lead}  "), _code(told.text)] for told in wording.digests(exhibit)]
        return [
            [_div(None, [_para([_strong(str(exhibit["number"]))])], style="Compact")],
            [
                _div(title, [_para(_runs(title))], style="Compact"),
                *(self._styled("Authority", text) for text in about if text),
                *(_div(None, [_para(digest)], style="Authority") for digest in digests),
            ],
        ]

    def _verify(self) -> Iterable[Node]:
        yield self._heading(1, wording.fixed(self._sheet).verify)
        steps = wording.steps(self._sheet)
        yield _numbered([[_para([_strong(f"{step.lead} "), *self._inlines(step.text)])] for step in steps])
        undrawn = wording.undrawn(frozenset(self._setter.coded))
        for told in (*wording.limits(self._sheet), *([undrawn] if undrawn else ())):
            yield _div(None, [_para([_strong(f"{told.lead} "), *self._inlines(told.text)])], style="Body Text")
        if self._sheet["key"]:
            key = _code(self._setter.plain(self._sheet["key"]))
            yield _div(None, [_para([_text(f"{wording.FINGERPRINT}: "), key])], style="Body Text")

    def _styled(self, style: str, text: str, *, otherwise: str = "") -> Node:
        line = self._setter.line(text)
        line = line if line.runs else self._setter.line(otherwise)
        return _div(line, [_para(_runs(line))], style=style)

    def _inlines(self, text: str) -> list[Node]:
        return _runs(self._setter.line(text))


def _runs(line: Line) -> list[Node]:
    return [_run(run) for run in line.runs]


def _run(run: Run) -> Node:
    if run.code:
        return _span([_text(f"[{run.text}]")], {"custom-style": "Code Point", "dir": "ltr", "lang": run.lang})
    rtl = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in run.text)
    return _span([_text(_ISOLATES.sub("", run.text))], {"dir": "rtl" if rtl else "ltr", "lang": run.lang})


def _text(text: str) -> Node:
    return {"t": "Str", "c": text}


def _strong(text: str) -> Node:
    return {"t": "Strong", "c": [_text(text)]}


def _superscript(text: str) -> Node:
    return {"t": "Superscript", "c": [_text(text)]}


def _code(text: str) -> Node:
    return {"t": "Code", "c": [_attributes(), text]}


def _span(inlines: list[Node], pairs: dict[str, str]) -> Node:
    return {"t": "Span", "c": [_attributes(pairs), inlines]}


def _para(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def _div(line: Line | None, blocks: list[Node], style: str = "") -> Node:
    """Blocks in the direction of a line, or, where there is none, from left to right."""
    pairs = {"dir": "rtl" if line and line.rtl else "ltr"} | ({"custom-style": style} if style else {})
    return {"t": "Div", "c": [_attributes(pairs), blocks]}


def _attributes(pairs: dict[str, str] | None = None) -> list[object]:
    return ["", [], [list(pair) for pair in (pairs or {}).items()]]


def _numbered(items: list[list[Node]]) -> Node:
    return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}


def _table(widths: Sequence[float], head: list[list[Node]], rows: list[list[list[Node]]]) -> Node:
    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    body = [_attributes(), 0, [], [_table_row(row) for row in rows]]
    return {
        "t": "Table",
        "c": [_attributes(), [None, []], columns, [_attributes(), [_table_row(head)]], [body], [_attributes(), []]],
    }


def _table_row(cells: list[list[Node]]) -> list[object]:
    return [_attributes(), [[_attributes(), {"t": "AlignDefault"}, 1, 1, blocks] for blocks in cells]]


def _finished(pressed_: bytes, words: dict[str, str], made: datetime) -> bytes:
    """The document with its words filled in and its date told; its parts in their order, without dates of their own."""
    date = made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    finished = BytesIO()
    with ZipFile(BytesIO(pressed_)) as parts, ZipFile(finished, "w") as filled:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "word/footnotes.xml":
                content = content.replace(_FROM_RIGHT_TO_LEFT, b"")
            if part.filename == "word/document.xml":
                content = _paged(content)
            if part.filename.startswith(("word/footer", "docProps/")):
                content = content.replace(_NO_DATE, date)
                for place, filling in words.items():
                    content = content.replace(place.encode(), filling.encode())
            filled.writestr(ZipInfo(part.filename), content, ZIP_DEFLATED)
    return finished.getvalue()


def _paged(document: bytes) -> bytes:
    """The cover on a page of its own, and no exhibit on two: pandoc has no word for either.

    A page break after a cover that fills its page would leave an empty one, so the first heading asks for a new page.
    """
    broken = document.replace(_FIRST_HEADING, _FIRST_HEADING + b"<w:pageBreakBefore/>", 1)
    return _ROW.sub(b"<w:tr><w:trPr><w:cantSplit/></w:trPr>", broken)
