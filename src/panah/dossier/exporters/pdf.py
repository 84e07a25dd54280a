"""The dossier as PDF: pages laid out by Typst, from the template `press.typ`.

Produced as PDF/A-2a and PDF/UA-1 (tagged, with title, language, date and embedded fonts), not validated. Only the
shipped fonts are used, whatever the machine has: a page must not depend on where it was printed. What they cannot draw
is printed as the character's number in Unicode, and the last page says so.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from panah.dossier.exporters import wording
from panah.dossier.exporters.glyphs import drawable, families
from panah.dossier.exporters.process import pressed
from panah.dossier.exporters.runs import ARABIC, HAN, Line, Run, Setter
from panah.dossier.exporters.sheets import accepted, languages, levels

if TYPE_CHECKING:
    from panah.dossier.sheet import Sheet, SheetBlock, SheetExhibit, SheetFootnote

Data = str | int | bool | None | Sequence["Data"] | Mapping[str, "Data"]
"""What JSON can say, and so what the template is given."""

ENOUGH_FOR_CONTENTS = 8
"""A dossier of so many sections has a table of contents."""

_FIRST_FONT = {"ug": "UKIJ Tuz Kitab", "ar": "Noto Naskh Arabic", "han": "Noto Serif CJK SC", "": "Noto Serif"}
_LETTERS_OF_UYGHUR = frozenset({"ug", "kk", "ky"})
_MONOSPACED = "Noto Sans Mono"

_UNBROKEN = r"[^\s\u200b\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]"
_OVERLONG = re.compile(f"{_UNBROKEN}{{40,}}")
_OVERLONG_IN_LARGE = re.compile(f"{_UNBROKEN}{{24,}}")
"""Words that might not fit into a line, and have no place where it may end."""
_STRIDE = 12


def pdf_of(sheet: Sheet) -> bytes:
    """The dossier as PDF; the same sheet gives the same bytes. Raises `PrintFailed`."""
    with accepted(sheet, "PDF"):
        made = wording.made_at(sheet)
        pages = _Pages(sheet).data()
    return pressed("PDF", json.dumps(pages).encode(), made=made)


def missing_glyphs(sheet: Sheet) -> frozenset[str]:
    """The characters of a sheet that are printed as numbers: no shipped font has them, or they have no shape at all."""
    pages = _Pages(sheet)
    pages.data()
    return frozenset(pages.setter.coded)


class _Pages:
    """The sheet as `press.typ` reads it: every text already a line of runs."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._languages = languages(sheet)
        self._footnotes = {note["number"]: note for note in sheet["footnotes"]}
        self.setter = Setter(drawable)

    def data(self) -> dict[str, Data]:
        sheet = self._sheet
        made = wording.made_at(sheet)
        title = self.setter.plain(sheet["title"]) or wording.UNTITLED
        pages: dict[str, Data] = {
            "title": title,
            "author": self.setter.plain(sheet["prepared_by"]),
            "subject": self.setter.plain(sheet["reference"]),
            "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
            "language": wording.LANGUAGE,
            "fonts": _fonts(),
            "footer": self._footer(),
            "cover": self._cover(),
            "contents": wording.CONTENTS if len(sheet["sections"]) >= ENOUGH_FOR_CONTENTS else "",
            "sections": self._sections(),
            "open": self._open(),
            "exhibits": self._exhibits(),
        }
        return pages | {"verify": self._verify()}  # last, for it lists what could not be drawn so far

    def _line(self, text: str, language: str = "", *, large: bool = False) -> Data:
        return _line(self.setter.line(text, language), large=large)

    def _titled(self, text: str, language: str = "", *, large: bool = False) -> Data:
        line = self.setter.line(text, language)
        return _line(line if line.runs else self.setter.line(wording.UNTITLED), large=large)

    def _told(self, told: wording.Told) -> Data:
        return {"lead": self._line(told.lead), "text": self._line(told.text)}

    def _footer(self) -> Data:
        key = self._sheet["key"]
        reference = self.setter.plain(self._sheet["reference"])
        return {
            "reference": self._line(reference if len(reference) <= 40 else f"{reference[:39]}…"),
            "page": wording.PAGE,
            "of": wording.PAGE_OF,
            "key": f"{wording.KEY} {wording.short(key)}" if key else wording.UNSEALED,
        }

    def _cover(self) -> Data:
        sheet = self._sheet
        notice = wording.notice(sheet)
        return {
            "kicker": wording.fixed(sheet).kicker,
            "title": self._titled(sheet["title"], large=True),
            "called": {"label": wording.APPLICANT, "name": self._line(sheet["called"], large=True)},
            "names": [
                {"name": self._line(name["name"]), "script": self._line(wording.written(name))}
                for name in sheet["names"]
            ],
            "rows": [
                {"label": row.label, "values": [self._line(value) for value in row.values]}
                for row in wording.particulars(sheet)
            ],
            "notice": {
                "heading": notice.heading,
                "sentence": notice.sentence,
                "gaps": [self._line(gap) for gap in notice.gaps],
                "more": notice.more,
            },
        }

    def _sections(self) -> Data:
        return [
            {
                "level": level,
                "title": self._titled(section["title"], large=True),
                "blocks": [self._block(block) for block in section["blocks"]],
            }
            for level, section in zip(levels(self._sheet), self._sheet["sections"], strict=True)
        ]

    def _block(self, block: SheetBlock) -> Data:
        silent = block["kind"] == "silence"
        text = block["text"] or (wording.NOT_EXAMINED if silent else "")
        notes = [self._footnotes[number] for number in block["notes"]]
        spoken = {self._languages[note["exhibit"]] for note in notes}
        language = spoken.pop() if block["kind"] == "quote" and len(spoken) == 1 else ""
        lines = self.setter.lines(text, language, flowing=block["kind"] == "quote")
        return {
            "kind": block["kind"],
            "lines": [_line(line) for line in lines or [self.setter.line("")]],
            "note": [_line(line) for line in self.setter.lines(block["note"])],
            "notes": [self._footnote(note) for note in notes],
            "exhibits": [{"number": number, "text": wording.whole(number)} for number in block["exhibits"]],
        }

    def _footnote(self, note: SheetFootnote) -> Data:
        told = wording.footnote(note, self._sheet["exhibits"][note["exhibit"] - 1])
        return {
            "number": note["number"],
            "exhibit": note["exhibit"],
            "text": self._line(told.lead + told.text),
            "url": self._line(note["url"]),
        }

    def _open(self) -> Data:
        notice = wording.notice(self._sheet)
        return {
            "title": wording.fixed(self._sheet).open,
            "introduction": wording.fixed(self._sheet).open_introduction if self._sheet["gaps"] else notice.sentence,
            "gaps": [[_line(line) for line in self.setter.lines(gap)] for gap in self._sheet["gaps"]],
        }

    def _exhibits(self) -> Data:
        return {
            "title": wording.EXHIBITS,
            "introduction": wording.fixed(self._sheet).exhibits_introduction,
            "columns": list(wording.EXHIBIT_COLUMNS),
            "rows": [self._exhibit(exhibit) for exhibit in self._sheet["exhibits"]],
        }

    def _exhibit(self, exhibit: SheetExhibit) -> Data:
        return {
            "number": exhibit["number"],
            "title": self._titled(exhibit["title"], exhibit["language"]),
            "about": self._line(wording.described(exhibit)),
            "url": self._line(exhibit["url"]),
            "digests": [{"label": told.lead, "digits": told.text} for told in wording.digests(exhibit)],
            "read_by": self._line(wording.read_by(exhibit)),
        }

    def _verify(self) -> Data:
        told = wording.limits(self._sheet)
        undrawn = wording.undrawn(frozenset(self.setter.coded))
        return {
            "title": wording.fixed(self._sheet).verify,
            "steps": [self._told(step) for step in wording.steps(self._sheet)],
            "limits": [self._told(limit) for limit in (*told, *([undrawn] if undrawn else ()))],
            "key": {"label": wording.FINGERPRINT, "digits": self.setter.plain(self._sheet["key"])},
        }


