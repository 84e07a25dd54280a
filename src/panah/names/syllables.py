"""Mandarin syllables, the characters that are read so, and the sounds that they stand for in a transcribed name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np

from panah.names.sounds import AMBIGUOUS, SIZE, SOUNDS, VOWELS, Vector, meant, numbers, sound_costs
from panah.names.tables import FOLDER, NOTHING, Costs, learned_costs, table
from panah.text.folding import simplified

LONGEST_CHUNK = 4
"""The most sounds that one syllable stands for."""

ELSEWHERE = "+"
"""What stands before a sign as it is used outside Xinjiang: by Xinhua, and in Taiwan."""

NONE_FITS = 6.0
SOUND_LEFT_OUT = 8.0
"""What it costs to spell a name in characters without one of its sounds."""

UNKNOWN = 3.0
"""What a character costs that no one knows how to read, whatever it stands for."""
VOWEL_LEFT_OUT = 0.1
BY_AN_UNUSUAL_READING = 0.7
MOST_UNLIKE = 1.3
UNLIKE = 2.6
"""What it costs that a sign stands for a chunk unlike the one that it was seen to stand for in one sound: so often the root of
what `tables/sounds.yaml` says of these sounds, which may be `MOST_UNLIKE` at most."""
_PLAIN = "".join(sound for sound in SOUNDS if sound not in AMBIGUOUS)
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


def initial_and_final(syllable: str) -> tuple[str, str]:
    """A syllable in two: `bu` is b and u, `ye` is y and ie, `xu` is x and ü."""
    initial = next((each for each in _INITIALS if syllable.startswith(each)), "")
    final = syllable[len(initial) :]
    if initial in {"j", "q", "x", "y"} and final[:1] == "u":
        final = "ü" + final[1:]
    return initial, {("y", "e"): "ie", ("y", "an"): "ian"}.get((initial, final), final)


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """How each character is read, the usual reading first."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / "characters.txt").read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split(" ")
        for character in characters:
            found.setdefault(character, []).append(syllable)
    return {character: tuple(syllables) for character, syllables in found.items()}


@cache
def by_rule(syllable: str) -> Costs:
    """The sounds that a syllable stands for by its initial and its final, each with the least that they cost."""
    source = table("pinyin.yaml")
    initial, final = initial_and_final(syllable)
    found: dict[str, float] = {}
    halves = product(source.costs("initials", initial or NOTHING).items(), source.costs("finals", final).items())
    for (first, cost), (rest, more) in halves:
        if len(sounds := (first + rest).replace(NOTHING, "")) <= LONGEST_CHUNK:
            found[sounds] = min(found.get(sounds, NONE_FITS), cost + more)
    least = min(found.values())
    return {sounds: cost - least for sounds, cost in found.items()}


def _by_readings(character: str) -> Costs:
    """The sounds of a character, by any of its readings."""
    found: dict[str, float] = {}
    for rank, syllable in enumerate(readings()[character]):
        for sounds, cost in known()[syllable].items():
            cost += BY_AN_UNUSUAL_READING * (rank > 0)
            found[sounds] = min(cost, found.get(sounds, cost))
    return found


@cache
def learned() -> Mapping[str, Costs]:
    """What syllables and characters were learned to stand for: `tables/learned-signs.txt`, made by tools/learn_names.py."""
    return learned_costs("learned-signs.txt")


@cache
def known() -> Mapping[str, Costs]:
    """Of every sign, a syllable or a character that differs from its syllable, the sounds that it stands for."""
    syllables = sorted({syllable for each in readings().values() for syllable in each})
    return {each: learned().get(each) or by_rule(each) for each in syllables}


class Signs:
    """What it costs that a sign (a column) stands for a chunk of sounds (a row).

    A sign is a syllable, or a character that has several readings or was learned for itself. Sign 0 is one that nobody
    can read; row 0 is of chunks for which no sign stands, row 1 of no sound. `seen` are the costs of the chunks that the tables
    give for each sign; `costs` those of all that it may stand for.
    """

    def __init__(self) -> None:
        every = {**known(), **{each: _by_readings(each) for each, found in readings().items() if len(found) > 1}}
        every |= {sign: costs for sign, costs in learned().items() if sign not in known()}
        self.names = ("?", *every)
        self.numbers = {sign: number for number, sign in enumerate(every, 1)}
        self.chunks, self.costs = _matrix(list(every.values()))
        self.rows = {chunk: row for row, chunk in enumerate(self.chunks, 1)}
        self.seen = self.costs
        self.costs = self._with_more(_alike)
        self.costs = self._with_more(_written_ambiguously)
        self.bare = self._with_more(_without_some_vowels)
        self.lookup = [np.zeros(SIZE**length, np.int16) for length in range(LONGEST_CHUNK + 1)]
        for chunk, row in self.rows.items():
            self.lookup[len(chunk)][code(numbers(chunk))] = row
        self._between: dict[int, Vector] = {}

    def of(self, *, bare: bool) -> Vector:
        """The costs; `bare`: of chunks that may lack any of their vowels."""
        return self.bare if bare else self.costs

    def row(self, sounds: tuple[int, ...]) -> int:
        """The row of a chunk: 0 where no sign stands for it."""
        return int(self.lookup[len(sounds)][code(sounds)])

    def between(self, sign: int) -> Vector:
        """What it costs to write any other sign for this one: by the sounds for which both stand."""
        if sign not in self._between:
            likely = np.flatnonzero(self.seen[:, sign] < NONE_FITS)
            both = self.seen[likely] + self.seen[likely, sign][:, None]
            found = np.minimum(both.min(axis=0, initial=NONE_FITS), np.float32(NONE_FITS)).astype(np.float32)
            found[sign] = 0
            self._between[sign] = found
        return self._between[sign]

    def _with_more(self, others: Callable[[str], Iterable[tuple[str, float]]]) -> Vector:
        """The costs where a sign that stands for a chunk may stand for others too, at what each of them costs more."""
        costs = self.costs.copy()
        for chunk, row in self.rows.items():
            for other, more in others(chunk):
                if (column := self.rows.get(other)) is not None:
                    np.minimum(costs[column], self.costs[row] + np.float32(more), out=costs[column])
        return costs


