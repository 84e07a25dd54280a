"""Mandarin syllables, the characters that are read so, and the sounds that they stand for in a transcribed name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

import numpy as np

from panah.names.sounds import SIZE, VOWELS, Vector, numbers
from panah.names.tables import FOLDER, table
from panah.text.folding import simplified

LONGEST_CHUNK = 4
"""The most sounds that one syllable stands for."""

NOTHING = "-"
"""What stands in the table for no sound."""

NONE_FITS = 6.0
UNKNOWN = 3.0
"""What a character costs that no one knows how to read, whatever it stands for."""
VOWEL_LEFT_OUT = np.float32(0.1)
_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")


def initial_and_final(syllable: str) -> tuple[str, str]:
    """A syllable in two: `abu` is no syllable, `bu` is b and u, `ye` is y and ie, `xu` is x and ü."""
    initial = next((each for each in _INITIALS if syllable.startswith(each)), "")
    final = syllable[len(initial) :]
    if initial in {"j", "q", "x", "y"} and final[:1] == "u":
        final = "ü" + final[1:]
    return initial, {("y", "e"): "ie", ("y", "an"): "ian"}.get((initial, final), final)


@cache
def readings() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """How each character is read, the usual reading first; and all the syllables, in their order."""
    usual: dict[str, list[str]] = {}
    known: dict[str, None] = {}
    for line in (FOLDER / "characters.txt").read_text(encoding="utf-8").splitlines():
        syllable, characters = line.split(" ")
        known[syllable] = None
        for character in characters:
            usual.setdefault(character, []).append(syllable)
    return {character: tuple(found) for character, found in usual.items()}, tuple(sorted(known))


@cache
def syllable_numbers() -> dict[str, int]:
    """The syllables as numbers from 1."""
    return {syllable: number for number, syllable in enumerate(readings()[1], 1)}


def read_as(character: str) -> tuple[int, ...]:
    """The syllables of a character, simplified or traditional: none where it is not known."""
    known = readings()[0].get(simplified().get(character, character), ())
    return tuple(syllable_numbers()[syllable] for syllable in known)


def _options(syllable: str) -> dict[str, float]:
    """The sounds that a syllable stands for, each with the least that they cost."""
    source = table("pinyin.yaml")
    initial, final = initial_and_final(syllable)
    found: dict[str, float] = {}
    for first, cost in source.costs("initials", initial or NOTHING).items():
        for rest, more in source.costs("finals", final).items():
            if len(sounds := (first + rest).replace(NOTHING, "")) <= LONGEST_CHUNK:
                found[sounds] = min(found.get(sounds, NONE_FITS), cost + more)
    least = min(found.values())
    return {sounds: cost - least for sounds, cost in found.items()}


class SyllableCosts:
    """What it costs that a syllable (a row) stands for a chunk of sounds (a column)."""

    def __init__(self) -> None:
        options = [_options(syllable) for syllable in readings()[1]]
        self.chunks = sorted(set(chain.from_iterable(options)) - {""}, key=lambda chunk: (len(chunk), chunk))
        self.columns = {chunk: number for number, chunk in enumerate(self.chunks, 2)} | {"": 1}
        self.costs = np.full((len(options) + 1, len(self.chunks) + 2), np.inf, np.float32)
        for row, known in enumerate(options, 1):
            self.costs[row, 1] = NONE_FITS
            for chunk, cost in known.items():
                self.costs[row, self.columns[chunk]] = cost
        self.costs[0, 1:] = UNKNOWN
        self._bare = self._with_vowels_left_out()
        self._by_chunk = {False: np.ascontiguousarray(self.costs.T), True: np.ascontiguousarray(self._bare.T)}
        self.lookup = [np.zeros(SIZE**length, np.int16) for length in range(LONGEST_CHUNK + 1)]
        for chunk, column in self.columns.items():
            self.lookup[len(chunk)][code(numbers(chunk))] = column
        self._between: dict[int, Vector] = {}

    def of(self, *, bare: bool) -> Vector:
        """The costs by syllable; `bare`: of chunks that may lack any of their vowels."""
        return self._bare if bare else self.costs

    def by_chunk(self, *, bare: bool) -> Vector:
        """The same by chunk."""
        return self._by_chunk[bare]

    def _with_vowels_left_out(self) -> Vector:
        """For names in letters that do not write every vowel."""
        bare = self.costs.copy()
        for chunk, column in self.columns.items():
            for less in _without_some_vowels(chunk):
                if (other := self.columns.get(less)) is not None:
                    np.minimum(bare[:, other], self.costs[:, column] + VOWEL_LEFT_OUT, out=bare[:, other])
        return bare

    def between(self, syllable: int) -> Vector:
        """What it costs to write any other syllable for this one: by the sounds for which both stand."""
        if syllable not in self._between:
            both = (self.costs[:, 2:] + self.costs[syllable, 2:]).min(axis=1)
            self._between[syllable] = np.minimum(both, NONE_FITS).astype(np.float32)
            self._between[syllable][syllable] = 0
        return self._between[syllable]


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


@cache
def syllable_costs() -> SyllableCosts:
    """The costs of `tables/pinyin.yaml`."""
    return SyllableCosts()


def as_pinyin(letters: str) -> Iterator[tuple[int, ...]]:
    """The ways in which Latin letters are Mandarin syllables and nothing else, the longest syllables first."""
    if not letters:
        yield ()
        return
    for length in range(min(6, len(letters)), 0, -1):
        for syllable in spelled(letters[:length]):
            for rest in as_pinyin(letters[length:]):
                yield (syllable, *rest)


@cache
def spelled(letters: str) -> tuple[int, ...]:
    """The syllables that are written so on passports: LYU, LV and LU are lü; LUE is lüe."""
    known = syllable_numbers()
    written = letters.replace("v", "ü").replace("yu", "ü") if letters[:1] in "ln" else letters
    also = written.replace("u", "ü") if letters[:1] in "ln" else written
    return tuple(dict.fromkeys(known[form] for form in (written, also) if form in known))
