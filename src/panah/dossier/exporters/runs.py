"""Words as they are set: in paragraphs with a direction, and in runs of one script and one language.

Nothing is left out in silence. A character that a reader could not see, or that would turn the words around it, is
replaced by its number in Unicode (`U+202E`), and so is one that the fonts cannot draw.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from panah.text import marks

LATIN, CYRILLIC, ARABIC, HAN = "LATIN", "CYRILLIC", "ARABIC", "CJK"

LANGUAGES = {  # a script, as Unicode names its letters: the language it is taken for, then others written in it
    LATIN: "en", CYRILLIC: "ru kk ky ug uk tg uz tt mn be bg sr mk", ARABIC: "ar ug kk ky fa ur ps ku ckb sd",
    HAN: "zh ja ko yue", "ADLAM": "ff", "ARMENIAN": "hy", "BENGALI": "bn as", "DEVANAGARI": "hi ne mr sa",
    "ETHIOPIC": "am ti", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa", "HEBREW": "he yi",
    "KANNADA": "kn", "KHMER": "km", "LAO": "lo", "MALAYALAM": "ml", "MONGOLIAN": "mn", "MYANMAR": "my", "NKO": "nqo",
    "ORIYA": "or", "SINHALA": "si", "SYRIAC": "syr", "TAMIL": "ta", "TELUGU": "te", "THAANA": "dv", "THAI": "th",
    "TIBETAN": "bo dz", "TIFINAGH": "zgh",
}  # fmt: skip
_EAST_ASIAN = {"BOPOMOFO", "FULLWIDTH", "HALFWIDTH", "HANGUL", "HIRAGANA", "IDEOGRAPHIC", "KATAKANA"}
_SIGNS = {  # letters by which a language is told from others in its script
    CYRILLIC: {"ug": "[җҗ]", "kk": "[әғқңөұүһі]", "uk": "[їєґ]"},
    ARABIC: {
        "ur": "[ٹڈڑںے]",
        "ps": "[ټډړښځڼ]",
        "kk": "[\u0674-\u0678]",
        "ug": "[ۆۇۈۋېەڭھ]|\u0649(?=[\u0620-\u064a])|(?<![\u0620-\u06d3])\u0626",  # none ends or begins so in Arabic
        "fa": "[پچژگکی]",
    },
    HAN: {"ja": "[\u3041-\u30ff]", "ko": "[\uac00-\ud7a3]"},
}

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
_UNSEEN = re.compile("[\u034f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Choices between shapes of one sign, and joiners that join nothing: left out, for nothing can be seen of them."""
_MARKS_OF_FORM = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f"
"""Soft hyphen, joiners, marks of direction: in ordinary use, and harmless."""
_CLOSED_BY = {
    "\u202a": "\u202c",
    "\u202b": "\u202c",
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
"""Embeddings and isolates, obeyed when they are closed in the same paragraph. Overrides are never obeyed."""
_ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TIGHT = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) *\n *(?=[\u3000-\u9fff\uff00-\uffef])")


class Run(NamedTuple):
    """Words of one script and language; or, if `code`, the number of a character instead of it."""

    text: str
    script: str
    lang: str
    code: bool = False


class Line(NamedTuple):
    """A paragraph, and whether it runs from right to left."""

    runs: tuple[Run, ...]
    rtl: bool
    turns: bool
    """Whether any of its words run from right to left."""
    lang: str


class Setter:
    """Sets texts. `draws` says of a letter with its marks whether the fonts can draw it."""

    def __init__(self, draws: Callable[[str], bool] = lambda _cluster: True) -> None:
        self._draws = draws
        self._showable: dict[str, int] = {}
        self.coded: set[str] = set()
        """Characters that were shown as numbers so far."""

    def lines(self, text: str, language: str = "", *, flowing: bool = False) -> list[Line]:
        """The paragraphs of a text; in a `flowing` one a line end is a space. `language` is what its source says."""
        found: list[Line] = []
        for paragraph in paragraphs(text, flowing=flowing):
            found.append(self._line(paragraph, language, rtl=bool(found) and found[-1].rtl))
        return found

    def line(self, text: str, language: str = "") -> Line:
        """A text as one paragraph, which may be empty."""
        return self._line(" ".join(paragraphs(text)), language, rtl=False)

    def plain(self, text: str) -> str:
        """A text without direction and language, for the properties of a file."""
        return "".join(f"[{run.text}]" if run.code else run.text for run in self.line(text).runs)

    def _line(self, paragraph: str, language: str, *, rtl: bool) -> Line:
        outside = _ISOLATED.sub("", paragraph)
        main = next(filter(None, map(script_of, outside)), LATIN)
        runs: list[Run] = []
        for text, code in self._pieces(paragraph):
            if code:
                runs.append(Run(text, main, "en", code=True))
            else:
                runs += [Run(words, script, "") for script, words in _by_script(text, main)]
        spoken = _languages(runs, main, language)
        told = [run if run.code else run._replace(lang=spoken[run.script]) for run in runs]
        rtl = next(filter(None, map(_direction, outside)), "R" if rtl else "L") == "R"
        turns = rtl or any(_direction(character) == "R" for character in set(paragraph))
        return Line(tuple(told), rtl, turns, spoken.get(main, "en"))

    def _pieces(self, paragraph: str) -> Iterator[tuple[str, bool]]:
        """Stretches of words, and between them the numbers of what cannot be shown."""
        if all(self._simple(character) for character in set(paragraph)):
            yield from [(paragraph, False)] if paragraph else []
            return
        words, astray = "", _astray(paragraph)
        for cluster in _cluster().finditer(paragraph):
            shown = 0 if cluster.start() in astray else self._known(cluster[0])
            words += cluster[0][:shown]
            if words and shown < len(cluster[0]):
                yield words, False
                words = ""
            for character in cluster[0][shown:]:
                self.coded.add(character)
                yield f"U+{ord(character):04X}", True
        if words:
            yield words, False

    def _known(self, cluster: str) -> int:
        if cluster not in self._showable:
            self._showable[cluster] = self._shown(cluster)
        return self._showable[cluster]

    def _simple(self, character: str) -> bool:
        return unicodedata.category(character)[0] not in "CM" and self._draws(character)

    def _shown(self, cluster: str) -> int:
        """How many characters of a cluster can be shown, from its first."""
        if cluster[0] in _MARKS_OF_FORM or _TURNING.match(cluster):
            return 1 + self._shown(cluster[1:]) if cluster[1:] else 1
        if unicodedata.category(cluster[0])[0] == "C":
            return 0
        return next((length for length in range(len(cluster), 0, -1) if self._draws(cluster[:length])), 0)


