"""PDF: the text layer, page by page, and pictures of the pages that have none."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import groupby, pairwise
from statistics import median_low

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from panah.errors import Phrase
from panah.library.extractors import DocumentBroken, DocumentLocked, Extracted, NothingToRead
from panah.library.extractors.contents import Contents
from panah.library.extractors.kinds import PDF
from panah.library.extractors.ocr import DPI
from panah.library.extractors.outline import DEEPEST, Heading, outlined
from panah.library.extractors.picture import ENOUGH

_TURNED = re.compile("[\u0590-\u08ff\u200c\u200d\ufb1d-\ufdff\ufe70-\ufefc\ud800-\udfff]{2,}")
"""Letters from right to left, what joins them or keeps them apart, and halves of characters: what a glyph may turn."""
_LIGATURES = frozenset(
    whole
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
    if len(whole := unicodedata.normalize("NFKC", chr(code))) > 1 and " " not in whole
)
"""What one letter of Unicode stands for that is drawn as several joined ones, in the order in which it is read."""
_HALF = "\udc00"
"""The first of the second halves."""
_BROKEN_WORD = re.compile("[\ufffe\u0002]\n?")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_LIST_ITEM = re.compile(r"[\u2022\u2023\u25aa\u25cf\u2013\u2014*-]\s|\(?[0-9a-zA-Z一二三四五六七八九十]{1,3}[.)、]")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_UNSPACED_END = re.compile(_WIDE.pattern + "$")
_FIRST_WORD = re.compile(r"\S[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]*")
SHORTEST_FULL_LINE = 24
"""Letters. A shorter line never goes on in the next one."""
FULL = 0.85
"""A line goes on where with the next word it would take so much of the longest line."""
WIDE_GAP = 1.35
"""Lines so many times farther apart than most lines of the page are of two paragraphs."""
LONGEST_STAMP = 200
"""Characters. A page with more text is no picture, even if a picture fills it."""
MOST_OF_A_PAGE = 0.6
MOST_UNREADABLE = 0.3
"""A text with more of its characters unreadable is none."""
_PICTURES = [pdfium.FPDF_PAGEOBJ_IMAGE]
_NO_LETTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_END_OF_PARAGRAPH = re.compile(r"[.!?:;。；！？؟۔»”\"')\]]\s*$")


class Pdf:
    """The text of each page as pdfium gives it, with the letters of every glyph put back in order.

    Where one glyph stands for several letters from right to left (lam-alef, the word Allah), pdfium gives these the wrong
    way round: لا comes out as ال. The letters then share one place, and that tells them from a real alef before a lam.
    Without this, Uyghur and Arabic words are not found.
    """

    name = "pdf"
    version = f"4+pypdfium2-{version('pypdfium2')}"
    media_types = frozenset({PDF})

    def read(self, content: bytes) -> Extracted:
        """Every page; `found` tells which have no text, which are pictures, and whose text is none that could be read.

        Raises `DocumentLocked`, `DocumentBroken`, or `NothingToRead` where every page is blank.
        """
        document = opened(content)
        text, pages, paragraphs = "", [], []
        found: dict[str, list[str]] = {"pages_without_text": [], "pages_garbled": [], "pictures": []}
        for page in document:
            pages.append(len(text))
            words = _page_text(page).strip()
            for what, holds in _found(page, words).items():
                found[what] += [str(len(pages))] if holds else []
            paragraphs += [(len(text) + start, len(text) + end) for start, end in _paragraphs(words)]
            text += words + "\n\n"
        attached = _attached(document)
        if not paragraphs and not found["pictures"]:
            if attached.inside:
                return attached.extracted([f"PDF, pages: {len(pages)}, all of them blank"], _about(document))
            raise NothingToRead(reason=Phrase("its pages ({count}) are blank", count=len(pages)))
        text = text.rstrip("\n")
        told = {what: ", ".join(numbers) for what, numbers in found.items() if numbers}
        extracted = Extracted(text, paragraphs, [min(page, len(text)) for page in pages], _about(document), told)
        return outlined(extracted, _headings(document))._replace(inside=attached.inside)

    def picture(self, content: bytes, page: int) -> Image.Image:
        """A page in shades of grey, as large as text recognition wants it. Raises as `read` does."""
        try:
            sheet = opened(content)[page - 1]
            width, height = (max(1.0, length) for length in sheet.get_size())
            scale = min(DPI / 72, (ENOUGH / (width * height)) ** 0.5)
            drawn: Image.Image = sheet.render(scale=scale, grayscale=True).to_pil()
            return drawn.convert("L")
        except (pypdfium2.PdfiumError, ValueError, OSError) as error:
            raise DocumentBroken(
                reason=Phrase("page {page} cannot be drawn ({kind})", page=page, kind=type(error).__name__)
            ) from None


def _attached(document: pypdfium2.PdfDocument) -> Contents:
    """The files that are kept in the document. One that is damaged is left."""
    contents = Contents()
    for number in range(document.count_attachments()):
        try:
            file = document.get_attachment(number)
            contents.take(file.get_name() or f"file {number + 1}", bytes(file.get_data()))
        except (pypdfium2.PdfiumError, ValueError):
            contents.leave(f"file {number + 1}", "it is damaged")
    return contents


def _found(page: pypdfium2.PdfPage, words: str) -> dict[str, bool]:
    """What is to be told of a page: it may show words that it does not have as text if it has none, or a stamp on a scan."""
    garbled = is_garbled(words)
    if words:
        stamped = len(words) <= LONGEST_STAMP and any(_covers(page, picture) for picture in page.get_objects(_PICTURES))
        return {"pages_garbled": garbled, "pictures": garbled or stamped}
    blank = next(page.get_objects(max_depth=1), None) is None
    return {"pages_without_text": True, "pictures": not blank}


def _covers(page: pypdfium2.PdfPage, picture: pypdfium2.PdfObject) -> bool:
    left, bottom, right, top = picture.get_bounds()
    width, height = page.get_size()
    return bool((right - left) * (top - bottom) > MOST_OF_A_PAGE * width * height)


def is_garbled(words: str) -> bool:
    """Whether a text is none that anybody could read: its font does not say which letters it draws."""
    return len(_NO_LETTERS.findall(words)) > MOST_UNREADABLE * len(words)


def opened(content: bytes) -> pypdfium2.PdfDocument:
    """A PDF. Raises `DocumentLocked`, `DocumentBroken`."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentLocked from None
        raise DocumentBroken(reason="it cannot be opened as a PDF") from None


