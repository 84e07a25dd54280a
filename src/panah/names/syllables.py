"""Mandarin syllables, the characters that are read so, and the sounds that they stand for in a transcribed name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import numpy as np

from panah.names.sounds import AMBIGUOUS, SIZE, VOWELS, Vector, meant, numbers
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
    can read; row 0 is of chunks for which no sign stands, row 1 of no sound.
    """

    def __init__(self) -> None:
        every = {**known(), **{each: _by_readings(each) for each, found in readings().items() if len(found) > 1}}
        every |= {sign: costs for sign, costs in learned().items() if sign not in known()}
        self.names = ("?", *every)
        self.numbers = {sign: number for number, sign in enumerate(every, 1)}
        self.chunks, self.costs = _matrix(list(every.values()))
        self.rows = {chunk: row for row, chunk in enumerate(self.chunks, 1)}
        self.bare = self._with_vowels_left_out()
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
            likely = np.flatnonzero(self.costs[:, sign] < NONE_FITS)
            both = self.costs[likely] + self.costs[likely, sign][:, None]
            found = np.minimum(both.min(axis=0, initial=NONE_FITS), np.float32(NONE_FITS)).astype(np.float32)
            found[sign] = 0
            self._between[sign] = found
        return self._between[sign]

    def _with_vowels_left_out(self) -> Vector:
        """For names in letters that do not write every vowel."""
        bare = self.costs.copy()
        for chunk, row in self.rows.items():
            for less in _without_some_vowels(chunk):
                if (other := self.rows.get(less)) is not None:
                    np.minimum(bare[other], self.costs[row] + np.float32(VOWEL_LEFT_OUT), out=bare[other])
        return bare


def _matrix(every: list[Costs]) -> tuple[list[str], Vector]:
    """The chunks, the empty one first, and the costs by chunk and sign."""
    options = [_with_ambiguous(costs) for costs in every]
    chunks = sorted({chunk for costs in options for chunk in costs} | {""}, key=lambda chunk: (len(chunk), chunk))
    rows = {chunk: row for row, chunk in enumerate(chunks, 1)}
    costs = np.full((len(chunks) + 1, len(options) + 1), np.inf, np.float32)
    costs[1:, 0] = UNKNOWN
    costs[1] = NONE_FITS
    for sign, found in enumerate(options, 1):
        for chunk, cost in found.items():
            costs[rows[chunk], sign] = cost
    return chunks, costs


def _with_ambiguous(costs: Costs) -> Costs:
    """The same, and what may be written with letters that two conventions read differently."""
    found = dict(costs)
    for chunk, cost in costs.items():
        for other, more in _written_ambiguously(chunk):
            found[other] = min(cost + more, found.get(other, NONE_FITS))
    return found


@cache
def _written_ambiguously(chunk: str) -> list[tuple[str, float]]:
    choices = [[(sound, 0.0), *_ambiguous_for(sound)] for sound in chunk]
    ways = [("".join(sound for sound, _ in way), sum(cost for _, cost in way)) for way in product(*choices)]
    return [way for way in ways if way[0] != chunk]


def _ambiguous_for(sound: str) -> Iterable[tuple[str, float]]:
    return [(each, meant(each)[sound]) for each in AMBIGUOUS if sound in meant(each)]


def _without_some_vowels(chunk: str) -> set[str]:
    found = {""}
    for sound in chunk:
        found = {less + kept for less in found for kept in ({sound, ""} if sound in VOWELS else {sound})}
    return found - {chunk}


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