def paragraphs(text: str, *, flowing: bool = False) -> list[str]:
    """The paragraphs in which there is something to see. In a flowing text only an empty line parts two of them."""
    even = _UNSEEN.sub("", _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " "))
    parts = re.split(r"\n[ \u00a0]*\n\s*" if flowing else r"\n", even)
    joined = [re.sub("[ \n]+", " ", _TIGHT.sub("", part)).strip() for part in parts]
    return [paragraph for paragraph in joined if paragraph.strip(_MARKS_OF_FORM + " \u00a0")]


@lru_cache(maxsize=10_000)
def script_of(character: str) -> str | None:
    """The script of a letter or sign, or None where it has none of its own, as digits and marks."""
    if unicodedata.category(character)[0] == "M":
        return None
    if "\u3000" <= character <= "\u303f":
        return HAN
    word = re.split("[ -]", unicodedata.name(character, ""), maxsplit=1)[0]
    return HAN if word in _EAST_ASIAN else word if word in LANGUAGES else None


@lru_cache(maxsize=10_000)
def _leans(character: str) -> bool:
    """Whether it belongs to the letter before it, as marks and joiners do."""
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"


@lru_cache(maxsize=10_000)
def _direction(character: str) -> str | None:
    """`L`, `R`, or None for what takes the direction of its neighbours."""
    return {"L": "L", "R": "R", "AL": "R"}.get(unicodedata.bidirectional(character))


def _astray(paragraph: str) -> set[int]:
    """Where characters stand that turn the text and are not to be obeyed: overrides, and what has no counterpart."""
    astray: set[int] = set()
    open_: list[tuple[int, str]] = []
    for turning in _TURNING.finditer(paragraph):
        if closing := _CLOSED_BY.get(turning[0]):
            open_.append((turning.start(), closing))
        elif open_ and open_[-1][1] == turning[0]:
            open_.pop()
        else:
            astray.add(turning.start())
    return astray | {start for start, _ in open_}


def _by_script(text: str, main: str) -> list[tuple[str, str]]:
    """The text in runs of one script. What has no script stands with the main one, unless two of another enclose it."""
    if text.isascii() and main == LATIN:
        return [(LATIN, text)]
    found: list[tuple[str, str]] = []
    script, start, end = main, 0, 0
    for place, character in enumerate(text):
        own = script_of(character)
        if own is None:
            if end == place and end > start and _leans(character):
                end = place + 1
            continue
        if own != script:
            found += [(script, text[start:end]), (main, text[end:place])]
            script, start = own, place
        end = place + 1
    found += [(script, text[start:end]), (main, text[end:])]
    worded = (run for run in found if run[1])
    return [(script, "".join(words for _, words in runs)) for script, runs in groupby(worded, itemgetter(0))]


def _languages(runs: Sequence[Run], main: str, language: str) -> dict[str, str]:
    """The language of each script in these runs. What the source says is true of its main script, if it can be."""
    said = language.lower().replace("_", "-").partition("-")[0]
    spoken = {}
    for script in {run.script for run in runs} | {main}:
        first, *others = LANGUAGES[script].split()
        words = "".join(run.text for run in runs if run.script == script and not run.code)
        possible = said in (first, *others) or (script == LATIN and _written_in_latin(said))
        spoken[script] = said if script == main and possible else _told(script, words) or first
    return spoken


def _written_in_latin(language: str) -> bool:
    return bool(re.fullmatch("[a-z]{2,3}", language)) and all(
        language != known.split()[0] for script, known in LANGUAGES.items() if script != LATIN
    )


def _told(script: str, words: str) -> str:
    """The language that the letters themselves tell, or nothing. The first of several that they might tell is taken."""
    signs = _SIGNS.get(script, {})
    return next((language for language, letters in signs.items() if re.search(letters, words)), "")


@cache
def _cluster() -> re.Pattern[str]:
    """A character, and the marks that stand on it."""
    return re.compile(f"(?s:.)[{re.escape(marks())}]*")
