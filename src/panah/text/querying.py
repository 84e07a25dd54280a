"""What a person types into the search box, understood.

难民 "forced return"          both
Xinjiang OR 新疆              one or both
camp NOT summer, camp -summer  the first without the second
deport*                       words that begin so
(a OR b) c                    grouped
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from panah.errors import PanahError
from panah.text.commonest import COMMONEST
from panah.text.folding import forms
from panah.text.languages import language
from panah.text.scripts import LINE_END
from panah.text.stems import stems_meant
from panah.text.words import Piece, pairs, pieces

LONGEST = 2_000
"""A question has at most so many characters."""
DEEPEST = 20


class QueryEmpty(PanahError):
    """There is no word in “{query}” to look for."""


class QueryTooLong(PanahError):
    """A question has at most {longest} characters; this one has {length}."""


class QueryUnbalanced(PanahError):
    """A bracket or a quotation mark in “{query}” is not closed, or brackets are nested too deep."""


class QueryOnlyExcludes(PanahError):
    """“{query}” says only what not to find; name a word to find as well."""


class Word(NamedTuple):
    """One word of a phrase: the forms it may have. A run of an unspaced script has one."""

    forms: tuple[str, ...]
    unspaced: bool
    stems: tuple[str, ...] = ()
    """The stems by which it is found too, as `Tokens` has them; none where it is meant exactly."""


@dataclass(frozen=True)
class Phrase:
    """Words one after the other; a single word is the shortest phrase."""

    words: tuple[Word, ...]
    prefix: bool = False
    """Whether the last word may go on."""
    quoted: bool = field(default=False, compare=False)
    """Whether it stood in quotation marks."""
    weight: float = field(default=1.0, compare=False)
    """How much it counts in the order of what is found, beside what was typed. It finds the same whatever it weighs."""


@dataclass(frozen=True)
class All:
    """Every part is there, and none of the excluded ones."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Any:
    """At least one part is there."""

    parts: tuple[Node, ...]


Node = Phrase | All | Any


_LINE_END = re.compile(LINE_END)
_SIGNS = str.maketrans(dict.fromkeys("“”„«»「」『』＂", '"') | {"（": "(", "）": ")", "＊": "*"})
"""The quotation marks of other languages, and the signs as a Chinese keyboard types them."""

_PIECE = re.compile(
    r'(?P<open>\()|(?P<close>\))|"(?P<quoted>[^"]*)"|(?P<stray>")'
    r'|(?P<minus>(?<![^\s(])-+(?=[^\s)-]))|(?P<word>[^\s()"]+)'
)


def parsed(query: str) -> Node:
    """What `query` asks for. Raises `QueryEmpty`, `QueryTooLong`, `QueryUnbalanced` or `QueryOnlyExcludes`."""
    if len(query) > LONGEST:
        raise QueryTooLong(longest=LONGEST, length=len(query))
    reading = _Reading(query, list(_PIECE.finditer(query.translate(_SIGNS))))
    node = reading.alternatives(0)
    if reading.left():
        raise QueryUnbalanced(query=query)
    if node is None:
        raise QueryEmpty(query=query)
    return node


def any_of(question: str) -> Node:
    """At least one of the words of a question asked in plain words, without the commonest ones of its language.

    A word counts as often as it was said: in a long question that tells what it is about. No sign of it is understood. Of an
    unspaced run, any character is enough. Raises `QueryEmpty`, `QueryTooLong`.
    """
    if len(question) > LONGEST:
        raise QueryTooLong(longest=LONGEST, length=len(question))
    found = list(pieces(question))
    commonest = _commonest(question, [piece.form for piece in found])
    asked = [piece for piece in found if piece.form not in commonest] or found
    times = Counter(part for piece in asked for part in _parts(question, piece))
    if not times:
        raise QueryEmpty(query=question)
    return Any(tuple(replace(part, weight=float(count)) for part, count in times.items()))


def _commonest(question: str, forms: Sequence[str]) -> frozenset[str]:
    """The commonest words of the language of a question; where it is too short to tell, of that which has most of them."""
    told = COMMONEST.get(language(question).partition("-")[0])
    return told if told is not None else max(COMMONEST.values(), key=lambda words: sum(map(words.__contains__, forms)))


def _parts(question: str, piece: Piece) -> Iterator[Phrase]:
    if piece.unspaced:
        yield from (Phrase((Word((some,), unspaced=True),)) for some in (*piece.form, *pairs(piece.form)))
    elif (phrase := _loosely(question[piece.start : piece.end])) is not None:
        yield phrase


class _Reading:
    """Recursive descent: alternatives of sequences of items."""

    def __init__(self, query: str, tokens: list[re.Match[str]]) -> None:
        self._query = query
        self._tokens = tokens
        self._at = 0

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def alternatives(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise QueryUnbalanced(query=self._query)
        parts = [self._sequence(depth)]
        while self._operator("OR"):
            parts.append(self._sequence(depth))
        found = tuple(part for part in parts if part is not None)
        return found[0] if len(found) == 1 else Any(found) if found else None

    def _sequence(self, depth: int) -> Node | None:
        """Items up to an OR, a closing bracket or the end. A NOT that nothing follows excludes nothing."""
        wanted: list[Node] = []
        without: list[Node] = []
        side = wanted
        while self.left() and not self._next_is("close") and not self._next_is("word", "OR"):
            if self._operator("AND"):
                continue
            if self._operator("NOT") or self._minus():
                side = without
                continue
            if (item := self._item(depth)) is not None:
                side.append(item)
            side = wanted
        if without and not wanted:
            raise QueryOnlyExcludes(query=self._query)
        if len(wanted) == 1 and not without:
            return wanted[0]
        return All(tuple(wanted), tuple(without)) if wanted else None

    def _item(self, depth: int) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token["open"]:
            node = self.alternatives(depth + 1)
            if not self._next_is("close"):
                raise QueryUnbalanced(query=self._query)
            self._at += 1
            return node
        if token["stray"]:
            raise QueryUnbalanced(query=self._query)
        if token["quoted"] is None:
            return _loosely(token["word"])
        quoted = phrase(token["quoted"])
        return quoted and replace(quoted, quoted=True)

    def _minus(self) -> bool:
        return self._passes("minus")

    def _operator(self, name: str) -> bool:
        return self._passes("word", name)

    def _passes(self, group: str, text: str | None = None) -> bool:
        """Whether the next token is such a one; it is passed over then."""
        passes = self._next_is(group, text)
        self._at += passes
        return passes

    def _next_is(self, group: str, text: str | None = None) -> bool:
        if not self.left():
            return False
        value = self._tokens[self._at][group]
        return value is not None and (text is None or value == text)


def phrase(text: str) -> Phrase | None:
    """The words of `text` one after the other, no sign of it understood but a last `*`; None where it has no word."""
    words = tuple(_word(text, piece) for piece in pieces(text))
    if not words:
        return None
    return Phrase(words, prefix=text.rstrip().endswith("*") and not words[-1].unspaced)


def _loosely(text: str) -> Phrase | None:
    """What is typed without quotation marks: a word alone is meant in all its forms, save one that ends in `*`."""
    found = phrase(text)
    if found is None or len(found.words) > 1 or found.prefix or found.words[0].unspaced:
        return found
    word = found.words[0]
    stems = dict.fromkeys(stem for form in word.forms for stem in stems_meant(form))
    return Phrase((word._replace(stems=tuple(stems)),))


def _word(text: str, piece: Piece) -> Word:
    if piece.unspaced:
        return Word((piece.form,), unspaced=True)
    return Word(forms(_LINE_END.sub("", text[piece.start : piece.end])), unspaced=False)
