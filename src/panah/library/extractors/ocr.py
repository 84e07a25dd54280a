"""Text recognition: the words on a picture of a page, by Tesseract. All of it but `installed` is for the confined process.

Tesseract comes with the extra `ocr`; what it knows of each language comes from Debian (`tesseract-ocr-uig` and so on).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageFilter

from panah.library.extractors import Extracted, NothingToRead, assembled
from panah.library.extractors.languages import of_script, told_by

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")
"""Where Debian and others put the models; the confined process may read them there."""
MODEL = re.compile(r"[a-z]{3}(?:_[a-z]{3,4})*")
"""How a model is called. Others (`osd`, scripts) are no languages."""
UNSURE, SURE = 60, 85
"""Per cent. A page that is read with less than the one is looked at for how it lies, and read again if that helps. Where
nobody said the language, other guesses are tried until it is as sure as the other."""
SURE_OF_A_WORD = 75
"""Per cent. On photographs without words, none of three letters was ever read with more than 70; on scans, most are."""
SHORTEST, MOST, MANY, SEVERAL = 3, 2 / 3, 40, 2.5
"""Letters of a word that tells by itself; of all letters, how many tell together; letters of a page, and of each of its
words, that tell by their shape."""
SURE_OF_TURN, SURE_OF_SCRIPT = 4.0, 2.0
"""How far what it sees of a page must be ahead of the second likeliest, in Tesseract's measure, to be believed."""
GRAIN = 1.2
"""Dots. What is blurred by so much has no grain any more, in which Tesseract sees no words, and still its letters."""
DPI = 300
"""Dots per inch: what Tesseract was trained on."""

_SETTINGS = {
    "debug_file": "",  # else it opens /dev/null for writing, which is refused, and crashes over that
    "user_defined_dpi": str(DPI),
    "textord_noise_rejrows": "0",  # else it takes lines of Arabic letters for noise, for all their dots
}
_LETTER = re.compile(r"[^\W_]")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
"""Tesseract's own remarks on which way a line runs."""
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]"
_WIDE_LETTER = re.compile(_WIDE)
"""It counts for two, as on paper: a word of its own, as often as not."""
_BETWEEN_WIDE = re.compile(f"(?<={_WIDE}) +(?={_WIDE})")
_WIDE_END = re.compile(f"{_WIDE}$")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_BLANK_LINE = re.compile(r"\n\s*\n")


class Seen(NamedTuple):
    """What is seen of a page before a word of it is read: how far it is turned, its script, and how sure that is."""

    turned: int
    script: str
    sure: float


class Look(NamedTuple):
    """A way to read a page: turned so many degrees, with these models, its grain blurred or not."""

    turned: int
    languages: str
    smooth: bool = False


class Read(NamedTuple):
    """What was read of a page, how sure Tesseract is of it, in per cent, and how it was looked at."""

    paragraphs: list[str]
    confidence: int
    look: Look


@cache
def models() -> Path | None:
    """The folder of the models; None where there is none, or nothing to use them with."""
    if find_spec("tesserocr") is None:
        return None
    return next((folder for folder in map(Path, FOLDERS) if any(folder.glob("*.traineddata"))), None)


@cache
def installed() -> tuple[str, ...]:
    """The models of languages that can be used here; none where text recognition is not installed."""
    folder = models()
    names = [file.stem for file in folder.glob("*.traineddata")] if folder else []
    return tuple(sorted(name for name in names if MODEL.fullmatch(name) and name not in {"osd", "equ"}))


def prepare(languages: str) -> None:
    """Load the models once for all the pages to come: the child in which a page is read has them already."""
    _engine(languages or "osd")


def recognised(page: Image.Image, languages: str) -> Extracted:
    """The words on a picture in shades of grey, its lines put together to paragraphs.

    Without languages they follow from the script. `found` tells which they were, which would do for the next page, how
    sure Tesseract is of the words, and how far the page was turned, if it was. Raises `NothingToRead`.
    """
    best = Read([], 0, Look(0, languages))
    darkest, lightest = page.getextrema()
    if darkest == lightest:
        raise NothingToRead(reason="the page is blank")
    for look in dict.fromkeys(_looks(page, languages)):
        best = max(best, _words(page, look), key=lambda read: read.confidence)
        if best.confidence >= (UNSURE if languages else SURE):
            break
    if not best.paragraphs:
        raise NothingToRead(reason="there are no words on the page")
    used = best.look.languages
    found = {
        "languages": used,
        "suggests": told_by("".join(best.paragraphs), used),
        "confidence": str(best.confidence),
        "engine": f"tesseract {_engine(used).Version()}",
        "turned": str(best.look.turned or ""),
    }
    return assembled(best.paragraphs, {}, {name: value for name, value in found.items() if value})


