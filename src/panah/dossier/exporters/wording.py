"""The fixed words of a printed dossier, around what people wrote: the same in the PDF and in the DOCX."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from panah.text import language_name

if TYPE_CHECKING:
    from panah.dossier.sheet import Sheet, SheetExhibit, SheetFootnote, SheetName

LANGUAGE = "en"
CONTENTS = "Contents"
APPLICANT = "Applicant"
FINGERPRINT = "Fingerprint of the key"
EXHIBITS = "Exhibits"
NOT_EXAMINED = "Not examined."
UNTITLED = "Without a title"
EXHIBIT_COLUMNS = ("No.", "Document and digests (SHA-256)")
UNSEALED = "not sealed"
PAGE, PAGE_OF, KEY = "page", "of", "key"
FIRST_GAPS, FIRST_GAPS_LENGTH = 6, 900
"""So many gaps, and characters of gaps, stand on the first page; all of them stand in their section."""

_SCRIPTS = {
    "Arab": "in Arabic script", "Cyrl": "in Cyrillic script", "Latn": "in Latin script",
    "Hans": "in Chinese, simplified", "Hant": "in Chinese, traditional",
}  # fmt: skip
_KINDS = {
    "application/pdf": "PDF", "text/html": "web page", "text/plain": "plain text", "message/rfc822": "e-mail",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
}  # fmt: skip
"""What people call kinds of files; another kind goes by its media type."""

_ISOLATES = re.compile("[\u2066-\u2069]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_AS_RECEIVED = (
    "An exhibit is a document exactly as it was received: its original, known by the digest of its bytes. Its reading "
    "is the text that was taken from the original. Quotations are words of a reading, and a footnote gives the number "
    "of their first byte and of the byte after their last, counted from nought."
)


class Fixed(NamedTuple):
    """What is printed whatever the case."""

    kicker: str
    open: str
    """The heading of what remains open, and what stands under it."""
    open_introduction: str
    exhibits_introduction: str
    verify: str


DOSSIER = Fixed(
    "Sealed dossier",
    "What remains open",
    "When this dossier was made, the following had not been examined, had nothing to rest on, or had been handled "
    "without a safeguard that the law demands. It stands here so that silence is not taken for an answer.",
    f"{_AS_RECEIVED} In the bundle the files of the originals and readings are named after their digests.",
    "How to verify this dossier",
)
DRAFT = Fixed(
    f"Draft, {UNSEALED}",
    "Before it is filed",
    "Whoever files this answers for it. This is left to be done, or to be known:",
    _AS_RECEIVED,
    "How to check this draft",
)
"""A draft lies in no bundle, and says nothing of a whole examination."""


class Notice(NamedTuple):
    """What stands on the first page about the state of the examination."""

    heading: str
    sentence: str
    gaps: list[str]
    more: str
    """Where the rest of the gaps is, if not all of them are here."""


class Row(NamedTuple):
    """A line of particulars."""

    label: str
    values: list[str]


class Told(NamedTuple):
    """A paragraph with the words that lead into it."""

    lead: str
    text: str


NOT_VERIFIED = "[not verified]"
_STEPS_OF_A_DRAFT = [
    Told(
        "Follow a footnote.",
        "It names an exhibit and the bytes of its reading. Whoever has the case in Panah opens that place, and the "
        "original beside it.",
    ),
    Told(
        "Ask for the sealed dossier.",
        "It is a bundle with every exhibit, which anybody can verify with a browser alone. No key vouches for this draft.",
    ),
]
_UNVERIFIED = Told(
    "Provisions.",
    f"Where {NOT_VERIFIED} stands beside a provision or a judgment, nobody has yet compared what is said of it here with "
    "its text.",
)


def isolated(text: str) -> str:
    """A text whose direction does not reach into the sentence around it; as it is, if it has such signs of its own."""
    return text if _ISOLATES.search(text) else f"\u2068{text}\u2069"


def made_at(sheet: Sheet) -> datetime:
    """When the dossier was made, in UTC. Raises `ValueError` for what is no date."""
    made = datetime.fromisoformat(sheet["made"])
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)


def in_words(made: str) -> str:
    """An ISO 8601 date or time as people write it: 23 November 2026, 12:00 UTC."""
    if len(made) == len("2026-11-23"):
        day = date.fromisoformat(made)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    at = datetime.fromisoformat(made)
    zone = at.tzname() or ""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M} {zone}".strip()


def script(code: str) -> str:
    """The script of a name, by its code in ISO 15924; as it is, where we have no words for it."""
    return _SCRIPTS.get(code, code)


def written(name: SheetName) -> str:
    """What stands beside a name: its script, and what is to be said of it."""
    return "; ".join(filter(None, (script(name["script"]), name["note"])))


def fixed(sheet: Sheet) -> Fixed:
    """The words for what was sealed, or for a draft."""
    return DOSSIER if sheet["key"] else DRAFT


def short(key: str) -> str:
    """The first groups of a fingerprint, by which pages are told apart; never enough to verify by."""
    groups = key.split()
    return " ".join(groups[:4]) + " …" if len(groups) > 4 else key[:24]


def notice(sheet: Sheet) -> Notice:
    """What has not been examined; or that every question has an answer, which does not make the answers right. Of a draft,
    what is left to be done.
    """
    gaps = sheet["gaps"]
    shown = list(_first(gaps))
    more = f"… and {len(gaps) - len(shown)} more" if shown else "They are listed"
    listed = f"{more} under “{fixed(sheet).open}”" if len(gaps) > len(shown) else ""
    if fixed(sheet) is DRAFT:
        return Notice("This is a draft", "No seal vouches for it.", shown, listed)
    if not gaps:
        return Notice(
            "State of the examination",
            "No question of the chosen bodies of law was left without an answer. This says nothing about whether an "
            "answer is right.",
            [],
            "",
        )
    count = "One matter remains open." if len(gaps) == 1 else f"{len(gaps)} matters remain open."
    return Notice(
        "This examination is not complete",
        f"{count} Until they are examined, nothing in this dossier says that the applicant may be removed.",
        shown,
        listed,
    )


def _first(gaps: list[str]) -> Iterator[str]:
    room = FIRST_GAPS_LENGTH
    for gap in gaps[:FIRST_GAPS]:
        room -= len(gap)
        if room < 0:
            return
        yield gap


def particulars(sheet: Sheet) -> list[Row]:
    """What the cover says of the dossier; what is not known has no line."""
    rows = [
        Row("Reference", [sheet["reference"]]),
        Row("Bodies of law", sheet["frameworks"]),
        Row("Prepared by", [sheet["prepared_by"]]),
        Row("Made", [in_words(sheet["made"])]),
        Row("Time-stamp", [sheet["timestamp"]]),
    ]
    return [row for row in rows if any(row.values)]


def footnote(note: SheetFootnote, exhibit: SheetExhibit) -> Told:
    """What a footnote says: the document, and the bytes as `panah-verify` writes them."""
    parts = [part for part in (exhibit["title"], exhibit["source"], exhibit["date"]) if part]
    label = parts if ", ".join(parts) == note["label"] else [note["label"]]
    places = [f"exhibit\u00a0{note['exhibit']}"]
    if note["page"]:
        places.append(f"page\u00a0{note['page']}")
    places.append(f"bytes\u00a0{note['start']}-{note['end']}")
    if note["reading"]:
        places.append(f"of another reading than the one listed: {grouped(note['reading'])}")
    return Told("".join(f"{isolated(part)}, " for part in label if part), ", ".join(places))


def whole(exhibit: int) -> str:
    """A reference to an exhibit as such."""
    return f"[Exhibit {exhibit}]"


def described(exhibit: SheetExhibit) -> str:
    """Source, date, language, kind and size of an exhibit."""
    size = f"{exhibit['size']:,} bytes"
    kind = _KINDS.get(exhibit["media_type"], exhibit["media_type"])
    parts = [exhibit["source"], exhibit["date"], language_name(exhibit["language"]), kind, size]
    return " · ".join(isolated(part) for part in parts if part)


def digests(exhibit: SheetExhibit) -> list[Told]:
    """The digests of an exhibit, in groups that an eye can follow."""
    found = [Told("Original", grouped(exhibit["original"]))]
    if exhibit["reading"]:
        found.append(Told("Reading", grouped(exhibit["reading"])))
    return found


def read_by(exhibit: SheetExhibit) -> str:
    """Which program took the text from the original."""
    if not exhibit["reading"]:
        return "It has no reading, so nothing is quoted from it."
    return f"Read by {isolated(exhibit['extractor'])}." if exhibit["extractor"] else ""


def grouped(digest: str) -> str:
    """The digits of a digest in eights; its algorithm stands in the heading."""
    digits = digest.removeprefix("sha256:")
    return " ".join(digits[place : place + 8] for place in range(0, len(digits), 8))


def steps(sheet: Sheet) -> list[Told]:
    """How to verify, one step after the other."""
    if fixed(sheet) is DRAFT:
        return _STEPS_OF_A_DRAFT
    sender = isolated(sheet["prepared_by"]) if sheet["prepared_by"] else "whoever sent it"
    return [
        Told(
            "Take the bundle.",
            "It is the ZIP file that this document lies in, together with every exhibit. You need no account and no "
            "network.",
        ),
        Told(
            "Open the check.",
            "Open verify.html in any browser, offline if you wish, and choose the ZIP file; or give the file to "
            "panah-verify. If you doubt the bundle, take either of them from elsewhere: a forger could change that "
            "page too.",
        ),
        Told(
            "Compare the key.",
            "The check names the fingerprint of the key that sealed the bundle. Compare all of it with the one that "
            f"{sender} gave you by another way, such as on paper or by telephone. The fingerprint printed at the end of "
            "this document is no substitute: a forger would print one as well.",
        ),
        Told(
            "Follow a footnote.",
            "It names an exhibit and the bytes of its reading. The check has compared each quotation with those bytes; "
            "you can open the reading and the original beside it.",
        ),
    ]


def limits(sheet: Sheet) -> list[Told]:
    """What a check shows, and what it cannot."""
    said = (block["note"] for section in sheet["sections"] for block in section["blocks"])
    unverified = any(NOT_VERIFIED in words for words in (*said, *sheet["gaps"]))
    rendering = Told(
        "This document.",
        "It is a rendering, made for reading. The words that count are those in the readings. Line ends and spaces "
        "inside a quotation follow this page, and a footnote’s number stands behind the quoted words.",
    )
    always = [rendering, *([_UNVERIFIED] if unverified else [])]
    if fixed(sheet) is DRAFT:
        return always
    return [
        Told(
            "What the check shows.",
            "That every quotation stands in its exhibit, that nothing in the bundle was changed after it was sealed, "
            "and with which key it was sealed. It does not show that what an exhibit says is true, or that an answer "
            "given here is right.",
        ),
        Told(
            "Time-stamp.",
            "A time-stamp is the signed word of an authority that has no part in the case: the seal existed at that "
            f"moment. {sheet['timestamp']}",
        ),
        *always,
    ]


def undrawn(characters: frozenset[str]) -> Told | None:
    """Which characters stand here as numbers, if any do."""
    if not characters:
        return None
    codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(characters))
    return Told(
        "Characters that could not be drawn.",
        "Some characters have no shape in the fonts of this document, or none at all, or would turn the text around "
        f"them. Each is replaced by its number in Unicode, in its place: {codes}. The readings hold the characters.",
    )
