"""Which form some text has: a chat, a table, contacts, JSON, or none but its own.

Each test is strict, for a text that is taken for something else is read worse than one that is taken for plain text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

PLAIN, CHAT, CSV, JSON = "text/plain", "text/x-chat", "text/csv", "application/json"
VCARD, CALENDAR, DXF = "text/vcard", "text/calendar", "image/vnd.dxf"

DELIMITERS = "\t;,|"
ENOUGH_ROWS = 3

_SPACE = r"[^\S\n]"
_UNSEEN = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
_WORD = r"[^\W\d_](?:[^\W\d_]|[.\u200c]|[ \u00a0\u202f](?=[^\W\d_])){0,15}"
MESSAGE = re.compile(
    rf"^{_UNSEEN}(?P<open>\[)?{_UNSEEN}"
    rf"(?P<date>\d{{1,4}}(?P<between>{_SPACE}?[./-]{_SPACE}?)\d{{1,2}}(?P=between)\d{{1,4}}\.?|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
    rf"[,،]?{_SPACE}?"
    rf"(?P<before>{_WORD})?{_SPACE}?(?P<time>\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?)(?:{_SPACE}?(?P<after>{_WORD}))?"
    rf"(?(open)\]{_SPACE}?|{_UNSEEN}(?:{_SPACE}[-\u2013\u2014]{_SPACE}|:{_SPACE}))"
    r"(?P<rest>[^\n]*)",
    re.MULTILINE,
)
"""The line with which a message begins, as WhatsApp and Signal write a chat into a text file: when, who, what."""
SENDER = re.compile(r"(?P<sender>[^:\n]{1,120}):(?!//)")

_JSON = re.compile(
    r'[\[{](?>\s++|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|[\[\]{},:]|-?\d[\d.eE+-]*+|true|false|null)*+'
    r'(?:"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+\\?|[a-z]{1,4}|-)?'
)
"""Nothing but the signs of JSON, up to where the text is cut off. Nothing in it is tried twice."""
_DXF = re.compile(r"(?:\s*999\s*\n[^\n]*\n)*\s*0\s*\n\s*SECTION\s*\n\s*2\s*\n")


def kind(text: str, *, is_whole: bool) -> str:
    """The media type of a text, of which this is the beginning, or all where `is_whole`."""
    begun = text.lstrip("\ufeff \t\r\n")
    if re.match(r"BEGIN:VCARD\b", begun, re.IGNORECASE):
        return VCARD
    if re.match(r"BEGIN:VCALENDAR\b", begun, re.IGNORECASE):
        return CALENDAR
    if begun.startswith(("{", "[")) and '"' in begun and _JSON.fullmatch(begun):
        return JSON
    if _DXF.match(text):
        return DXF
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n")
    if _is_chat(lines):
        return CHAT
    return CSV if delimiter(lines, is_whole=is_whole) else PLAIN


def _is_chat(lines: str) -> bool:
    """Its first line begins a message, and at least two messages have a sender."""
    return bool(MESSAGE.match(lines)) and sum(1 for message in _senders(lines)) >= 2


def _senders(lines: str) -> Iterator[str]:
    for message in MESSAGE.finditer(lines):
        if sender := SENDER.match(message["rest"]):
            yield sender["sender"]


def delimiter(lines: str, *, is_whole: bool) -> str:
    """What stands between the cells of a table; nothing where it is no table.

    A table has at least three rows of equally many cells, at least two, and no cell begins with a space: prose with a
    comma in each line is prose.
    """
    return next((mark for mark in DELIMITERS if _is_table(lines, mark, is_whole=is_whole)), "")


def _is_table(lines: str, mark: str, *, is_whole: bool) -> bool:
    if mark not in lines.partition("\n")[0]:
        return False
    try:
        rows = [row for row in csv.reader(io.StringIO(lines), delimiter=mark, strict=True) if row]
    except csv.Error:
        return False
    rows = rows if is_whole else rows[:-1]
    widths = {len(row) for row in rows}
    return len(rows) >= ENOUGH_ROWS and len(widths) == 1 and not any(cell[:1] == " " for row in rows for cell in row)
