"""Puts what text recognition reads of a document's pages where these pages stand, and says of each how it went.

Each page is an order of its own to the confined reader: one that crashes it, or takes too long, is one page lost.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from panah import proof
from panah.errors import PanahError, Phrase
from panah.library.extractors import DocumentBomb, DocumentBroken, NothingToRead, ocr, outline
from panah.library.extractors.ocr import UNSURE
from panah.library.extractors.result import Refusal, Text

MOST_PAGES = 2_000
"""Pages of one document that are read as pictures; the others are said."""
BEGIN, EACH, LONGEST = 120, 15, 2_700
"""Seconds that all pages may take: so many, and so many for each, but never longer, which is less than a lease."""
OUT_OF_TIME = Refusal("reading-too-long", "The pages before it took all the time that a document may take.")

_TURNS = {"90", "180", "270"}
_NO_DOCUMENT = {DocumentBroken.code, DocumentBomb.code}

ReadPage = Callable[[int, str], Text | Refusal]
"""Reads a page, counted from 1, in these languages; without any, in those that its script suggests."""


class RecognitionMissing(PanahError):
    """It is {pages} pictures of pages, and nothing that recognises text is installed here; run “make ocr”, then read it again."""


class LanguageNotRecognised(PanahError):
    """Text in “{model}” cannot be recognised here; what can is {installed}. Debian may have it as tesseract-ocr-{package}."""


class Page(NamedTuple):
    """What was recognised on one page. A document may have made it up: nothing in it is more than it says."""

    text: Text
    confidence: int
    """Per cent."""
    languages: str
    suggests: str
    """The models that would have done."""
    turned: str
    engine: str


class Read(NamedTuple):
    """What came of the pages: their words, which had none, and why others could not be read."""

    pages: dict[int, Page]
    wordless: list[int]
    failed: dict[int, Refusal]


def require_languages(languages: str) -> str:
    """Models, joined by `+`, that can be used here; in their order, each once. Raises `LanguageNotRecognised`."""
    chosen = list(dict.fromkeys(filter(None, languages.replace(" ", "+").split("+"))))
    for model in chosen:
        if model not in ocr.installed():
            known = "+".join(ocr.installed()) or "nothing"
            raise LanguageNotRecognised(model=model[:40], installed=known, package=model[:40].replace("_", "-"))
    return "+".join(chosen)


def pictures_of(text: Text) -> list[int]:
    """The pages that are to be read as pictures."""
    return [page for page in _numbers(text.found.get("pictures", "")) if 1 <= page <= len(text.pages)]


def completed(
    text: Text,
    read_page: ReadPage,
    languages: str,
    installed: Sequence[str],
    going_on: Callable[[], bool] = lambda: True,
) -> Text | Refusal:
    """A text with the words of its pictures; a refusal where it holds no words, and none can be recognised.

    `installed` are the models there are. Where there are other words, pages that have none or cannot be read are but told
    in `found`.
    """
    pages = pictures_of(text)
    if not installed:
        if text.paragraphs:
            return text._replace(found={**text.found, "not_recognised": RecognitionMissing.code})
        return _refusal(RecognitionMissing(pages=len(pages)))
    read = _read(pages, read_page, languages, installed, going_on)
    broken = next((refusal for refusal in read.failed.values() if refusal.code in _NO_DOCUMENT), None)
    if broken and len(read.failed) == len(text.pages):
        return broken
    whole = _put_together(text, read.pages)
    if len(whole.paragraphs) != len(text.paragraphs):  # then headings would lead to other paragraphs than theirs
        whole = whole._replace(found={name: said for name, said in whole.found.items() if name != outline.NAME})
    if whole.paragraphs:
        return whole._replace(found=_told(whole, read))
    return next(iter(read.failed.values()), None) or _refusal(
        NothingToRead(reason=Phrase("it is pictures of pages ({count}), and none shows words", count=len(pages)))
    )


def without_recognition(text: Text) -> Text | Refusal:
    """A text as it is; a refusal where it is but pictures of pages."""
    if text.paragraphs:
        return text
    return _refusal(
        NothingToRead(reason=Phrase("it is pictures of pages ({count}) without a text layer", count=len(text.pages)))
    )


def _refusal(error: PanahError) -> Refusal:
    return Refusal(error.code, error.sentence)


def _numbers(listed: str) -> list[int]:
    return [int(number) for number in listed.split(", ") if number.isdecimal() and len(number) < 9]


def _read(
    pages: Sequence[int], read_page: ReadPage, languages: str, installed: Sequence[str], going_on: Callable[[], bool]
) -> Read:
    """Page after page, until there are too many or they took too long. What was seen of one page helps with the next."""
    read, known = Read({}, [], {}), languages
    last = time.monotonic() + min(LONGEST, BEGIN + EACH * len(pages))
    for number, page in enumerate(pages):
        if number >= MOST_PAGES or time.monotonic() > last or not going_on():
            read.failed[page] = OUT_OF_TIME
            continue
        outcome = read_page(page, known)
        if isinstance(outcome, Text):
            read.pages[page] = found = _page(outcome, installed)
            known = languages or (found.suggests if found.confidence >= UNSURE else "")
        elif outcome.code == NothingToRead.code:
            read.wordless.append(page)
        else:
            read.failed[page] = outcome
    return read


def _page(text: Text, installed: Sequence[str]) -> Page:
    """What a reader tells of a page, as far as it can be so."""
    said = text.found
    used, suggests = (
        "+".join(model for model in said.get(name, "").split("+") if model in installed)
        for name in ("languages", "suggests")
    )
    confidence = min(100, next(iter(_numbers(said.get("confidence", ""))), 0))
    turned = said.get("turned", "")
    return Page(text, confidence, used, suggests, turned if turned in _TURNS else "", said.get("engine", "")[:40])


def _put_together(text: Text, pages: Mapping[int, Page]) -> Text:
    """The text of each page, and after it, or instead of what is none, what was recognised; an empty line between."""
    content, paragraphs, begun, waiting = bytearray(), [], [], 0
    for page, parts in enumerate(_parts(text, pages)):
        waiting += page > 0
        for part, bounds in parts:
            content += b"\n\n" if content else b""
            begun += [len(content)] * waiting  # pages without words begin where the next words do
            waiting = 0
            shift = len(content) - bounds[0][0]
            paragraphs += [(start + shift, end + shift) for start, end in bounds]
            content += part
    return text._replace(content=bytes(content), paragraphs=paragraphs, pages=begun + [len(content)] * waiting)


def _parts(text: Text, pages: Mapping[int, Page]) -> Iterator[list[tuple[bytes, Sequence[tuple[int, int]]]]]:
    """What stands before the first page, and then on each: a stretch of text, and where its paragraphs were before."""
    garbled, starts = _numbers(text.found.get("pages_garbled", "")), [start for start, _ in text.paragraphs]
    bounds = [0, *(bisect_left(starts, place) for place in text.pages), len(starts)]
    for page, (first, last) in enumerate(pairwise(bounds)):
        own, more = text.paragraphs[first:last], pages.get(page)
        parts = [(text.content[own[0][0] : own[-1][1]], own)] if own and not (more and page in garbled) else []
        yield [*parts, *([(more.text.content, more.text.paragraphs)] if more else [])]


def _told(whole: Text, read: Read) -> dict[str, str]:
    """How each picture was read, beside what was found out before."""
    pages = read.pages

    def left(what: str) -> str:
        return ", ".join(str(page) for page in _numbers(whole.found.get(what, "")) if page not in pages)

    models = "+".join(page.languages for page in pages.values()).split("+")
    told = {
        "pictures": "",
        "pages_without_text": left("pages_without_text"),
        "pages_garbled": left("pages_garbled"),
        "recognised": " ".join(f"{number}:{page.confidence}" for number, page in pages.items()),
        "not_recognised": " ".join(f"{number}:{refusal.code}" for number, refusal in read.failed.items()),
        "turned": " ".join(f"{number}:{page.turned}" for number, page in pages.items() if page.turned),
        "languages": ", ".join(dict.fromkeys(page.languages for page in pages.values())),
        "recognised_with": next((page.engine for page in pages.values()), ""),
        "models": " ".join(f"{model}={_digest_of(model)}" for model in dict.fromkeys(models) if model),
    }
    return {name: value for name, value in {**whole.found, **told}.items() if value}


@cache
def _digest_of(model: str) -> str:
    """What a model is known by: two of one name may read differently."""
    folder = ocr.models()
    return str(proof.digest_of((folder / f"{model}.traineddata").read_bytes())) if folder else ""