def _matrix(every: list[Costs]) -> tuple[list[str], Vector]:
    """The chunks, the empty one first, and the costs by chunk and sign; infinite for those that are written ambiguously."""
    plain = {chunk for costs in every for chunk in costs} | {""}
    ambiguous = {other for chunk in plain for other, _ in _written_ambiguously(chunk)}
    chunks = sorted(plain | ambiguous, key=lambda chunk: (len(chunk), chunk))
    rows = {chunk: row for row, chunk in enumerate(chunks, 1)}
    costs = np.full((len(chunks) + 1, len(every) + 1), np.inf, np.float32)
    costs[1:, 0] = UNKNOWN
    costs[1] = NONE_FITS
    for sign, found in enumerate(every, 1):
        for chunk, cost in found.items():
            costs[rows[chunk], sign] = cost
    return chunks, costs


@cache
def _written_ambiguously(chunk: str) -> list[tuple[str, float]]:
    """The chunk with letters that two conventions read differently."""
    choices = [[(sound, 0.0), *_ambiguous_for(sound)] for sound in chunk]
    ways = [("".join(sound for sound, _ in way), sum(cost for _, cost in way)) for way in product(*choices)]
    return [way for way in ways if way[0] != chunk]


def _ambiguous_for(sound: str) -> Iterable[tuple[str, float]]:
    return [(each, meant(each)[sound]) for each in AMBIGUOUS if sound in meant(each)]


@cache
def _alike(chunk: str) -> list[tuple[str, float]]:
    """The chunks with another sound for one of these, or without it."""
    source = sound_costs()
    found = []
    for place, sound in enumerate(chunk):
        before, after, number = chunk[:place], chunk[place + 1 :], numbers(sound)[0]
        others = [(before + other + after, float(source.between[number, numbers(other)[0]])) for other in _PLAIN]
        without = [(before + after, float(source.alone[number]))] if len(chunk) > 1 else []
        found += [(other, UNLIKE * math.sqrt(cost)) for other, cost in others + without if cost <= MOST_UNLIKE]
    return found


def _without_some_vowels(chunk: str) -> list[tuple[str, float]]:
    """The chunk in letters that do not write every vowel."""
    found = {""}
    for sound in chunk:
        found = {less + kept for less in found for kept in ({sound, ""} if sound in VOWELS else {sound})}
    return [(less, VOWEL_LEFT_OUT) for less in sorted(found - {chunk})]


def code(units: tuple[int, ...]) -> int:
    """A chunk of sounds as one number."""
    number = 0
    for unit in units:
        number = number * SIZE + unit
    return number


def usual_reading(sign: str) -> str:
    """The syllable of a sign as it is usually read."""
    plain = sign.removeprefix(ELSEWHERE)
    return readings().get(plain, (plain,))[0]


def heard_in(sign: str) -> bool:
    """Whether the Mandarin reading of a sign begins with a consonant that is heard: 哈, and not 艾, 依 or 吾."""
    return initial_and_final(usual_reading(sign))[0] not in {"", "y", "w"}


@cache
def signs() -> Signs:
    """The signs, by the tables."""
    return Signs()


def sign_of(character: str, style: str = "") -> int:
    """The sign of a character, simplified or traditional; 0 where nobody knows how to read it."""
    plain = simplified().get(character, character)
    syllable = readings().get(plain, ("",))[0]
    names = (style + plain, style + syllable, plain, syllable)
    return next((signs().numbers[name] for name in names if name in signs().numbers), 0)


def as_pinyin(letters: str) -> Iterator[tuple[str, ...]]:
    """The ways in which Latin letters are Mandarin syllables and nothing else, the longest syllables first."""
    if not letters:
        yield ()
        return
    for length in range(min(6, len(letters)), 0, -1):
        if spelled(letters[:length]):
            for rest in as_pinyin(letters[length:]):
                yield (letters[:length], *rest)


@cache
def spelled(letters: str) -> tuple[str, ...]:
    """The syllables that are written so on passports: LYU, LV and LU are lü, and LUE is lüe."""
    written = letters.replace("v", "ü").replace("yu", "ü") if letters[:1] in {"l", "n"} else letters
    also = written.replace("u", "ü") if letters[:1] in {"l", "n"} else written
    return tuple(dict.fromkeys(form for form in (written, also) if form in known()))
