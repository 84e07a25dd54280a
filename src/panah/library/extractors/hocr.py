"""hOCR: text that a machine read from pictures of pages, with how sure it was of each word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from statistics import fmean

from resiliparse.parse.html import ElementNode, HTMLTree

from panah.library.extractors import DocumentBroken, Extracted, NothingToRead
from panah.library.extractors.kinds import HOCR
from panah.library.extractors.plain import decoded

_SURE = re.compile(r"\bx_wconf\s+(\d{1,3})")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_BETWEEN_WIDE = re.compile(f"(?<={_WIDE}) (?={_WIDE})")
_LINES = ".ocr_line, .ocr_header, .ocr_caption, .ocr_textfloat"


class Hocr:
    """The words of each page, line by line. What a machine read says so, and of each page how sure the machine was."""

    name = "hocr"
    version = f"1+resiliparse-{version('resiliparse')}"
    media_types = frozenset({HOCR})

    def read(self, content: bytes) -> Extracted:
        """Parse. Raises `DocumentBroken` or `NothingToRead`."""
        text, found = decoded(content)
        tree = HTMLTree.parse(text)
        read, begins, paragraphs, sure = "", [], [], []
        for page in _all(tree.body, ".ocr_page"):
            begins.append(len(read))
            for words in _paragraphs(page):
                paragraphs.append((len(read), len(read) + len(words)))
                read += f"{words}\n\n"
            sure.append(_sure(page))
        if not begins:
            raise DocumentBroken(reason="it names no pages")
        if not paragraphs:
            raise NothingToRead(reason="the machine that read its pages found no words on them")
        machine = next((str(meta.getattr("content")) for meta in _all(tree.head, "meta[name=ocr-system]")), "")
        numbered = list(enumerate(sure, start=1))
        found["recognised"] = " ".join(f"{number}:{percent}" for number, percent in numbered if percent)
        found["pages_without_text"] = ", ".join(str(number) for number, percent in numbered if not percent)
        found["machine"] = machine
        said = {name: told for name, told in found.items() if told}
        return Extracted(read.rstrip("\n"), paragraphs, begins, found=said)


def _all(node: ElementNode | None, selector: str) -> Sequence[ElementNode]:
    return node.query_selector_all(selector)[:] if node else ()


def _paragraphs(page: ElementNode) -> Iterator[str]:
    """The paragraphs of a page that have words; its lines, where it knows no paragraphs."""
    for paragraph in _all(page, ".ocr_par") or _all(page, _LINES) or [page]:
        lines = [_spaced(line.text or "") for line in _all(paragraph, _LINES) or [paragraph]]
        if words := "\n".join(filter(None, lines)):
            yield words


def _spaced(words: str) -> str:
    """Words with a space between them; characters of scripts that have none, without."""
    return _BETWEEN_WIDE.sub("", " ".join(words.split()))


def _sure(page: ElementNode) -> str:
    """How sure the machine is of the words of a page, in per cent; ? where it does not say, nothing where there are none."""
    words = [_SURE.search(str(word.getattr("title") or "")) for word in _all(page, ".ocrx_word")]
    said = [int(word[1]) for word in words if word]
    return str(round(fmean(said))) if said else "?" * bool((page.text or "").strip())
