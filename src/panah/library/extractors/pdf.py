"""PDF: the text layer, page by page."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from importlib.metadata import version

import pypdfium2
import pypdfium2.raw as pdfium

from panah.library.extractors import DocumentBroken, DocumentLocked, Extracted, NothingToRead
from panah.library.extractors.kinds import PDF

_ALEF, _LAM = 0x0627, 0x0644
_BROKEN_WORD = re.compile("[\ufffe\u0002]\n?")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_LIST_ITEM = re.compile(r"[\u2022\u2023\u25aa\u25cf\u2013\u2014*-]\s|\(?[0-9a-zA-Z一二三四五六七八九十]{1,3}[.)、]")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_UNSPACED_END = re.compile(_WIDE.pattern + "$")
SHORTEST_FULL_LINE = 24
_END_OF_PARAGRAPH = re.compile(r"[.!?:;。；！？؟۔»”\"')\]]\s*$")


class Pdf:
    """The text of each page as pdfium gives it, with the letters of lam-alef put back in order.

    pdfium reads a lam-alef ligature from left to right, so لا comes out as ال; both letters then stand at one origin, and
    that tells them from a real alef before a lam. Without this, Uyghur and Arabic words are not found.
    """

    name = "pdf"
    version = f"1+pypdfium2-{version('pypdfium2')}"
    media_types = frozenset({PDF})

    def read(self, content: bytes) -> Extracted:
        """Every page. Raises `DocumentLocked`, `DocumentBroken`, or `NothingToRead` for a scan without text."""
        document = _opened(content)
        text, pages, paragraphs, pictures = "", [], [], []
        for page in document:
            pages.append(len(text))
            words = _page_text(page).strip()
            pictures += [] if words else [str(len(pages))]
            paragraphs += [(len(text) + start, len(text) + end) for start, end in _paragraphs(words)]
            text += words + "\n\n"
        if not paragraphs:
            raise NothingToRead(
                reason=f"it is pictures of pages ({len(pages)}) without a text layer; it needs text recognition first"
            )
        found = {"pages_without_text": ", ".join(pictures)} if pictures else {}
        return Extracted(text.rstrip("\n"), paragraphs, pages, _about(document), found)


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise DocumentLocked from None
        raise DocumentBroken(reason="it cannot be opened as a PDF") from None


def _page_text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count <= 0:
        return ""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, units)
    codes = list(units[: max(0, written - 1)])
    if written - 1 == count:  # one unit a character: the numbers of both are the same
        _repair_lam_alef(textpage, codes)
    text = b"".join(code.to_bytes(2, "little") for code in codes).decode("utf-16-le", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _without_wraps(_BROKEN_WORD.sub("\u00ad", text))


def _repair_lam_alef(textpage: pypdfium2.PdfTextPage, codes: list[int]) -> None:
    for place in range(len(codes) - 1):
        if (
            codes[place] == _ALEF
            and codes[place + 1] == _LAM
            and _origin(textpage, place) == _origin(textpage, place + 1)
        ):
            codes[place], codes[place + 1] = _LAM, _ALEF


def _origin(textpage: pypdfium2.PdfTextPage, place: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, place, x, y)
    return x.value, y.value


def _without_wraps(page: str) -> str:
    """The page with lines put together that were only broken because the paper ended.

    A line that fills the page goes on in the next one, unless that one begins a list; short lines, as in tables and
    addresses, stay lines. Scripts without spaces are joined without one.
    """
    lines = [line.strip() for line in page.split("\n")]
    full = max(0.75 * max(map(_width, lines)), SHORTEST_FULL_LINE)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line and not _LIST_ITEM.match(line):
            space = "" if _UNSPACED_END.search(joined[-1]) or joined[-1].endswith("\u00ad") else " "
            joined[-1] += space + line
        else:
            joined.append(line)
        goes_on = _width(line) > full
    return "\n".join(joined)


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


def _about(document: pypdfium2.PdfDocument) -> dict[str, str]:
    stated = document.get_metadata_dict(skip_empty=True)
    about = {"title": " ".join(stated.get("Title", "").split())}
    if date := _DATE.match(stated.get("CreationDate", "")):
        about["date"] = "-".join(part for part in date.groups() if part)
    return {field: value for field, value in about.items() if value}