def _looks(page: Image.Image, languages: str) -> Iterator[Look]:
    """How to look at a page, the likeliest first; how it lies is seen only if somebody asks for the second."""
    if languages:
        yield Look(0, languages)
        yield Look(0, languages, smooth=True)
    seen = _seen(page)
    latin, likely = of_script("Latin", installed()), of_script(seen.script, installed())
    guesses = [*likely, *latin] if seen.sure >= SURE_OF_SCRIPT else [*latin, *likely]
    for number, guess in enumerate([languages] if languages else guesses):
        yield Look(seen.turned, guess)
        if number == 0:
            yield Look(seen.turned, guess, smooth=True)
        yield Look(0, guess)


@lru_cache(maxsize=3)
def _engine(languages: str) -> PyTessBaseAPI:
    import tesserocr

    mode = tesserocr.PSM.OSD_ONLY if languages == "osd" else tesserocr.PSM.AUTO
    engine = tesserocr.PyTessBaseAPI(path=str(models()), lang=languages, psm=mode)
    for name, value in _SETTINGS.items():
        if not engine.SetVariable(name, value):
            raise ValueError(name)
    return engine


def _show(engine: PyTessBaseAPI, page: Image.Image) -> None:
    engine.SetImageBytes(page.tobytes(), page.width, page.height, 1, page.width)


def _seen(page: Image.Image) -> Seen:
    """How a page lies and its script. Too few words tell neither."""
    engine = _engine("osd")
    _show(engine, page)
    told = engine.DetectOrientationScript() or {"orient_deg": 0, "orient_conf": 0, "script_name": "", "script_conf": 0}
    turned = int(told["orient_deg"]) if told["orient_conf"] >= SURE_OF_TURN else 0
    return Seen(turned, str(told["script_name"]), float(told["script_conf"]))


def _words(page: Image.Image, look: Look) -> Read:
    engine = _engine(look.languages)
    smooth = page.filter(ImageFilter.GaussianBlur(GRAIN)) if look.smooth else page
    _show(engine, smooth.rotate(look.turned, expand=True) if look.turned else smooth)
    engine.Recognize()
    text = _MARKS.sub("", engine.GetUTF8Text())
    words = engine.MapWordConfidences() if text.strip() else []
    if not are_words(words):
        return Read([], 0, look)
    paragraphs = [_joined(paragraph) for paragraph in _BLANK_LINE.split(text) if _LETTER.search(paragraph)]
    letters = [(len(_LETTER.findall(word)), sure) for word, sure in words]
    confidence = sum(count * sure for count, sure in letters) / sum(count for count, _ in letters)
    return Read(paragraphs, round(confidence), look)


def are_words(read: Sequence[tuple[str, float]]) -> bool:
    """Whether what was read of a picture, with how sure Tesseract is of each, in per cent, are words, and not leaves and shadows.

    They are where one of some length is sure, or where most letters stand in such as are sure: a page may hold but a word
    or two, and Chinese is read character by character. Where nothing is sure, since the models do not know the language or
    the scan is bad, words still have a shape: many letters, and several in each. Shadows are read as signs, one by one.
    """
    words = [(len(_LETTER.findall(word)) + len(_WIDE_LETTER.findall(word)), sure) for word, sure in read]
    letters = sum(count for count, _ in words)
    known = [count for count, sure in words if count > 1 and sure >= SURE_OF_A_WORD]
    if any(count >= SHORTEST for count in known) or (letters and sum(known) >= MOST * letters):
        return True
    return letters >= MANY and letters >= SEVERAL * len(words)


def _joined(paragraph: str) -> str:
    """The lines of a paragraph as one. A word that was broken at a line's end is whole again, its hyphen a soft one."""
    lines = [_BETWEEN_WIDE.sub("", " ".join(line.split())) for line in paragraph.strip().split("\n")]
    return "".join(_ended(line, following) for line, following in pairwise([*lines, ""]))


def _ended(line: str, following: str) -> str:
    if not following:
        return line
    if _BROKEN_WORD.search(line) and following[0].isalpha() and not following[0].isupper():
        return line[:-1] + "\u00ad"
    return line if _WIDE_END.search(line) else line + " "