class Letters:
    """What pdfium says of a page: its text, in units of UTF-16, and where each of them stands on the paper."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.layer = page.get_textpage()
        count = max(0, self.layer.count_chars())
        units = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.layer, 0, count, units)
        self.units = "".join(map(chr, units[: max(0, written - 1)]))

    def character(self, at: int) -> int:
        """The number that pdfium gives to the character of a unit."""
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.layer, at))

    def place(self, at: int) -> tuple[float, ...]:
        """Where the glyph of a unit stands, across and up, and the box that it fills."""
        character = self.character(at)
        found = [ctypes.c_double() for _ in range(6)]
        pdfium.FPDFText_GetCharOrigin(self.layer, character, *found[:2])
        pdfium.FPDFText_GetCharBox(self.layer, character, *found[2:])
        return tuple(number.value for number in found)


def _page_text(page: pypdfium2.PdfPage) -> str:
    letters = Letters(page)
    units = _TURNED.sub(lambda run: "".join(letters.units[at] for at in _in_order(letters, run)), letters.units)
    lines = list(_lines(units.replace("\r\n", "\n\0").replace("\r", "\n")))
    apart = _apart(letters, [start for start, _ in lines])
    text = "\n".join("\n" * (number in apart) + line for number, (_, line) in enumerate(lines))
    whole = text.replace("\0", "").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _without_wraps(_BROKEN_WORD.sub("\u00ad", whole))


def in_order(letters: Letters) -> list[int]:
    """The units of a page in the order in which one reads them."""
    order, at = [], 0
    for run in _TURNED.finditer(letters.units):
        order += [*range(at, run.start()), *_in_order(letters, run)]
        at = run.end()
    return [*order, *range(at, len(letters.units))]


def _in_order(letters: Letters, run: re.Match[str]) -> list[int]:
    """Letters of one glyph follow each other the other way round; so do the halves of a character."""
    glyphs = [list(glyph) for _, glyph in groupby(range(run.start(), run.end()), key=letters.place)]
    return [at for glyph in glyphs for at in (glyph[::-1] if _is_turned(letters.units, glyph) else glyph)]


def _is_turned(units: str, glyph: Sequence[int]) -> bool:
    """Whether the letters of a glyph stand the wrong way round.

    They do where the file names them one by one; where it names the one letter of Unicode that stands for all of them,
    pdfium takes that apart in the right order.
    """
    named = "".join(units[at] for at in glyph)
    return not "\ud800" <= named[0] < _HALF and (named not in _LIGATURES or named[::-1] in _LIGATURES)


def _lines(units: str) -> Iterator[tuple[int, str]]:
    """Each line and the unit at which its first visible character stands."""
    at = 0
    for line in units.split("\n"):
        yield at + len(line) - len(line.lstrip(" \0")), line
        at += len(line) + 1


def _apart(letters: Letters, starts: Sequence[int]) -> set[int]:
    """The lines that stand farther below the line before than lines of this page do."""
    heights = [letters.place(start)[1] for start in starts]
    gaps = [above - height for above, height in pairwise(heights)]
    usual = median_low([gap for gap in gaps if gap > 0] or [0])
    return {number for number, gap in enumerate(gaps, start=1) if usual and gap > WIDE_GAP * usual}


def _without_wraps(page: str) -> str:
    """The page with lines put together that were only broken because the paper ended.

    A line that had no room for the next word goes on in the next line, unless that begins a list; short lines, as in
    tables and addresses, stay lines. Scripts without spaces are joined without one.
    """
    lines = [line.strip() for line in page.split("\n")]
    longest = max(map(_width, lines))
    joined: list[str] = []
    for before, line in pairwise(["", *lines]):
        if line and not _LIST_ITEM.match(line) and _is_full(before, line, longest):
            space = "" if _UNSPACED_END.search(joined[-1]) or joined[-1].endswith("\u00ad") else " "
            joined[-1] += space + line
        else:
            joined.append(line)
    return "\n".join(joined)


def _is_full(line: str, following: str, longest: int) -> bool:
    word = _FIRST_WORD.match(following)
    needed = _width(line) + (1 + _width(word[0]) if word else 0)
    return _width(line) >= SHORTEST_FULL_LINE and needed > FULL * longest


def _width(line: str) -> int:
    """How wide a line is on paper, in Latin letters: a Han character takes the room of two."""
    return len(line) + len(_WIDE.findall(line))


def _paragraphs(page: str) -> Iterator[tuple[int, int]]:
    """A PDF has lines, not paragraphs: one ends with an empty line, or with a short line that ends a sentence."""
    lines = page.splitlines(keepends=True)
    longest = max((len(line) for line in lines), default=0)
    start = at = 0
    for line in lines:
        at += len(line)
        last = not line.strip() or (len(line) < 0.8 * longest and _END_OF_PARAGRAPH.search(line))
        if last and page[start:at].strip():
            yield _trimmed(page, start, at)
            start = at
    if page[start:].strip():
        yield _trimmed(page, start, len(page))


def _trimmed(page: str, start: int, end: int) -> tuple[int, int]:
    inside = page[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _headings(document: pypdfium2.PdfDocument) -> Iterator[Heading]:
    """The bookmarks that lead somewhere in the document."""
    for bookmark in document.get_toc(max_depth=DEEPEST):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        yield Heading(bookmark.level + 1, bookmark.get_title(), 0 if page is None else page + 1)


def _about(document: pypdfium2.PdfDocument) -> dict[str, str]:
    stated = document.get_metadata_dict(skip_empty=True)
    about = {"title": " ".join(stated.get("Title", "").split())}
    if date := _DATE.match(stated.get("CreationDate", "")):
        about["date"] = "-".join(part for part in date.groups() if part)
    return {field: value for field, value in about.items() if value}
