"""Two readings side by side, step by step, at the least cost; every step with its reason in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from panah.errors import Phrase
from panah.names.pool import SOUND_NOT_TRANSCRIBED, alone, sign_alone
from panah.names.reading import Kind, Reading
from panah.names.sounds import VOWELS, as_written, sound_costs, sounds_of
from panah.names.syllables import ELSEWHERE, LONGEST_CHUNK, heard_in, signs, usual_reading
from panah.names.tables import table

SLIGHT = 1.0
"""Up to which cost a step is a usual one."""

SAME = Phrase("the same sound")
TRANSCRIBED = Phrase("the usual transcription")
TRANSCRIBED_SELDOM = Phrase("a possible transcription")
NOT_THERE = Phrase("a syllable that is not there")
NO_SOUND = Phrase("a character that stands for no sound")
SAME_SYLLABLE = Phrase("characters that are read alike")
OLD_CHARACTER = Phrase("a character from before the norm, and the one of the norm")
LIKE_SYLLABLE = Phrase("syllables that transcribe the same sounds")
OTHER_SYLLABLE = Phrase("syllables that transcribe other sounds")
DOUBLED = Phrase("a letter doubled")
ENDING_LEFT_OUT = Phrase("an ending that is often left out")
ANOTHER_FORM = Phrase("another form of one name")
FILLER = Phrase("filler vowel after a consonant")
VOWEL_NOT_WRITTEN = Phrase("a vowel that is not written")


class Step(NamedTuple):
    """Letters of one side, letters of the other, and why the one may stand for the other. A side may be empty."""

    left: str
    right: str
    reason: Phrase


class Move(NamedTuple):
    """How far a step goes on each side, and its cost."""

    left: int
    right: int
    cost: float


class Aligned(NamedTuple):
    """The cost of the cheapest way; whether it rests on an ending left out or on another form of the name; and its steps,
    which are made only where somebody wants them.
    """

    cost: float
    only_possible: bool
    steps: Callable[[], tuple[Step, ...]]


Row = list[tuple[float, Move | None]]
Ways = list[Row]
"""What it costs at least to come to each place between two readings, and by which last step."""


def aligned(left: Reading, right: Reading) -> Aligned:
    """Two readings at the least cost."""
    beside = _beside(left, right)
    ways = beside.ways()
    only_possible = left.only_possible or right.only_possible
    return Aligned(ways[-1][-1][0] + left.cost + right.cost, only_possible, lambda: _steps(ways, beside))


def _steps(ways: Ways, beside: _Beside) -> tuple[Step, ...]:
    left, right = beside.left, beside.right
    taken: list[Step] = []
    row, column = len(left.units), len(right.units)
    while (move := ways[row][column][1]) is not None:
        before, behind = row - move.left, column - move.right
        shown = "".join(left.written[before:row]), "".join(right.written[behind:column])
        taken.append(Step(*shown, beside.reason(before, behind, move)))
        row, column = before, behind
    ending = [Step(left.ending, right.ending, ENDING_LEFT_OUT)] if left.ending or right.ending else []
    forms = [Step(each.form, "".join(each.written), ANOTHER_FORM) for each in (left, right) if each.form]
    return (*forms, *reversed(taken), *ending)


class _Beside(ABC):
    """Two readings, and the steps there are from each place between them."""

    def __init__(self, left: Reading, right: Reading) -> None:
        self.left, self.right = left, right

    @abstractmethod
    def ways(self) -> Ways:
        """The cheapest way to each place; of equal ones the first that comes there."""

    @abstractmethod
    def reason(self, row: int, column: int, move: Move) -> Phrase:
        """Why a step that begins at a place may be taken."""


class _Stepping(_Beside):
    """The same, where there are steps of several lengths."""

    def ways(self) -> Ways:
        ways: Ways = [[(float("inf"), None)] * (len(self.right.units) + 1) for _ in range(len(self.left.units) + 1)]
        ways[0][0] = (0.0, None)
        for row in range(len(self.left.units) + 1):
            for column in range(len(self.right.units) + 1):
                for move in self.moves(row, column):
                    cost = ways[row][column][0] + move.cost
                    if cost < ways[row + move.left][column + move.right][0]:
                        ways[row + move.left][column + move.right] = (cost, move)
        return ways

    @abstractmethod
    def moves(self, row: int, column: int) -> Iterator[Move]:
        """The steps that begin at a place."""


def _beside(left: Reading, right: Reading) -> _Beside:
    match left.kind == Kind.SIGNS, right.kind == Kind.SIGNS:
        case True, True:
            return _Syllables(left, right)
        case True, False:
            return _Transcription(left, right)
        case False, True:
            return _Turned(left, right)
    return _Sounds(left, right)


class _Syllables(_Stepping):
    """Characters beside characters."""

    def moves(self, row: int, column: int) -> Iterator[Move]:
        left, right = self.left.units[row : row + 1], self.right.units[column : column + 1]
        if left:
            yield Move(1, 0, float(sign_alone()[left[0]]))
        if right:
            yield Move(0, 1, float(sign_alone()[right[0]]))
        if left and right:
            yield Move(1, 1, float(signs().between(left[0])[right[0]]))

    def reason(self, row: int, column: int, move: Move) -> Phrase:
        if not (move.left and move.right):
            return NOT_THERE
        return _characters(self.left.units[row], self.right.units[column], move.cost)


class _Transcription(_Stepping):
    """Characters beside letters: one for some of the letters, or for none; a letter for which none stands."""

    def __init__(self, left: Reading, right: Reading) -> None:
        super().__init__(left, right)
        self._costs = signs().of(bare=right.kind == Kind.CONSONANTS)

    def moves(self, row: int, column: int) -> Iterator[Move]:
        sounds = self.right.units[column : column + LONGEST_CHUNK]
        if sounds:
            yield Move(0, 1, _lone(self.right.units, column, bare=False) + SOUND_NOT_TRANSCRIBED)
        if row == len(self.left.units):
            return
        costs = self._costs[:, self.left.units[row]]
        yield Move(1, 0, float(costs[1]))
        for length in range(1, len(sounds) + 1):
            cost = float(costs[signs().row(sounds[:length])])
            if cost < float("inf"):
                yield Move(1, length, cost)

    def reason(self, row: int, column: int, move: Move) -> Phrase:
        chunk = sounds_of(self.right.units[column : column + move.right])
        if not move.left:
            return Phrase("{sound} is not transcribed", sound=as_written(chunk))
        return _transcribed(self.left.units[row], chunk, move.cost) if chunk else NO_SOUND


class _Turned(_Stepping):
    """Letters beside characters."""

    def __init__(self, left: Reading, right: Reading) -> None:
        super().__init__(left, right)
        self._transcription = _Transcription(right, left)

    def moves(self, row: int, column: int) -> Iterator[Move]:
        for move in self._transcription.moves(column, row):
            yield Move(move.right, move.left, move.cost)

    def reason(self, row: int, column: int, move: Move) -> Phrase:
        return self._transcription.reason(column, row, Move(move.right, move.left, move.cost))


class _Sounds(_Beside):
    """Letters beside letters."""

    def __init__(self, left: Reading, right: Reading) -> None:
        super().__init__(left, right)
        self._bare = right.kind == Kind.CONSONANTS, left.kind == Kind.CONSONANTS
        self._dropped = [_lone(left.units, place, bare=self._bare[0]) for place in range(len(left.units))]
        self._added = [_lone(right.units, place, bare=self._bare[1]) for place in range(len(right.units))]
        self._instead = sound_costs().between[np.ix_(left.units, right.units)].tolist()

    def ways(self) -> Ways:
        """Looked at from where each step ends: most parts are compared so, and it takes half the time."""
        ways: Ways = [[(0.0, None)]]
        for place, added in enumerate(self._added):
            ways[0].append((ways[0][place][0] + added, Move(0, 1, added)))
        for row, dropped in enumerate(self._dropped):
            above = ways[row]
            own: Row = [(above[0][0] + dropped, Move(1, 0, dropped))]
            for column, added in enumerate(self._added):
                step = Move(1, 1, self._instead[row][column])
                least = above[column][0] + step.cost
                if above[column + 1][0] + dropped < least:
                    step, least = Move(1, 0, dropped), above[column + 1][0] + dropped
                if own[column][0] + added < least:
                    step, least = Move(0, 1, added), own[column][0] + added
                own.append((least, step))
            ways.append(own)
        return ways

    def reason(self, row: int, column: int, move: Move) -> Phrase:
        if move.left and move.right:
            return _instead(self.left.units[row], self.right.units[column])
        if move.left:
            return _dropped(self.left.units, row, bare=self._bare[0])
        return _dropped(self.right.units, column, bare=self._bare[1])


def _characters(one: int, other: int, cost: float) -> Phrase:
    names = [signs().names[each].removeprefix(ELSEWHERE) for each in (one, other)]
    old = table("chinese.yaml").letters("old")
    if old.get(names[0]) == names[1] or old.get(names[1]) == names[0]:
        return OLD_CHARACTER
    if usual_reading(names[0]) == usual_reading(names[1]):
        return SAME_SYLLABLE
    return LIKE_SYLLABLE if cost <= SLIGHT else OTHER_SYLLABLE


def _transcribed(sign: int, chunk: str, cost: float) -> Phrase:
    """Why a sign stands for a chunk of sounds."""
    if cost <= 2 * SLIGHT and chunk[0] in "hxG" and not heard_in(signs().names[sign]):
        return Phrase("{sound} dropped (regular)", sound=as_written(chunk[0]))
    if cost > SLIGHT:
        return TRANSCRIBED_SELDOM
    return FILLER if len(chunk) == 1 and chunk not in VOWELS else TRANSCRIBED


def _lone(units: tuple[int, ...], place: int, *, bare: bool) -> float:
    return sound_costs().lone(units[place - 1] if place else 0, units[place], alone(bare=bare))


def _dropped(units: tuple[int, ...], place: int, *, bare: bool) -> Phrase:
    sound = sounds_of(units[place : place + 1])
    if place and units[place] == units[place - 1]:
        return DOUBLED
    if bare and sound in VOWELS:
        return VOWEL_NOT_WRITTEN
    if sound_costs().alone[units[place]] <= SLIGHT:
        return Phrase("{sound} dropped (regular)", sound=as_written(sound))
    return Phrase("{sound} missing", sound=as_written(sound))


def _instead(one: int, other: int) -> Phrase:
    if one == other:
        return SAME
    sounds = {"one": as_written(sounds_of((one,))), "other": as_written(sounds_of((other,)))}
    if sound_costs().between[one, other] <= SLIGHT:
        return Phrase("{one} for {other} (regular)", **sounds)
    return Phrase("{one} for {other} (not usual)", **sounds)
