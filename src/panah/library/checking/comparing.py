"""Whether words that a draft quotes stand in a text, and where they differ. Plain values: nothing here knows Django."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from panah import text
from panah.library.versions.comparing import Piece, words_compared
from panah.text import Span

FEWEST_WORDS, FEWEST_CHARACTERS = 4, 15
"""Fewer words, or characters of a script without spaces, are anybody's."""
MOST_OF_IT = 0.6
"""The part of a quotation that a text must have for the two to differ, and not to be about something else."""
CLOSELY = 120
"""Characters between two stretches of a quotation between which only words were put in or changed."""
MOST_WORDS = 1_500
"""Words of a quotation that are aligned with a text, where it does not have them as they are."""
MOST_PAIRS = 200_000
"""Pairs of the same word in a quotation and in a text that are aligned."""
TRACES, IN_A_ROW = 6, 3
"""Into so many stretches a quotation is cut; of each, so many words in a row are looked for, those that are the longest."""
AT_HAND = 100
"""Stretches of quotations that are remembered as they are looked for, in one text after the other."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|［[^［］]*］")
STRETCH = 4
"""Characters of a script without spaces that count as a word."""


class Sameness(StrEnum):
    """How alike two stretches are that have the same words."""

    VERBATIM = "verbatim"
    SIGNS = "signs"
    """But for spaces, line ends, and the shape of quotation marks and dashes."""
    FIRST_LETTER = "first-letter"
    """But for that, and for the capital of the first letter or of one in brackets."""
    LETTERS = "letters"
    """Other letters, accents, capitals or signs stand between or in the same words."""


class Found(NamedTuple):
    """A text with the words of a quotation, or most of them."""

    span: Span
    share: float
    """The part of the quotation's words that it has, one after the other; 1 is all of them."""
    sameness: Sameness
    in_order: bool = True
    """Whether its stretches follow each other as they were quoted."""


def is_short(words: str) -> bool:
    """Whether words are too few to be looked for."""
    atoms = text.atoms(text.as_quoted(words))
    unspaced = sum(atom.unspaced for atom in atoms)
    return len(atoms) - unspaced < FEWEST_WORDS and unspaced < FEWEST_CHARACTERS