def _fonts() -> Data:
    """The families in the order in which they are tried, for each kind of script."""
    shipped = [family.name for family in families() if family.name != _MONOSPACED]
    text: dict[str, Data] = {
        kind: [first, *(name for name in shipped if name != first)] for kind, first in _FIRST_FONT.items()
    }
    return text | {"mono": [_MONOSPACED, *shipped]}


def _line(line: Line, *, large: bool = False) -> Data:
    runs = [_run(run, large=large) for run in line.runs]
    return {"rtl": line.rtl, "turns": line.turns, "lang": line.lang, "runs": runs}


def _run(run: Run, *, large: bool) -> Data:
    if run.code:
        return {"text": run.text, "lang": run.lang, "font": "", "code": True}
    font = ""
    if run.script == ARABIC:
        font = "ug" if run.lang in _LETTERS_OF_UYGHUR else "ar"
    elif run.script == HAN:
        font = "han"
    text = (_OVERLONG_IN_LARGE if large else _OVERLONG).sub(_breakable, run.text)
    return {"text": text, "lang": run.lang, "font": font, "code": False}


def _breakable(word: re.Match[str]) -> str:
    """An overlong word with places where a line may end (U+200B), never between a letter and its mark."""
    broken, since = "", 0
    for character in word[0]:
        if since >= _STRIDE and unicodedata.category(character)[0] != "M":
            broken, since = f"{broken}\u200b", 0
        broken += character
        since += 1
    return broken
