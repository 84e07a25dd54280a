"""Two readings side by side, step by step, at the least cost; every step with its reason in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

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
    """How far a step goes on each side, its cost and its reason, which is made only where it is wanted."""

    left: int
    right: int
    cost: float
    reason: Callable[[], Phrase]


class Aligned(NamedTuple):
    """The cost of the cheapest way, and its steps; whether it rests on an ending left out or on another form of the name."""

    cost: float
    steps: tuple[Step, ...]
    only_possible: bool


def aligned(left: Reading, right: Reading) -> Aligned:
    """Two readings at the least cost."""
    moves = _moves(left, right)
    ways: list[list[tuple[float, Move | None]]] = [
        [(float("inf"), None)] * (len(right.units) + 1) for _ in range(len(left.units) + 1)
    ]
    ways[0][0] = (0.0, None)
    for row in range(len(left.units) + 1):
        for column in range(len(right.units) + 1):
            for move in moves(row, column):
                cost = ways[row][column][0] + move.cost
                if cost < ways[row + move.left][column + move.right][0]:
                    ways[row + move.left][column + move.right] = (cost, move)
    ending = Step(left.ending, right.ending, ENDING_LEFT_OUT)
    forms = [Step(each.form, "".join(each.written), ANOTHER_FORM) for each in (left, right) if each.form]
    steps = (*forms, *_steps(ways, left, right), *([ending] if left.ending or right.ending else []))
    only_possible = left.only_possible or right.only_possible
    return Aligned(ways[-1][-1][0] + left.cost + right.cost, steps, only_possible)


def _steps(ways: list[list[tuple[float, Move | None]]], left: Reading, right: Reading) -> Iterator[Step]:
    taken = []
    row, column = len(left.units), len(right.units)
    while (move := ways[row][column][1]) is not None:
        shown = left.written[row - move.left : row], right.written[column - move.right : column]
        taken.append(Step("".join(shown[0]), "".join(shown[1]), move.reason()))
        row, column = row - move.left, column - move.right
    return reversed(taken)


def _moves(left: Reading, right: Reading) -> Callable[[int, int], Iterator[Move]]:
    match left.kind == Kind.SIGNS, right.kind == Kind.SIGNS:
        case True, True:
            return lambda row, column: _between_syllables(left.units[row:], right.units[column:])
        case True, False:
            return lambda row, column: _transcribing(left.units[row:], right, column)
        case False, True:
            return lambda row, column: (
                Move(move.right, move.left, move.cost, move.reason)
                for move in _transcribing(right.units[column:], left, row)
            )
    return lambda row, column: _between_sounds(left, right, row, column)


def _between_syllables(left: tuple[int, ...], right: tuple[int, ...]) -> Iterator[Move]:
    if left:
        yield Move(1, 0, float(sign_alone()[left[0]]), lambda: NOT_THERE)
    if right:
        yield Move(0, 1, float(sign_alone()[right[0]]), lambda: NOT_THERE)
    if left and right:
        cost = float(signs().between(left[0])[right[0]])
        yield Move(1, 1, cost, lambda: _characters(left[0], right[0], cost))


def _characters(one: int, other: int, cost: float) -> Phrase:
    names = [signs().names[each].removeprefix(ELSEWHERE) for each in (one, other)]
    old = table("chinese.yaml").letters("old")
    if old.get(names[0]) == names[1] or old.get(names[1]) == names[0]:
        return OLD_CHARACTER
    if usual_reading(names[0]) == usual_reading(names[1]):
        return SAME_SYLLABLE
    return LIKE_SYLLABLE if cost <= SLIGHT else OTHER_SYLLABLE


def _transcribing(syllables: tuple[int, ...], letters: Reading, place: int) -> Iterator[Move]:
    """A sign for some of the letters after `place`, or for none; a letter that no sign stands for."""
    sounds = letters.units[place:]
    if sounds:
        lone = _lone(letters.units, place, bare=False) + SOUND_NOT_TRANSCRIBED
        yield Move(0, 1, lone, lambda: Phrase("{sound} is not transcribed", sound=as_written(sounds_of(sounds[:1]))))
    if not syllables:
        return
    sign = syllables[0]
    costs = signs().of(bare=letters.kind == Kind.CONSONANTS)[:, sign]
    yield Move(1, 0, float(costs[1]), lambda: NO_SOUND)
    for length in range(1, min(LONGEST_CHUNK, len(sounds)) + 1):
        cost = float(costs[signs().row(sounds[:length])])
        if cost < float("inf"):
            chunk = sounds_of(sounds[:length])
            yield Move(1, length, cost, lambda chunk=chunk, cost=cost: _transcribed(sign, chunk, cost))  # type: ignore[misc]


def _transcribed(sign: int, chunk: str, cost: float) -> Phrase:
    """Why a sign stands for a chunk of sounds."""
    if cost <= 2 * SLIGHT and chunk[0] in "hxG" and not heard_in(signs().names[sign]):
        return Phrase("{sound} dropped (regular)", sound=as_written(chunk[0]))
    if cost > SLIGHT:
        return TRANSCRIBED_SELDOM
    return FILLER if len(chunk) == 1 and chunk not in VOWELS else TRANSCRIBED


def _between_sounds(left: Reading, right: Reading, row: int, column: int) -> Iterator[Move]:
    if row < len(left.units):
        bare = right.kind == Kind.CONSONANTS
        yield Move(1, 0, _lone(left.units, row, bare=bare), lambda: _dropped(left.units, row, bare=bare))
    if column < len(right.units):
        bare = left.kind == Kind.CONSONANTS
        yield Move(0, 1, _lone(right.units, column, bare=bare), lambda: _dropped(right.units, column, bare=bare))
    if row < len(left.units) and column < len(right.units):
        one, other = left.units[row], right.units[column]
        cost = float(sound_costs().between[one, other])
        yield Move(1, 1, cost, lambda: _instead(one, other))


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