def traces(words: str) -> Iterator[text.Phrase]:
    """Rows of words, from one end of a quotation to the other, by which passages are looked for that say the same or nearly so.

    Words alone would be in too many passages: to look at these takes longer than all else.
    """
    plain = text.as_quoted(words)
    parts = _parts(plain)
    size = max(IN_A_ROW, -(-len(parts) // TRACES))
    for stretch in (parts[at : at + size] for at in range(0, len(parts), size)):
        rows = [stretch[at : at + IN_A_ROW] for at in range(max(1, len(stretch) - IN_A_ROW + 1))]
        longest = max(rows, key=lambda row: sum(len(plain[part.start : part.end].encode()) for part in row))
        if phrase := text.phrase(plain[longest[0].start : longest[-1].end]):
            yield phrase


def _parts(words: str) -> list[Span]:
    """Words in their order; a script without spaces in stretches of so many characters as say as much."""
    parts: list[Span] = []
    for piece in text.pieces(words):
        step = STRETCH if piece.unspaced else max(1, piece.end - piece.start)
        parts += [Span(at, min(at + step, piece.end)) for at in range(piece.start, piece.end, step)]
    return parts


def found(segments: Sequence[str], closely: Sequence[bool], raw: str) -> Found | None:
    """Where a text has the stretches of a quotation; None where it has less than `MOST_OF_IT`.

    `closely` says of each whether it follows closely upon the one before.
    """
    places: list[Span | None] = []
    at, in_order = 0, True
    for words, close in zip(segments, closely, strict=True):
        spans = _finder(words).found_in(raw)
        place = next((span for span in spans if span.start >= at and (not close or span.start - at <= CLOSELY)), None)
        if place is None and spans:
            place, in_order = spans[0], False
        places.append(place)
        at = place.end if place else at
    if all(places):
        return _all_found(segments, [place for place in places if place], raw, in_order=in_order)
    return _partly_found(segments, places, raw)


@lru_cache(maxsize=AT_HAND)
def _finder(words: str) -> text.Finder:
    return text.Finder(text.phrase(text.as_quoted(words)) or text.Any(()))


@lru_cache(maxsize=AT_HAND)
def _forms(words: str) -> list[str]:
    """Each word as it is compared."""
    return [atom.form for atom in text.atoms(text.as_quoted(words))]


def _all_found(segments: Sequence[str], places: Sequence[Span], raw: str, *, in_order: bool) -> Found:
    worst = max(
        (sameness(words, raw[place.start : place.end]) for words, place in zip(segments, places, strict=True)),
        key=list(Sameness).index,
    )
    whole = Span(min(place.start for place in places), max(place.end for place in places))
    return Found(whole, 1.0, worst, in_order)


def _partly_found(segments: Sequence[str], places: Sequence[Span | None], raw: str) -> Found | None:
    """Most of the words, where some of the stretches stand there as they are or nearly so."""
    counts = [max(1, len(_forms(words))) for words in segments]
    spans, has = [], 0.0
    for words, place, count in zip(segments, places, counts, strict=True):
        share = 1.0
        if place is None and (near := _nearly(words, raw)):
            place, share = near
        if place:
            spans.append(place)
            has += count * share
    if not spans or has < MOST_OF_IT * sum(counts):
        return None
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    return Found(whole, has / sum(counts), Sameness.LETTERS)


def _nearly(words: str, raw: str) -> tuple[Span, float] | None:
    """The stretch of a text that has most of some words in their order, and the part of them that it has.

    None where there is none, or where both repeat the same few words so often that it cannot be told which is which.
    """
    theirs = text.atoms(raw)
    forms, others = _forms(words)[:MOST_WORDS], [atom.form for atom in theirs]
    often, there = Counter(forms), Counter(others)
    if (often & there).total() < MOST_OF_IT * len(forms):
        return None
    if sum(count * there[form] for form, count in often.items()) > MOST_PAIRS:
        return None
    longest = SequenceMatcher(None, forms, others, autojunk=False).find_longest_match()
    if not longest.size:
        return None
    slack = 3 + len(forms) // 5
    first = max(0, longest.b - longest.a - slack)
    last = longest.b - longest.a + len(forms) + slack
    blocks = SequenceMatcher(None, forms, others[first:last], autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return None
    end = blocks[-1].b + blocks[-1].size - 1
    before, behind = blocks[0].a, len(forms) - blocks[-1].a - blocks[-1].size
    opening = max(0, first + blocks[0].b - min(before, 2))  # words that stand there in the place of ours are shown
    closing = min(len(theirs) - 1, first + end + min(behind, 2))
    return Span(theirs[opening].start, theirs[closing].end), sum(block.size for block in blocks) / len(forms)


def left_of_its_sentence(raw: str, place: Span) -> Span | None:
    """What follows upon words that begin as a sentence of a text does; None where the sentence ends with them.

    Nobody misses what follows in brackets, or the number of a note.
    """
    sentence = next((each for each in text.sentences(raw) if each.start < place.end <= each.end), None)
    if not sentence or text.atoms(raw[sentence.start : place.start]):
        return None
    follows = _ASIDE.sub("", raw[place.end : sentence.end])
    return Span(place.end, sentence.end) if any(map(str.isalpha, follows)) else None


def sameness(words: str, other: str) -> Sameness:
    """How alike two stretches are that have the same words."""
    if words == other:
        return Sameness.VERBATIM
    ours, theirs = text.plainly(words), text.plainly(other)
    if ours == theirs:
        return Sameness.SIGNS
    if "[" in words:
        ours, theirs = _bracketed(words, theirs)
    if ours == theirs or (ours[1:] == theirs[1:] and ours[:1].casefold() == theirs[:1].casefold()):
        return Sameness.FIRST_LETTER
    return Sameness.LETTERS


def _bracketed(words: str, theirs: str) -> tuple[str, str]:
    """Both, with the letters that stand in brackets in one of them as they stand in the other."""
    ours = text.plainly(words.replace("[", "\ue001").replace("]", ""))
    at = ours.find("\ue001")
    while at >= 0:
        ours = ours[:at] + ours[at + 1 :]
        if ours[at : at + 1].casefold() == theirs[at : at + 1].casefold():
            ours = ours[:at] + theirs[at : at + 1] + ours[at + 1 :]
        at = ours.find("\ue001")
    return ours, theirs


def side_by_side(words: str, other: str) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The words of a draft and those of a text in pieces, each with whether the other does not have them there."""
    return words_compared(" ".join(words.split()), " ".join(other.split()))[0]
