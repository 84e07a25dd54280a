"""Where the sentences of a text begin and end, in every script that people tell in."""

from __future__ import annotations

import re

from panah.text.finding import Span

_CLOSING = "\"'”’»›)\\]」』）】〉》"
_END = re.compile(f"[.!?؟۔…]+[{_CLOSING}]*(?=\\s|$)|[。！？｡]+[{_CLOSING}]*|\\n+")
"""A mark that ends a sentence, with what closes after it; between Chinese sentences there is no space."""
_SHORT = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "cf", "etc", "e.g", "i.e", "bzw", "z.b", "т.е", "т.д", "ул", "проф"}
)
"""Words after which a full stop ends nothing."""
_NUMBERED = frozenset({"no", "nr", "art", "par", "vol", "fig", "p"})
"""The same, where a number follows."""
_BEFORE = re.compile(r"[\w.]+$")


def sentences(raw: str) -> list[Span]:
    """The sentences of a text in their order, without the space between them. A line end ends one, too."""
    found: list[Span] = []
    start = 0
    for end in _END.finditer(raw):
        if end[0].isspace() or not _goes_on(raw, start, end):
            found += _trimmed(raw, start, end.end())
            start = end.end()
    return found + _trimmed(raw, start, len(raw))


def paragraphs(raw: str) -> list[Span]:
    """The paragraphs of a text: what stands on a line."""
    return [span for line in re.finditer(r"[^\n]+", raw) for span in _trimmed(raw, line.start(), line.end())]


def _goes_on(raw: str, start: int, end: re.Match[str]) -> bool:
    """Whether the sentence goes on after a full stop: after a short form, an initial, or before a small letter."""
    if end[0] != ".":
        return False
    after = raw[end.end() :].lstrip()
    word = _BEFORE.search(raw, start, end.start())
    said = word[0] if word else ""
    if not after or "\n" in raw[end.end() : len(raw) - len(after)]:
        return False
    short = said.lower() in _SHORT or (len(said) == 1 and said.isupper()) or (said.isdigit() and len(said) <= 2)
    return short or after[0].islower() or (said.lower() in _NUMBERED and after[0].isdigit())


def _trimmed(raw: str, start: int, end: int) -> list[Span]:
    words = raw[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    return [Span(first, last)] if first < last else []
